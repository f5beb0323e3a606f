import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startSandbox } from '../../sandbox/server/index.ts'
import { testApp, testClock, testGroup, testSandbox } from '../support/sandbox.ts'
import { becomes, chatRow, messages, openFaults, openPage, pageUrl, takePerson } from './page-browser.ts'
import { sdkConnection } from './sdk.ts'

test('the address selects person, chat and language, and follows what is done', async () => {
  const sandbox = await testSandbox()
  const { lead, contact, group } = testGroup(sandbox)
  const other = sandbox.addChat({ name: '专班工作群', members: [lead.open_id] })
  const page = await openPage(sandbox, { as: contact.open_id, chat: group.chat_id, lang: 'en' })
  await page.locator(`[data-testid=me][data-person="${contact.open_id}"]`).waitFor()
  expect(await page.getByTestId('conversation-title').textContent()).toBe('市商务委')
  expect(await page.locator('html').getAttribute('lang')).toBe('en')

  await takePerson(page, lead.open_id)
  await chatRow(page, other.chat_id).click()
  await page.getByTestId('language').click()
  const expected = new URL(pageUrl(sandbox, { as: lead.open_id, chat: other.chat_id })).search
  await becomes(() => new URL(page.url()).search, expected)

  await page.goBack()
  await becomes(() => page.getByTestId('conversation-title').textContent(), '市商务委')
  await page.goForward()
  await becomes(() => page.getByTestId('conversation-title').textContent(), '专班工作群')
})

test('an address with nobody and nothing in it shows the first person and no chat', async () => {
  const sandbox = await testSandbox()
  const { lead } = testGroup(sandbox)
  const page = await openPage(sandbox, { as: 'ou_nobody', chat: 'oc_nothing' })
  expect(await page.getByTestId('me').getAttribute('data-person')).toBe(lead.open_id)
  expect(await page.getByText('选择一个会话').isVisible()).toBe(true)
})

test('persons stand by department and can be searched; each sees only their own chats', async () => {
  const sandbox = await testSandbox()
  const { lead, contact, group } = testGroup(sandbox)
  const elsewhere = sandbox.addPerson({ name: '赵联络', title: '市教委 · 分管领导' })
  const page = await openPage(sandbox, { as: lead.open_id, chat: group.chat_id })
  await page.getByTestId('me').click()
  const people = page.getByTestId('people')
  expect(await people.locator('h3').allTextContents()).toEqual(['专班', '市商务委', '市教委'])
  await page.keyboard.type('联络员')
  await becomes(
    () => people.getByTestId('person').evaluateAll((all) => all.map((one) => one.dataset.name)),
    ['李联络'],
  )
  await page.keyboard.press('Escape')

  await takePerson(page, contact.open_id)
  expect(await page.getByTestId('conversation').getAttribute('data-chat-id')).toBe(group.chat_id)
  await takePerson(page, elsewhere.open_id)
  expect(await page.getByTestId('chat').count()).toBe(0)
  expect(await page.getByTestId('conversation').count()).toBe(0)
})

test('unread messages and mentions are marked until the chat is opened', async () => {
  const sandbox = await testSandbox()
  const { lead, contact, group } = testGroup(sandbox)
  const page = await openPage(sandbox, { as: contact.open_id })
  sandbox.sendText(group.chat_id, lead.open_id, '各位好')
  sandbox.sendText(group.chat_id, lead.open_id, '@李联络 请尽快', { mentions: [contact.open_id] })
  const unread = chatRow(page, group.chat_id).getByTestId('unread')
  await becomes(() => unread.getAttribute('data-count'), '2')
  expect(await chatRow(page, group.chat_id).getByTestId('mention-mark').textContent()).toBe('[有人@我]')
  expect(await chatRow(page, group.chat_id).textContent()).toContain('张组长：@李联络 请尽快')
  await becomes(() => page.title(), '(2) 督办沙箱 · 李联络')

  await chatRow(page, group.chat_id).click()
  await page.getByTestId('unread-line').waitFor()
  await becomes(() => unread.count(), 0)
  await becomes(() => sandbox.chats()[0]?.unread[contact.open_id]?.count, 0)
  sandbox.sendText(group.chat_id, lead.open_id, '又一条')
  await messages(page).nth(2).waitFor()
  await becomes(() => sandbox.chats()[0]?.unread[contact.open_id]?.count, 0)
  expect(await unread.count()).toBe(0)
})

test('the language stays over a reload', async () => {
  const sandbox = await testSandbox()
  testGroup(sandbox)
  const page = await openPage(sandbox)
  expect(await page.locator('h1').textContent()).toBe('消息')
  await page.getByTestId('language').click()
  expect(await page.locator('h1').textContent()).toBe('Messages')
  await page.goto(new URL('/', page.url()).href)
  await page.getByTestId('app').waitFor()
  expect(await page.locator('h1').textContent()).toBe('Messages')
  expect(new URL(page.url()).searchParams.get('lang')).toBe('en')
})

test('the clock shows the zone that the server names, wherever the browser is, and its controls move it', async () => {
  const clock = testClock(Date.parse('2026-11-20T09:00:10+08:00'))
  const sandbox = await testSandbox({ clock })
  testGroup(sandbox)
  const page = await openPage(sandbox, {}, { timezoneId: 'America/Los_Angeles' })
  const face = page.getByTestId('clock')
  expect((await face.textContent())?.replace(/\s+/g, ' ').trim()).toBe('2026年11月20日 周五 09:00')
  await page.locator('[data-testid=clock-control][data-control=hour]').click()
  await becomes(() => face.getAttribute('data-now'), String(Date.parse('2026-11-20T10:00:00+08:00')))
  clock.set(Date.parse('2026-11-23T08:30:05+08:00'))
  sandbox.clockMoved()
  await becomes(() => face.textContent().then((text) => text?.includes('11月23日 周一')), true)
})

