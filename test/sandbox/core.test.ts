import { expect, test } from 'vitest'
import { testGroup, testSandbox } from '../support/sandbox.ts'
import { buttonCard, cardMessage, sdkClient, sdkConnection, textMessage } from './sdk.ts'

test('a bot sends, answers in a thread, hears a mention and replaces a card on a click', async () => {
  const sandbox = await testSandbox()
  const { contact, group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const heard: { message: { message_id: string; content: string; mentions: { key: string }[] } }[] = []
  const clicks: { action: { value: unknown }; operator: { open_id: string } }[] = []
  await sdkConnection(sandbox, {
    'im.message.receive_v1': (event: (typeof heard)[0]) => {
      heard.push(event)
    },
    'card.action.trigger': (event: (typeof clicks)[0]) => {
      clicks.push(event)
      return {
        toast: { type: 'success', content: '已签收' },
        card: { type: 'raw', data: buttonCard({ a: 2 }, '已签收') },
      }
    },
  })

  const info = await client.request({ method: 'GET', url: '/open-apis/bot/v3/info' })
  expect(info.bot).toMatchObject({ app_name: '督办机器人', open_id: sandbox.state().bot.open_id })

  const sent = await client.im.v1.message.create(cardMessage(group.chat_id, buttonCard({ a: 1 })))
  expect(sent).toMatchObject({ code: 0, data: { msg_type: 'interactive', chat_id: group.chat_id } })
  const cardId = sent.data?.message_id ?? ''

  const reply = await client.im.v1.message.reply({
    path: { message_id: cardId },
    data: { msg_type: 'text', content: JSON.stringify({ text: '请办理' }), reply_in_thread: true },
  })
  expect(reply.data).toMatchObject({
    root_id: cardId,
    parent_id: cardId,
    thread_id: expect.stringMatching(/^omt_/),
  })

  const { bot } = sandbox.state()
  sandbox.sendText(group.chat_id, contact.open_id, '无关的话')
  sandbox.sendText(group.chat_id, contact.open_id, `@${bot.name} 收到`, {
    mentions: [bot.open_id],
    reply_to: cardId,
  })
  await sandbox.waitFor(() => heard.length === 1, 'the mention')
  expect(JSON.parse(heard[0]?.message.content ?? '')).toEqual({ text: '@_user_1 收到' })

  const answer = await sandbox.act(cardId, { operator: contact.open_id, value: { a: 1 } })
  expect(answer).toEqual({ toast: { type: 'success', content: '已签收' } })
  expect(clicks[0]).toMatchObject({ action: { value: { a: 1 } }, operator: { open_id: contact.open_id } })
  expect(sandbox.message(cardId).content).toEqual(buttonCard({ a: 2 }, '已签收'))
  expect(sandbox.calls().filter(({ route }) => route === '/open-apis/im/v1/messages')).toHaveLength(1)
})

test('the same uuid gives the same message', async () => {
  const sandbox = await testSandbox()
  const { group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const first = await client.im.v1.message.create(textMessage(group.chat_id, '一', { uuid: 'delivery-1' }))
  const again = await client.im.v1.message.create(textMessage(group.chat_id, '二', { uuid: 'delivery-1' }))
  expect(again.data?.message_id).toBe(first.data?.message_id)
  expect(sandbox.messages(group.chat_id)).toHaveLength(1)
})
