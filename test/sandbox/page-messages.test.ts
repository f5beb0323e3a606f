import { expect, test } from 'vitest'
import { testClock, testGroup, testSandbox } from '../support/sandbox.ts'
import {
  becomes,
  chatRow,
  composer,
  greenPng,
  messageOf,
  messages,
  openPage,
  takePerson,
} from './page-browser.ts'
import { sdkClient, textMessage } from './sdk.ts'

async function groupPage() {
  const sandbox = await testSandbox()
  const { lead, contact, group } = testGroup(sandbox)
  const page = await openPage(sandbox, { as: contact.open_id, chat: group.chat_id })
  await composer(page).waitFor()
  return { sandbox, lead, contact, group, page }
}

test('Enter sends, Shift and Enter break the line, and an input method keeps its Enter', async () => {
  const { sandbox, contact, group, page } = await groupPage()
  await composer(page).click()
  await page.keyboard.press('Enter')
  await composer(page).pressSequentially('第一行')
  await page.keyboard.press('Shift+Enter')
  await composer(page).pressSequentially('第二行')
  await composer(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
  expect(sandbox.messages(group.chat_id)).toEqual([])
  await page.keyboard.press('Enter')
  await becomes(() => messages(page).getByTestId('text').allTextContents(), ['第一行\n第二行'])
  expect(await composer(page).inputValue()).toBe('')
  expect(sandbox.messages(group.chat_id)).toMatchObject([
    { sender: contact.open_id, content: { text: '第一行\n第二行' } },
  ])
})

test('the picker mentions by keyboard and by mouse; only who was chosen is mentioned', async () => {
  const { sandbox, lead, group, page } = await groupPage()
  await composer(page).pressSequentially('请@张')
  await page.getByTestId('mention-picker').waitFor()
  await page.keyboard.press('Enter')
  await composer(page).pressSequentially('看一下，')
  await page.getByTestId('composer-mention').click()
  await page.locator('[data-testid=mention-option][data-name=督办机器人]').click()
  await composer(page).pressSequentially('/status')
  await page.keyboard.press('Enter')
  await messages(page).nth(0).waitFor()
  expect(sandbox.messages(group.chat_id)[0]).toMatchObject({
    content: { text: '请@张组长 看一下，@督办机器人 /status' },
    mentions: expect.arrayContaining([
      { open_id: lead.open_id, name: '张组长' },
      { open_id: sandbox.state().bot.open_id, name: '督办机器人' },
    ]),
  })
  expect(await messages(page).locator('.mention').allTextContents()).toEqual(['@张组长', '@督办机器人'])

  await composer(page).fill('@张组长 手写的不算')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await messages(page).nth(1).waitFor()
  expect(sandbox.messages(group.chat_id)[1]?.mentions).toEqual([])
})

test('a reply quotes what it answers, and the quote leads there', async () => {
  const { sandbox, lead, group, page } = await groupPage()
  const asked = sandbox.sendText(group.chat_id, lead.open_id, '进展如何？')
  await messageOf(page, asked.message_id).hover()
  await messageOf(page, asked.message_id).getByTestId('reply').click()
  await page.locator(`[data-testid=replying-to][data-replying-to="${asked.message_id}"]`).waitFor()
  await page.keyboard.type('正在办理')
  await page.keyboard.press('Enter')
  const quote = messages(page).getByTestId('quote')
  await becomes(() => quote.textContent().then((text) => text?.trim()), '回复 张组长：进展如何？')
  expect(sandbox.messages(group.chat_id)[1]).toMatchObject({ parent_id: asked.message_id })
  expect(sandbox.messages(group.chat_id)[1]?.thread_id).toBeUndefined()
  await quote.click()
  await becomes(
    () =>
      messageOf(page, asked.message_id)
        .getAttribute('class')
        .then((name) => name?.includes('flashed')),
    true,
  )
})

test('a thread stands in its own panel with its root on top', async () => {
  const { sandbox, lead, group, page } = await groupPage()
  const root = sandbox.sendText(group.chat_id, lead.open_id, '蔬菜滞销')
  await messageOf(page, root.message_id).hover()
  await messageOf(page, root.message_id).getByTestId('reply-in-thread').click()
  await composer(page, 'thread').fill('现场照片稍后发')
  await composer(page, 'thread').press('Enter')
  await becomes(
    () => messages(page, 'thread').getByTestId('text').allTextContents(),
    ['蔬菜滞销', '现场照片稍后发'],
  )
  sandbox.sendText(group.chat_id, lead.open_id, '好的', { reply_to: root.message_id, in_thread: true })
  const link = page.getByTestId('thread-link')
  await becomes(() => link.textContent().then((text) => text?.includes('2 条回复')), true)
  expect(await messages(page).getByTestId('text').allTextContents()).toEqual(['蔬菜滞销'])
  expect(sandbox.messages(group.chat_id)[1]).toMatchObject({
    root_id: root.message_id,
    thread_id: expect.any(String),
  })

  await page.getByTestId('thread-close').click()
  expect(await page.getByTestId('thread').count()).toBe(0)
  await link.click()
  await page.locator(`[data-testid=thread][data-root="${root.message_id}"]`).waitFor()
  await page.reload()
  await messages(page, 'thread').nth(2).waitFor()
  await composer(page, 'thread').press('Escape')
  await becomes(() => page.getByTestId('thread').count(), 0)
})

test('files and photos are sent, shown and can be opened', async () => {
  const { sandbox, group, page } = await groupPage()
  const conversation = page.getByTestId('conversation')
  await conversation
    .getByTestId('attach-image')
    .setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: greenPng })
  await conversation
    .getByTestId('attach-file')
    .setInputFiles({ name: '方案.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') })
  await page.getByTestId('attachments').waitFor()
  await composer(page).fill('佐证材料')
  await page.getByTestId('send').click()
  await becomes(() => sandbox.messages(group.chat_id).map((one) => one.msg_type), ['image', 'file', 'text'])
  const image = messages(page).locator('img')
  await becomes(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth), 10)
  expect(await page.getByTestId('file').getAttribute('download')).toBe('方案.pdf')
  expect(await page.getByTestId('attachments').count()).toBe(0)

  await image.click()
  await page.getByTestId('preview').waitFor()
  await page.keyboard.press('Escape')
  await becomes(() => page.getByTestId('preview').count(), 0)
})

