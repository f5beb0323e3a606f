import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  becomes,
  chatRow,
  composer,
  greenPng,
  messageOf,
  messages,
  openPage,
  takePerson,
} from '../sandbox/page-browser.ts'
import { testClock, testGroup, testSandbox } from '../support/sandbox.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** Two groups of the same people, one on each platform. */
async function bothPlatforms() {
  const clock = testClock()
  const sandbox = await testSandbox({ clock })
  const { lead, contact, group: feishu } = testGroup(sandbox)
  const members = [lead.open_id, contact.open_id]
  const wechat = sandbox.addChat({ name: '市商务委微信群', members, platform: 'wechat' })
  return { clock, sandbox, lead, contact, feishu, wechat }
}

async function wechatPage() {
  const world = await bothPlatforms()
  const page = await openPage(world.sandbox, { as: world.contact.open_id, chat: world.wechat.chat_id })
  await composer(page).waitFor()
  return { ...world, page }
}

const item = [
  '【交办】#12 增设蔬菜直销点',
  '反馈截止：11月27日（周五）17:00',
  '',
  '回复“收到”即签收；办理情况请引用本条回复：',
  '1 已解决＋措施',
  '2 正在办理＋措施＋完成日期',
].join('\n')

const thirtyLines = Array.from({ length: 30 }, (_, at) => `【#${at + 1}】第${at + 1}项建议，办理中`).join(
  '\n',
)

function textOf(element: Locator): Promise<string | undefined> {
  return element.textContent().then((text) => text?.trim())
}

function heightOf(element: Locator): Promise<number> {
  return element.evaluate((one) => one.getBoundingClientRect().height)
}

test('a chat says on which platform it is, to whoever is in it', async () => {
  const { sandbox, lead, contact, feishu, wechat } = await bothPlatforms()
  const outsider = sandbox.addPerson({ name: '王联络', title: '市水务局 · 联络员' })
  const page = await openPage(sandbox, { as: contact.open_id, chat: wechat.chat_id })
  const labelOf = (chat: string) => textOf(chatRow(page, chat).getByTestId('platform'))
  expect(await labelOf(wechat.chat_id)).toBe('微信')
  expect(await labelOf(feishu.chat_id)).toBe('飞书')
  expect(await textOf(page.getByTestId('conversation').getByTestId('platform'))).toBe('微信')

  await page.getByTestId('language').click()
  await becomes(() => labelOf(wechat.chat_id), 'WeChat')
  expect(await labelOf(feishu.chat_id)).toBe('Feishu')
  await page.getByText('Reply “received”, or quote and reply “2 measures, date”').waitFor()

  await takePerson(page, outsider.open_id)
  expect(await page.getByTestId('chat').count()).toBe(0)
  await takePerson(page, lead.open_id)
  expect(await labelOf(wechat.chat_id)).toBe('WeChat')
})

test('where all is on Feishu, no chat needs to say so', async () => {
  const sandbox = await testSandbox()
  const { contact, group } = testGroup(sandbox)
  const page = await openPage(sandbox, { as: contact.open_id, chat: group.chat_id })
  await chatRow(page, group.chat_id).waitFor()
  expect(await page.getByTestId('platform').count()).toBe(0)
})

test('texts stand in full in green and white bubbles, with nothing that only Feishu has', async () => {
  const { clock, sandbox, lead, contact, wechat, page } = await wechatPage()
  const theirs = sandbox.sendText(wechat.chat_id, lead.open_id, item)
  clock.advance(60_000)
  const long = sandbox.sendText(wechat.chat_id, lead.open_id, thirtyLines)
  clock.advance(10 * 60_000)
  const mine = sandbox.sendText(wechat.chat_id, contact.open_id, '收到')
  await messageOf(page, mine.message_id).waitFor()

  const colorOf = (id: string) =>
    messageOf(page, id)
      .locator('.bubble')
      .evaluate((one) => getComputedStyle(one).backgroundColor)
  expect(await colorOf(mine.message_id)).toBe('rgb(149, 236, 105)')
  expect(await colorOf(theirs.message_id)).toBe('rgb(255, 255, 255)')
  const text = messageOf(page, theirs.message_id).getByTestId('text')
  expect(await text.evaluate((one: HTMLElement) => one.innerText)).toBe(item)
  expect(await heightOf(messageOf(page, long.message_id).getByTestId('text'))).toBeGreaterThan(30 * 18)
  expect(await page.locator('.day').allTextContents()).toEqual(['今天 09:00', '今天 09:11'])

  for (const only of ['reply-in-thread', 'thread-link', 'card', 'card-button', 'urgent']) {
    expect(await page.getByTestId(only).count(), only).toBe(0)
  }
  await page.getByText('回复“收到”，或引用消息回复“2 措施 日期”').waitFor()
  await page.goto(`${page.url()}&thread=${theirs.message_id}`)
  await messageOf(page, theirs.message_id).waitFor()
  expect(await page.getByTestId('thread').count()).toBe(0)
})

