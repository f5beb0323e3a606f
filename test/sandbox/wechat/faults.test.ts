import { expect, test } from 'vitest'
import { types } from 'wechaty-puppet'
import type { SendOutcome } from '../../../sandbox/wechat/faults.ts'
import { testSandbox } from '../../support/sandbox.ts'
import { wechatGroup } from './bot.ts'

test('a message comes again under its own id and under others', async () => {
  const sandbox = await testSandbox()
  const { puppet, contact, group, fromOthers } = await wechatGroup(sandbox)
  Object.assign(puppet.faults, { copies: 2, copiesUnderNewIds: 1 })
  sandbox.sendText(group.chat_id, contact.open_id, '收到')
  await sandbox.waitFor(() => fromOthers().length === 3, 'three copies')
  const [first, second, third] = fromOthers()
  expect(second?.id).toBe(first?.id)
  expect(third?.id).not.toBe(first?.id)
  const said = (message = first) => [message?.text(), message?.talker().id, message?.date().getTime()]
  expect(said(third)).toEqual(said(first))
})

test('messages come in the opposite order', async () => {
  const sandbox = await testSandbox()
  const { puppet, contact, group, fromOthers } = await wechatGroup(sandbox)
  puppet.faults.reverseNext = 3
  for (const text of ['一', '二', '三', '四']) sandbox.sendText(group.chat_id, contact.open_id, text)
  await sandbox.waitFor(() => fromOthers().length === 4, 'all four')
  expect(fromOthers().map((message) => message.text())).toEqual(['三', '二', '一', '四'])
})

const failing: [SendOutcome, shown: number][] = [
  ['fails', 0],
  ['fails-delivered', 1],
  ['logged-out', 0],
  ['logged-out-delivered', 1],
]

test.each(failing)('a send that %s leaves %i messages behind', async (outcome, shown) => {
  const sandbox = await testSandbox()
  const { puppet, group } = await wechatGroup(sandbox)
  puppet.faults.sends.push(outcome)
  await expect(puppet.messageSendText('group@chatroom', '请办理')).rejects.toThrow(/connection/)
  expect(sandbox.messages(group.chat_id)).toHaveLength(shown)
  expect(puppet.isLoggedIn).toBe(!outcome.startsWith('logged-out'))
})

test.each([
  ['hangs', 0],
  ['hangs-delivered', 1],
] as const)(
  'a send that %s never ends and leaves %i messages behind; the next is well',
  async (outcome, shown) => {
    const sandbox = await testSandbox()
    const { puppet, group } = await wechatGroup(sandbox)
    puppet.faults.sends.push(outcome)
    let ended = false
    void puppet.messageSendText('group@chatroom', '请办理').finally(() => {
      ended = true
    })
    await puppet.messageSendText('group@chatroom', '下一条')
    expect(ended).toBe(false)
    expect(sandbox.messages(group.chat_id)).toHaveLength(shown + 1)
  },
)

test('who is thrown out must scan again, and hears and says nothing until then', async () => {
  const sandbox = await testSandbox()
  const { puppet, contact, group, own, happened, fromOthers } = await wechatGroup(sandbox)
  await puppet.thrownOut()
  await sandbox.waitFor(() => happened.length === 3, 'the logout and the code')
  expect(happened[1]).toMatch(/^logout wxid_/)
  expect(happened[2]).toBe(`scan ${types.ScanStatus.Waiting} https://login.weixin.example/l/sandbox==`)
  await expect(puppet.messageSendText('group@chatroom', 'x')).rejects.toThrow('not logged in')
  sandbox.sendText(group.chat_id, contact.open_id, '有人吗')
  puppet.scanned()
  sandbox.sendText(own.chat_id, contact.open_id, '又在了')
  await sandbox.waitFor(() => fromOthers().length > 0, 'the words')
  expect(fromOthers().map((message) => message.text())).toEqual(['又在了'])
})

test('without a kept login a code is shown first', async () => {
  const sandbox = await testSandbox()
  const { puppet, happened } = await wechatGroup(sandbox, { session: null })
  await sandbox.waitFor(() => happened.length === 1, 'the code')
  expect(happened[0]).toMatch(/^scan/)
  puppet.scanned()
  await sandbox.waitFor(() => happened.at(-1)?.startsWith('login'), 'the login')
})

test('under another login everybody has another id, and the old ids lead nowhere', async () => {
  const sandbox = await testSandbox()
  const { puppet, contact, group, bot, fromOthers } = await wechatGroup(sandbox)
  const before = bot.currentUser.id
  await puppet.thrownOut()
  puppet.scanned('second')
  sandbox.sendText(group.chat_id, contact.open_id, '收到')
  const message = await sandbox.waitFor(() => fromOthers()[0], 'the words')
  expect(message.room()?.id).toBe('group-second@chatroom')
  expect(message.talker().id).toBe('wxid_contact-second')
  expect(puppet.currentUserId).not.toBe(before)
  for (const old of ['group@chatroom', 'wxid_contact']) {
    await expect(puppet.messageSendText(old, 'x')).rejects.toThrow()
  }
  await puppet.messageSendText('group-second@chatroom', '在')
  expect(sandbox.messages(group.chat_id)).toHaveLength(2)
})

test('a recall is a message with the id of what is gone, and raw from the web', async () => {
  const recalled = async (quoteFormat: 'padlocal' | 'wechat4u') => {
    const sandbox = await testSandbox()
    const { contact, group, fromOthers } = await wechatGroup(sandbox, { quoteFormat })
    const { message_id } = sandbox.sendText(group.chat_id, contact.open_id, '发错了')
    sandbox.recall(message_id)
    await sandbox.waitFor(() => fromOthers().length === 2, 'the recall')
    const [said, notice] = fromOthers()
    expect(notice?.type()).toBe(types.Message.Recalled)
    return { id: said?.id ?? '', text: notice?.text() }
  }
  const plain = await recalled('padlocal')
  expect(plain.text).toBe(plain.id)
  const raw = await recalled('wechat4u')
  expect(raw.text).toContain(`<msgid>${raw.id}</msgid>`)
})

test('a puppet may tell no id of what it sent', async () => {
  const sandbox = await testSandbox()
  const { puppet, bot, group } = await wechatGroup(sandbox, { tellsSentIds: false })
  expect(await puppet.messageSendText('group@chatroom', '一')).toBeUndefined()
  const room = await bot.Room.find({ id: 'group@chatroom' })
  expect(await room?.say('二')).toBeUndefined()
  expect(sandbox.messages(group.chat_id)).toHaveLength(2)
})

test('the pace of sending is kept', async () => {
  const sandbox = await testSandbox()
  const { puppet } = await wechatGroup(sandbox)
  puppet.faults.latencyMs = 30
  for (const text of ['一', '二', '三']) await puppet.messageSendText('group@chatroom', text)
  const { sendLog } = puppet
  expect(sendLog.all()).toHaveLength(3)
  expect(sendLog.gaps()).toHaveLength(2)
  expect(sendLog.mostWithin(60_000)).toBe(3)
  expect(sendLog.mostWithin(1)).toBe(1)
})