test('what is too big or empty is refused by name before it is sent', async () => {
  const { sandbox, group, page } = await groupPage()
  await page
    .getByTestId('conversation')
    .getByTestId('attach-image')
    .evaluate((input: HTMLInputElement) => {
      const files = new DataTransfer()
      files.items.add(new File([new Uint8Array(10 * 1024 * 1024 + 1)], '大图.png', { type: 'image/png' }))
      files.items.add(new File([], '空.txt', { type: 'text/plain' }))
      input.files = files.files
      input.dispatchEvent(new Event('change', { bubbles: true }))
    })
  await becomes(
    () => page.getByTestId('toast').locator('.toast-text').allTextContents(),
    ['图片「大图.png」超过 10 MB', '文件「空.txt」是空的'],
  )
  expect(await page.getByTestId('send').isDisabled()).toBe(true)
  expect(sandbox.messages(group.chat_id)).toEqual([])
})

test('what could not be sent comes back to be sent again, in its order', async () => {
  const sandbox = await testSandbox()
  const { contact, group } = testGroup(sandbox)
  const page = await openPage(
    sandbox,
    { as: contact.open_id, chat: group.chat_id },
    { complaints: /ERR_FAILED/ },
  )
  await page.route('**/messages', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  await composer(page).fill('不能丢')
  await composer(page).press('Enter')
  await page.locator('[data-testid=toast][data-type=error]').waitFor()
  expect(await composer(page).inputValue()).toBe('不能丢')
  await page.unroute('**/messages')
  await composer(page).press('Enter')
  await becomes(() => messages(page).getByTestId('text').allTextContents(), ['不能丢'])
})

test('a draft belongs to its person and its chat', async () => {
  const { sandbox, lead, contact, group, page } = await groupPage()
  const other = sandbox.addChat({ name: '另一个群', members: [contact.open_id] })
  await composer(page).fill('写到一半')
  await chatRow(page, other.chat_id).click()
  expect(await composer(page).inputValue()).toBe('')
  expect(await chatRow(page, group.chat_id).textContent()).toContain('[草稿] 写到一半')
  await chatRow(page, group.chat_id).click()
  expect(await composer(page).inputValue()).toBe('写到一半')
  await takePerson(page, lead.open_id)
  expect(await composer(page).inputValue()).toBe('')
})

test('markup in a text is only text', async () => {
  const { sandbox, lead, group, page } = await groupPage()
  const nasty = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> javascript:alert(1)'
  sandbox.sendText(group.chat_id, lead.open_id, nasty)
  sandbox.sendText(group.chat_id, lead.open_id, '见 https://example.com/a?b=1&c=2。')
  await becomes(
    () => messages(page).getByTestId('text').allTextContents(),
    [nasty, '见 https://example.com/a?b=1&c=2。'],
  )
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  expect(await messages(page).locator('a').getAttribute('href')).toBe('https://example.com/a?b=1&c=2')
})

test('an urgent mark reaches the person wherever they are, and leads to the message', async () => {
  const { sandbox, contact, group, page } = await groupPage()
  const other = sandbox.addChat({ name: '另一个群', members: [contact.open_id] })
  await chatRow(page, other.chat_id).click()
  const client = sdkClient(sandbox)
  const sent = await client.im.v1.message.create(textMessage(group.chat_id, '特急事项'))
  const message_id = sent.data?.message_id ?? ''
  await client.im.v1.message.urgentApp({
    path: { message_id },
    params: { user_id_type: 'open_id' },
    data: { user_id_list: [contact.open_id] },
  })
  await page.getByTestId('toast').getByRole('button', { name: '查看' }).click()
  const mark = messageOf(page, message_id).getByTestId('urgent')
  await mark.waitFor()
  expect(await mark.getAttribute('data-urged')).toBe(contact.open_id)
})

test('a recalled message leaves a line, a dissolved group can only be read', async () => {
  const { sandbox, lead, group, page } = await groupPage()
  const slip = sandbox.sendText(group.chat_id, lead.open_id, '发错了')
  await messageOf(page, slip.message_id).waitFor()
  sandbox.recall(slip.message_id)
  await becomes(
    () =>
      messageOf(page, slip.message_id)
        .textContent()
        .then((text) => text?.trim()),
    '张组长 撤回了一条消息',
  )
  sandbox.dissolve(group.chat_id)
  await page.getByTestId('dissolved').waitFor()
  expect(await page.getByTestId('composer-input').count()).toBe(0)
  expect(await page.getByTestId('reply').count()).toBe(0)
})

test('days are set apart by the sandbox’s calendar', async () => {
  const clock = testClock(Date.parse('2026-11-18T23:50:00+08:00'))
  const sandbox = await testSandbox({ clock })
  const { lead, contact, group } = testGroup(sandbox)
  for (const at of ['2026-11-18T23:50', '2026-11-19T00:10', '2026-11-20T08:00']) {
    clock.set(Date.parse(`${at}:00+08:00`))
    sandbox.sendText(group.chat_id, lead.open_id, at)
  }
  const page = await openPage(sandbox, { as: contact.open_id, chat: group.chat_id })
  await becomes(() => page.locator('.day').allTextContents(), ['11月18日 周三', '昨天', '今天'])
})

test('a long conversation opens at its end, follows it, and stays where the reader is', async () => {
  const sandbox = await testSandbox()
  const { lead, contact, group } = testGroup(sandbox)
  for (let n = 1; n <= 200; n++) sandbox.sendText(group.chat_id, lead.open_id, `第 ${n} 条`)
  const page = await openPage(sandbox, { as: contact.open_id, chat: group.chat_id })
  const column = page.getByTestId('conversation').locator('chat-scroller')
  const left = () => column.evaluate((one) => Math.round(one.scrollHeight - one.scrollTop - one.clientHeight))
  await messages(page).last().waitFor()
  expect(await messages(page).count()).toBe(120)
  await becomes(left, 0)
  sandbox.sendText(group.chat_id, lead.open_id, '第 201 条')
  await page.getByText('第 201 条').first().waitFor()
  await becomes(left, 0)

  await column.evaluate((one) => {
    one.scrollTop = 200
  })
  await page.locator('chat-scroller[data-away]').waitFor()
  sandbox.sendText(group.chat_id, lead.open_id, '第 202 条')
  await page.locator('chat-scroller[data-news]').waitFor()
  expect(await column.evaluate((one) => one.scrollTop)).toBe(200)
  await page.getByRole('button', { name: '查看更早的' }).click()
  await becomes(() => messages(page).count(), 202)
  await page.locator('.to-bottom').click()
  await becomes(left, 0)
})

test('a very long text is folded and can be unfolded', async () => {
  const { sandbox, lead, group, page } = await groupPage()
  sandbox.sendText(group.chat_id, lead.open_id, '反映情况如下。'.repeat(400))
  const height = () => messages(page).evaluate((one) => one.getBoundingClientRect().height)
  await messages(page).waitFor()
  const folded = await height()
  await page.getByRole('button', { name: '展开全文' }).click()
  await becomes(async () => (await height()) > folded * 2, true)
})

test('an empty chat says what can be done', async () => {
  const { page } = await groupPage()
  await becomes(
    () =>
      page
        .getByTestId('empty')
        .textContent()
        .then((text) => text?.includes('/help')),
    true,
  )
})
