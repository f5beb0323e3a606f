/**
 * Takes the README's pictures, docs/demo.png and docs/demo-phone.png, of the demo as it stands:
 *
 *   node scripts/bootstrap.js --redis --chromium scripts/screenshot.ts
 */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { type Demo, startDemo } from '../sandbox/demo/start.ts'
import { launchChromium } from './chromium.ts'

const docs = join(import.meta.dirname, '..', 'docs')
/** A Thursday afternoon, so that the pictures change only with what they show. */
const startAt = Date.parse('2026-11-19T15:20:00+08:00')

const folder = await mkdtemp(join(tmpdir(), 'duban-pictures-'))
const demo = await startDemo({ folder, startAt })
const browser = await launchChromium()
try {
  await taskForceAtDesk(demo, browser)
  await contactOnPhone(demo, browser)
} finally {
  await browser.close()
  await demo.stop()
  await rm(folder, { recursive: true })
}

/** The totals with their chart, and beside them a feedback that waits for review: 1280 by 800 pixels. */
async function taskForceAtDesk(demo: Demo, browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 8 / 9 })
  await open(page, demo, '陈组长', '工作专班')
  const conversation = page.getByTestId('conversation')
  await conversation.getByTestId('composer-input').fill('/进度')
  await page.keyboard.press('Enter')
  const answer = conversation.getByTestId('message').filter({ hasText: '截至11月19日（周四）15:2' })
  await answer.getByTestId('card-chart').and(page.locator('[data-state=drawn]')).waitFor()

  const review = conversation.getByTestId('message').filter({ hasText: '【待审核】#12' })
  await review.hover()
  await review.getByTestId('reply-in-thread').click()
  await page.getByTestId('thread').getByTestId('card-button').first().waitFor()
  await answer.evaluate((message) => message.scrollIntoView({ block: 'end' }))
  await save(page, 'demo.png')
}

/** An item as it came in, with its form. */
async function contactOnPhone(demo: Demo, browser: Browser): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  })
  await open(page, demo, '孙联络', '市农业农村委员会')
  const card = page.getByTestId('message').filter({ hasText: '【交办】#14' })
  await card.evaluate((message) => message.scrollIntoView({ block: 'start' }))
  await save(page, 'demo-phone.png')
}

async function open(page: Page, demo: Demo, who: string, chat: string): Promise<void> {
  const { open_id } = found(demo.sandbox.people().find(({ name }) => name === who))
  const { chat_id } = found(demo.sandbox.chats().find(({ name }) => name === chat))
  await page.goto(`${demo.url}?${new URLSearchParams({ as: open_id, chat: chat_id })}`)
  await page.getByTestId('message').first().waitFor()
}

function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('the demo has changed: it lacks what the pictures show')
  return thing
}

/** Without focus rings, carets, toasts and half-run transitions. */
async function save(page: Page, file: string): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.fonts.ready)
  const path = join(docs, file)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  const { size } = await stat(path)
  process.stdout.write(`docs/${file}: ${Math.round(size / 1024)} KB\n`)
}
