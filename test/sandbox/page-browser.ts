import type { Browser, BrowserContextOptions, ConsoleMessage, Locator, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import type { Sandbox } from '../../sandbox/server/index.ts'
import { launchChromium } from '../../scripts/chromium.ts'
import { openFront, type PageFront } from './page-front.ts'

/** One for all the test files of a worker; it ends with the process. */
let browser: Promise<Browser> | undefined

function launched(): Promise<Browser> {
  browser ??= launchChromium()
  return browser
}

/**
 * Opens the sandbox's page in a browser profile that no other open page has, and waits until it is drawn. Whatever the
 * page complains about on its console fails the test, unless it matches `complaints`.
 */
export async function openPage(
  sandbox: Pick<Sandbox, 'url'>,
  query: { as?: string; chat?: string; thread?: string; lang?: string } = {},
  { complaints, ...options }: BrowserContextOptions & { complaints?: RegExp } = {},
): Promise<Page> {
  const page = await blankPage(options)
  const front = await frontOf(sandbox)
  const heard: string[] = []
  const note = (text: string) => {
    if (!complaints?.test(text)) heard.push(text)
  }
  const onError = (error: Error) => note(`${error.name}: ${error.message}`)
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() === 'error') note(message.text())
  }
  page.on('pageerror', onError).on('console', onConsole)
  onTestFinished(async ({ task }) => {
    page.off('pageerror', onError).off('console', onConsole)
    if (task.result?.state === 'fail' || page.isClosed()) await page.context().close()
    else await giveBack(page, options, front)
    expect(heard).toEqual([])
  })
  await page.goto(pageUrl({ url: `${front.origin}/` }, query))
  await page.getByTestId('app').waitFor()
  return page
}

/** Pages that tests have done with, by the options of their profiles: a new profile costs more than most tests do. */
const blankPages = new Map<string, Page[]>()

async function blankPage(options: BrowserContextOptions): Promise<Page> {
  const used = blankPages.get(JSON.stringify(options))?.pop()
  if (used) return used
  const context = await (await launched()).newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}

/** Those that lead to no sandbox now, and those that do, by its address. */
const idleFronts: PageFront[] = []
const fronts = new Map<string, PageFront>()

async function frontOf({ url }: Pick<Sandbox, 'url'>): Promise<PageFront> {
  const known = fronts.get(url)
  if (known) return known
  const front = idleFronts.pop() ?? (await openFront())
  front.leadTo(url)
  fronts.set(url, front)
  onTestFinished(() => {
    fronts.delete(url)
    idleFronts.push(front)
  })
  return front
}

/** Leaves nothing of a test in its page, and nothing of its sandbox, whose port may come again. */
async function giveBack(page: Page, options: BrowserContextOptions, { origin }: PageFront): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.goto('about:blank')
  await page.mouse.move(0, 0)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Storage.clearDataForOrigin', {
    origin,
    storageTypes: 'all',
  })
  await devtools.send('Page.resetNavigationHistory')
  await devtools.detach()
  const profile = JSON.stringify(options)
  blankPages.set(profile, [...(blankPages.get(profile) ?? []), page])
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