test('without controls there is no way to move the clock', async () => {
  const sandbox = await testSandbox()
  testGroup(sandbox)
  const page = await openPage(sandbox)
  expect(await page.getByTestId('clock').isVisible()).toBe(true)
  expect(await page.getByTestId('clock-control').count()).toBe(0)
})

test('a clock that refuses to move says why', async () => {
  const clock = { ...testClock(), move: async () => Promise.reject(new RangeError('no')) }
  const sandbox = await testSandbox({ clock })
  testGroup(sandbox)
  const page = await openPage(sandbox, {}, { complaints: /500/ })
  await page.getByTestId('clock-control').click()
  await page.locator('[data-testid=toast][data-type=error]').waitFor()
  expect(await page.getByTestId('clock-control').isEnabled()).toBe(true)
})

test('the dot tells whether the bot is there', async () => {
  const sandbox = await testSandbox()
  testGroup(sandbox)
  const page = await openPage(sandbox)
  const online = () => page.getByTestId('bot-status').getAttribute('data-online')
  expect(await online()).toBe('false')
  await sdkConnection(sandbox, {})
  await becomes(online, 'true')
})

test('the faults panel sets the switches, shows that they are on and puts them back', async () => {
  const sandbox = await testSandbox()
  testGroup(sandbox)
  const page = await openPage(sandbox)
  const panel = await openFaults(page)
  const fault = (name: string) => panel.locator(`[data-testid=fault][data-name=${name}]`)
  await fault('rateLimitNext').fill('3')
  await fault('resetSeconds').fill('2')
  await fault('failNextCount').fill('1')
  await fault('failNextCode').fill('230002')
  await fault('duplicateEvents').fill('2')
  await fault('groupMessages').check()
  await page.getByTestId('faults-apply').click()
  await page.locator('[data-testid=toast][data-type=success]').waitFor()
  expect(sandbox.state().faults).toMatchObject({
    rateLimitNext: 3,
    resetSeconds: 2,
    failNext: { count: 1, status: 500, code: 230002 },
    duplicateEvents: 2,
    groupMessages: true,
  })
  expect(await page.getByTestId('faults-open').getAttribute('data-active')).toBe('true')

  await page.getByTestId('faults-clear').click()
  await becomes(() => page.getByTestId('faults-open').getAttribute('data-active'), 'false')
  expect(await fault('rateLimitNext').inputValue()).toBe('0')
  expect(sandbox.state().faults).toMatchObject({ rateLimitNext: 0, duplicateEvents: 1, groupMessages: true })
})

test('what happened while the connection was lost is there after it', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'page-')), 'state.jsonl')
  const first = await startSandbox({ apps: [testApp], stateFile })
  const { lead, contact, group } = testGroup(first)
  first.sendText(group.chat_id, lead.open_id, '断线之前')
  const page = await openPage(first, { as: contact.open_id, chat: group.chat_id }, { complaints: /ERR_/ })
  await messages(page).nth(0).waitFor()
  await first.stop()
  await page.getByText('正在重新连接').waitFor()

  const port = Number(new URL(first.url).port)
  const second = await startSandbox({ apps: [testApp], stateFile, port })
  onTestFinished(() => second.stop())
  second.sendText(group.chat_id, lead.open_id, '断线之后')
  await becomes(() => messages(page).getByTestId('text').allTextContents(), ['断线之前', '断线之后'])
  await becomes(() => page.getByText('正在重新连接').count(), 0)
})

test.each(['state', 'stream'])('when %s cannot be had at first, one can try again', async (endpoint) => {
  const sandbox = await testSandbox()
  testGroup(sandbox)
  const page = await openPage(sandbox, {}, { complaints: /ERR_/ })
  await page.route(`**/sandbox/api/${endpoint}`, (route) => route.abort())
  await page.reload()
  await page.getByRole('alert').waitFor()
  await page.unroute(`**/sandbox/api/${endpoint}`)
  await page.getByRole('button', { name: '重试' }).click()
  await page.getByTestId('app').waitFor()
})

test('what happens while the page reads the state is not lost', async () => {
  const sandbox = await testSandbox()
  const { lead, contact, group } = testGroup(sandbox)
  const page = await openPage(sandbox, { as: contact.open_id })
  let reads = 0
  await page.route('**/sandbox/api/state', async (route) => {
    const response = await route.fetch()
    reads += 1
    sandbox.sendText(group.chat_id, lead.open_id, '正在这时')
    await page.waitForTimeout(300)
    await route.fulfill({ response })
  })
  await page.reload()
  await becomes(() => chatRow(page, group.chat_id).getByTestId('unread').getAttribute('data-count'), '1')
  expect(reads).toBe(1)
})

test('a group and a person that are new while the page is open are there at once', async () => {
  const sandbox = await testSandbox()
  const { contact } = testGroup(sandbox)
  const page = await openPage(sandbox, { as: contact.open_id })
  const newcomer = sandbox.addPerson({ name: '欧阳明', title: '市民政局 · 联络员' })
  const group = sandbox.addChat({ name: '新建的群', members: [contact.open_id, newcomer.open_id] })
  sandbox.sendText(group.chat_id, newcomer.open_id, '大家好')
  await becomes(() => chatRow(page, group.chat_id).locator('.chat-preview').textContent(), '欧阳明：大家好')
  await takePerson(page, newcomer.open_id)
  expect(
    await page
      .getByTestId('me')
      .textContent()
      .then((said) => said?.trim()),
  ).toBe('欧阳')
})