test('an answer quotes a message, in small below its bubble, and the quote leads there', async () => {
  const { sandbox, lead, contact, wechat, page } = await wechatPage()
  const asked = sandbox.sendText(wechat.chat_id, lead.open_id, item)
  await messageOf(page, asked.message_id).hover()
  await messageOf(page, asked.message_id).getByRole('button', { name: '引用' }).click()
  const replying = page.locator(`[data-testid=replying-to][data-replying-to="${asked.message_id}"]`)
  await becomes(() => textOf(replying), `张组长：${item}`)
  await page.keyboard.type('2 已联系街道 11月30日前')
  await page.keyboard.press('Enter')

  const answer = messages(page).nth(1)
  const quote = answer.getByTestId('quote')
  await becomes(() => textOf(quote), `张组长：${item}`)
  expect(await textOf(answer.getByTestId('text'))).toBe('2 已联系街道 11月30日前')
  expect(sandbox.messages(wechat.chat_id)[1]).toMatchObject({
    sender: contact.open_id,
    parent_id: asked.message_id,
    content: { text: '2 已联系街道 11月30日前' },
  })
  expect(await heightOf(quote)).toBeLessThan(60)
  const topOf = (element: Locator) => element.evaluate((one) => one.getBoundingClientRect().top)
  expect(await topOf(quote)).toBeGreaterThan(await topOf(answer.locator('.bubble')))

  await quote.click()
  await messageOf(page, asked.message_id).and(page.locator('.message-flashed')).waitFor()
})

test('a quote that came as text is shown as one; of a quoted answer, the answer alone', async () => {
  const { sandbox, lead, contact, wechat, page } = await wechatPage()
  const raw = (dashes: number, who: string, quoted: string, answer: string) =>
    `「${who}：${quoted}」\n${Array(dashes).fill('-').join(' ')}\n${answer}`
  const first = raw(15, '督办机器人', item, '2 已联系街道\n11月30日前')
  sandbox.sendText(wechat.chat_id, contact.open_id, first)
  sandbox.sendText(wechat.chat_id, lead.open_id, raw(16, '李联络', first, '好的'))
  sandbox.sendText(wechat.chat_id, lead.open_id, '「好」\n- -\n不是引用')
  await becomes(
    () => messages(page).getByTestId('text').allTextContents(),
    ['2 已联系街道\n11月30日前', '好的', '「好」\n- -\n不是引用'],
  )
  expect(await messages(page).getByTestId('quote').allTextContents()).toEqual([
    `督办机器人：${item}`,
    '李联络：2 已联系街道\n11月30日前',
  ])
})

test('the picker mentions, photos and files are sent', async () => {
  const { sandbox, wechat, page } = await wechatPage()
  await composer(page).pressSequentially('@督')
  await page.getByTestId('mention-picker').waitFor()
  await page.keyboard.press('Enter')
  await composer(page).pressSequentially('/进度')
  await page.keyboard.press('Enter')
  await messages(page).nth(0).waitFor()
  expect(sandbox.messages(wechat.chat_id)[0]).toMatchObject({
    content: { text: '@督办机器人 /进度' },
    mentions: [{ open_id: sandbox.state().bot.open_id, name: '督办机器人' }],
  })

  const conversation = page.getByTestId('conversation')
  await conversation
    .getByTestId('attach-image')
    .setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: greenPng })
  await page.getByTestId('send').click()
  const photo = messages(page).locator('img')
  await becomes(() => photo.evaluate((one: HTMLImageElement) => one.naturalWidth), 10)
})

test('on a phone nothing stands out to the side', async () => {
  const { sandbox, lead, contact, wechat } = await bothPlatforms()
  const longName = '长三角生态绿色一体化发展示范区执行委员会督办工作联络群'
  const somebody = sandbox.addPerson({ name: '阿卜杜热合曼·买买提依明江·吐尔逊', title: '市商务委 · 备岗' })
  const people = [lead.open_id, contact.open_id, somebody.open_id]
  sandbox.addChat({ chat_id: wechat.chat_id, name: longName, members: people })
  const asked = sandbox.sendText(wechat.chat_id, somebody.open_id, `${item}\n${'长'.repeat(300)}`)
  sandbox.sendText(wechat.chat_id, contact.open_id, `https://example.com/${'a'.repeat(200)}`, {
    reply_to: asked.message_id,
  })
  sandbox.sendText(wechat.chat_id, lead.open_id, thirtyLines)
  const page = await openPage(sandbox, { as: contact.open_id }, phone)
  expect(await standingOut(page)).toEqual([])
  await chatRow(page, wechat.chat_id).tap()
  await messageOf(page, asked.message_id).getByTestId('reply').tap()
  await page.getByTestId('replying-to').waitFor()
  expect(await standingOut(page)).toEqual([])
  await page.locator('.composer-hint').getByText('引用消息回复').waitFor()
  await page.getByTestId('composer-mention').tap()
  await page.getByTestId('mention-picker').waitFor()
  expect(await standingOut(page)).toEqual([])
})

/** What reaches over the screen's edge, or can be scrolled sideways. */
function standingOut(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-testid], .bubble, .wechat-quote, chat-scroller')]
      .filter((one) => one.checkVisibility())
      .filter((one) => {
        const { left, right } = one.getBoundingClientRect()
        return (
          left < -1 ||
          right > innerWidth + 1 ||
          (one.matches('chat-scroller') && one.scrollWidth > one.clientWidth)
        )
      })
      .map((one) => one.dataset.testid ?? one.className),
  )
}
