import { expect, test } from 'vitest'
import { testGroup, testSandbox } from '../../support/sandbox.ts'
import { refusalOf, sdkClient, sdkConnection, textMessage } from '../sdk.ts'

test('Feishu knows nothing of the chats on WeChat', async () => {
  const sandbox = await testSandbox()
  const { contact, group: onFeishu } = testGroup(sandbox)
  sandbox.setFaults({ groupMessages: true })
  const heard: string[] = []
  await sdkConnection(sandbox, {
    'im.message.receive_v1': (event: { message: { chat_id: string } }) =>
      void heard.push(event.message.chat_id),
    'im.chat.member.bot.added_v1': (event: { chat_id: string }) => void heard.push(event.chat_id),
    'im.chat.member.bot.deleted_v1': (event: { chat_id: string }) => void heard.push(event.chat_id),
    'im.chat.disbanded_v1': (event: { chat_id: string }) => void heard.push(event.chat_id),
  })
  const client = sdkClient(sandbox)

  const members = [contact.open_id]
  const { chat_id } = sandbox.addChat({ name: '市商务委微信群', members, platform: 'wechat' })
  const own = sandbox.openP2p(contact.open_id, { platform: 'wechat' })
  const said = sandbox.sendText(chat_id, contact.open_id, '收到')
  sandbox.sendText(own.chat_id, contact.open_id, '在吗')

  const codes = {
    send: await refusalOf(client.im.v1.message.create(textMessage(chat_id, 'x'))),
    sendInPrivate: await refusalOf(client.im.v1.message.create(textMessage(own.chat_id, 'x'))),
    reply: await refusalOf(
      client.im.v1.message.reply({
        path: { message_id: said.message_id },
        data: { msg_type: 'text', content: '{"text":"x"}' },
      }),
    ),
    message: await refusalOf(client.im.v1.message.get({ path: { message_id: said.message_id } })),
    chat: await refusalOf(client.im.v1.chat.get({ path: { chat_id } })),
    members: await refusalOf(client.im.v1.chatMembers.get({ path: { chat_id } })),
  }
  expect(Object.fromEntries(Object.entries(codes).map(([what, { code }]) => [what, code]))).toEqual({
    send: 230034,
    sendInPrivate: 230034,
    reply: 230001,
    message: 230001,
    chat: 232006,
    members: 232006,
  })
  const list = await client.im.v1.chat.list({})
  expect(list.data?.items?.map((chat) => chat.chat_id)).toEqual([onFeishu.chat_id])

  sandbox.removeBot(chat_id)
  sandbox.dissolve(chat_id)
  sandbox.sendText(onFeishu.chat_id, contact.open_id, '飞书这边也收到')
  await sandbox.waitFor(() => sandbox.pendingEvents() === 0 && heard.length > 0)
  expect(new Set(heard)).toEqual(new Set([onFeishu.chat_id]))
})

test('the page sees on which platform a chat is, and a person has a private chat on each', async () => {
  const sandbox = await testSandbox()
  const { contact, group } = testGroup(sandbox)
  const room = sandbox.addChat({ name: '微信群', members: [contact.open_id], platform: 'wechat' })
  const onFeishu = sandbox.openP2p(contact.open_id)
  const onWechat = sandbox.openP2p(contact.open_id, { platform: 'wechat' })
  expect(onFeishu.chat_id).not.toBe(onWechat.chat_id)
  expect(sandbox.openP2p(contact.open_id, { platform: 'wechat' }).chat_id).toBe(onWechat.chat_id)
  const platforms = Object.fromEntries(sandbox.chats().map((chat) => [chat.chat_id, chat.platform]))
  expect(platforms).toEqual({
    [group.chat_id]: undefined,
    [room.chat_id]: 'wechat',
    [onFeishu.chat_id]: undefined,
    [onWechat.chat_id]: 'wechat',
  })
  expect(sandbox.state().chats).toEqual(sandbox.chats())
})

test('a chat stays where it began, and on WeChat there are neither threads nor cards', async () => {
  const sandbox = await testSandbox()
  const { contact, group } = testGroup(sandbox)
  const members = [contact.open_id]
  const { chat_id } = sandbox.addChat({ name: '微信群', members, platform: 'wechat' })
  expect(sandbox.addChat({ chat_id, name: '改名', members })).toMatchObject({ platform: 'wechat' })
  expect(() => sandbox.addChat({ chat_id, name: '改名', members, platform: 'feishu' })).toThrow(/platform/)
  expect(() =>
    sandbox.addChat({ chat_id: group.chat_id, name: '改名', members, platform: 'wechat' }),
  ).toThrow(/platform/)
  const { message_id } = sandbox.sendText(chat_id, contact.open_id, '一')
  expect(() =>
    sandbox.sendText(chat_id, contact.open_id, '二', { reply_to: message_id, in_thread: true }),
  ).toThrow(/threads/)
  const click = sandbox.act(message_id, { operator: contact.open_id, value: {} }, { forged: true })
  await expect(click).rejects.toThrow(/cards/)
})
