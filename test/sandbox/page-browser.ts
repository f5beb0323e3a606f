import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, expect, onTestFinished } from 'vitest'
import type { Sandbox } from '../../sandbox/server/index.ts'
import { launchChromium } from '../../scripts/chromium.ts'

let browser: Promise<Browser> | undefined

function launched(): Promise<Browser> {
  browser ??= launchChromium()
  return browser
}

/** Closes the file's browser at its end; to be called once at the top of every file that opens a page. */
export function closeBrowserAtEnd(): void {
  afterAll(async () => (await browser)?.close())
}

/**
 * Opens the sandbox's page in a browser profile of its own and waits until it is drawn. Whatever the page complains
 * about on its console fails the test, unless it matches `complaints`.
 */
export async function openPage(
  sandbox: Pick<Sandbox, 'url'>,
  query: { as?: string; chat?: string; thread?: string; lang?: string } = {},
  { complaints, ...options }: BrowserContextOptions & { complaints?: RegExp } = {},
): Promise<Page> {
  const context = await (await launched()).newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const heard: string[] = []
  onTestFinished(async () => {
    await context.close()
    expect(heard).toEqual([])
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const note = (text: string) => {
    if (!complaints?.test(text)) heard.push(text)
  }
  page.on('pageerror', (error) => note(`${error.name}: ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && note(message.text()))
  await page.goto(pageUrl(sandbox, query))
  await page.getByTestId('app').waitFor()
  return page
}

export function pageUrl(sandbox: Pick<Sandbox, 'url'>, query: Record<string, string>): string {
  return `${sandbox.url}?${new URLSearchParams(query)}`
}

/** The conversation's messages, or the thread's. */
export function messages(page: Page, where: 'conversation' | 'thread' = 'conversation'): Locator {
  return page.getByTestId(where).getByTestId('message')
}

export function messageOf(
  page: Page,
  id: string,
  where: 'conversation' | 'thread' = 'conversation',
): Locator {
  return page.getByTestId(where).locator(`[data-message-id="${id}"]`)
}

/** A field of the form in a message's card. */
export function cardField(message: Locator, name: string): Locator {
  return message.locator(`[data-testid=card-field][data-name="${name}"]`)
}

export function cardButton(message: Locator, label: string): Locator {
  return message.locator(`[data-testid=card-button][data-label="${label}"]`)
}

export function fieldError(message: Locator, name: string): Locator {
  return message.locator(`[data-testid=field-error][data-name="${name}"]`)
}

export async function openFaults(page: Page): Promise<Locator> {
  await page.getByTestId('faults-open').click()
  return page.getByTestId('faults')
}

export async function takePerson(page: Page, id: string): Promise<void> {
  await page.getByTestId('me').click()
  await page.locator(`[data-testid=person][data-person="${id}"]`).click()
  await page.locator(`[data-testid=me][data-person="${id}"]`).waitFor()
}

export function chatRow(page: Page, id: string): Locator {
  return page.locator(`[data-testid=chat][data-chat-id="${id}"]`)
}

export function composer(page: Page, where: 'conversation' | 'thread' = 'conversation'): Locator {
  return page.getByTestId(where).getByTestId('composer-input')
}

/** Waits until the check gives this value. */
export async function becomes<T>(check: () => T | Promise<T>, value: T): Promise<void> {
  await expect.poll(check, { timeout: 10_000, interval: 30 }).toEqual(value)
}

/** A green square. */
export const greenPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
  'base64',
)
