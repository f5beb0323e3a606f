import { expect, test } from 'vitest'
import { testSandbox } from '../../support/sandbox.ts'
import { wechatGroup } from './bot.ts'

test('words go both ways, and the bot hears itself', async () => {
  const sandbox = await testSandbox()
  const { bot, contact, group, heard, fromOthers, errors } = await wechatGroup(sandbox)
  sandbox.sendText(group.chat_id, contact.open_id, '收到')
  await sandbox.waitFor(() => heard.length === 1, 'the words')
  const [message] = fromOthers()
  expect(message).toMatchObject({ id: expect.any(String) })
  expect(message?.text()).toBe('收到')
  expect(message?.talker().name()).toBe('李联络')
  const room = message?.room()
  expect([room?.id, await room?.topic()]).toEqual(['group@chatroom', '市商务委'])
  const members = (await room?.memberAll())?.map((member) => member.name())
  expect(members).toEqual(['张组长', '李联络', '督办机器人'])

  const person = await bot.Contact.find({ id: 'wxid_contact' })
  const sent = await room?.say('请办理', ...(person ? [person] : []))
  await sandbox.waitFor(() => heard.length === 2, 'its own words')
  expect(heard[1]).toMatchObject({ id: sent?.id })
  expect(heard[1]?.self()).toBe(true)
  expect(sandbox.messages(group.chat_id)[1]).toMatchObject({
    sender: sandbox.state().bot.open_id,
    content: { text: '@李联络 请办理' },
    mentions: [{ open_id: contact.open_id, name: '李联络' }],
  })
  expect(errors).toEqual([])
})
