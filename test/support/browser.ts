import type { Locator, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { type Demo, type DemoOptions, startDemo } from '../../sandbox/demo/start.ts'
import { becomes, composer, messages } from '../sandbox/page-browser.ts'
import { testFolder } from './database.ts'

/** A Friday at 09:30. */
export const fridayMorning = Date.parse('2026-11-20T09:30:00+08:00')

/** The demo with its directory and its items, of which none was dispatched yet: bot, Redis, database and sandbox. */
export async function testDemo(options: Partial<DemoOptions> = {}): Promise<Demo> {
  const demo = await startDemo({
    folder: await testFolder(),
    startAt: fridayMorning,
    history: false,
    logLevel: 'fatal',
    ...options,
  })
  onTestFinished(() => demo.stop())
  return demo
}

/** Takes another person's place by way of the switch. */
export async function become(page: Page, name: string): Promise<void> {
  await page.getByTestId('me').click()
  const person = page.locator(`[data-testid=person][data-name="${name}"]`)
  const id = await person.getAttribute('data-person')
  await person.click()
  await page.locator(`[data-testid=me][data-person="${id}"]`).waitFor()
}

export function chatNamed(page: Page, name: string): Locator {
  return page.locator(`[data-testid=chat][data-name="${name}"]`)
}

export async function openChat(page: Page, name: string): Promise<void> {
  await chatNamed(page, name).click()
  await becomes(() => page.getByTestId('conversation-title').textContent(), name)
}

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await composer(page).press('Enter')
}

/** The newest message in the open chat that shows all these words; wait for it, or act on it. */
export function messageWith(page: Page, ...words: string[]): Locator {
  return words.reduce((found, word) => found.filter({ hasText: word }), messages(page)).last()
}

/** The newest card there that bears this title. */
export function cardTitled(page: Page, title: string): Locator {
  const wanted = page.getByTestId('card-title').getByText(title, { exact: true })
  return messages(page).filter({ has: wanted }).last()
}

/** Waits for a toast of that kind in these words. */
export async function toastSays(
  page: Page,
  type: 'success' | 'error',
  words: string | RegExp,
): Promise<void> {
  await page.locator(`[data-testid=toast][data-type=${type}]`).getByText(words, { exact: true }).waitFor()
}

/** Presses one of the clock's buttons and waits until the bot has lived through the time. */
export async function moveClock(page: Page, control: 'hour' | 'morning' | 'deadline'): Promise<void> {
  const now = async () => Number(await page.getByTestId('clock').getAttribute('data-now'))
  const before = await now()
  await page.locator(`[data-testid=clock-control][data-control=${control}]`).click()
  await expect.poll(now, { timeout: 15_000, interval: 30 }).toBeGreaterThanOrEqual(before + 30 * 60_000)
}

/** What a card says in its fields, by their labels. */
export async function fieldsOf(message: Locator): Promise<Record<string, string>> {
  const cells = await message
    .locator('.column-of-set')
    .evaluateAll((all) =>
      all.map((cell) =>
        [...cell.querySelectorAll('[data-testid=card-element]')].map((one) => one.textContent?.trim() ?? ''),
      ),
    )
  return Object.fromEntries(cells.filter((cell) => cell.length === 2) as [string, string][])
}

/** What stands in a card's table, row by row. */
export function rowsOf(message: Locator): Promise<string[][]> {
  return message
    .getByTestId('card-table')
    .locator('tbody tr')
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent?.trim() ?? '')),
    )
}
