import { expect, test } from 'vitest'
import { types } from 'wechaty-puppet'
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

test('a mention of the bot and one of a person come with their ids, set off as WeChat does it', async () => {
  const sandbox = await testSandbox()
  const { contact, lead, group, fromOthers } = await wechatGroup(sandbox)
  const { bot } = sandbox.state()
  sandbox.sendText(group.chat_id, lead.open_id, `@${bot.name} /派单 @李联络 #3`, {
    mentions: [bot.open_id, contact.open_id],
  })
  const message = await sandbox.waitFor(() => fromOthers()[0], 'the mention')
  expect(message.text()).toBe('@督办机器人\u2005/派单 @李联络\u2005#3')
  expect(await message.mentionSelf()).toBe(true)
  expect((await message.mentionList()).map((person) => person.id)).toEqual([
    expect.stringMatching(/^wxid_/),
    'wxid_contact',
  ])
})

test('where a puppet tells no mentions, they are read from the text', async () => {
  const sandbox = await testSandbox()
  const { contact, group, fromOthers } = await wechatGroup(sandbox, { tellsMentions: false })
  const { bot } = sandbox.state()
  sandbox.sendText(group.chat_id, contact.open_id, `@${bot.name} 收到`, { mentions: [bot.open_id] })
  const message = await sandbox.waitFor(() => fromOthers()[0], 'the mention')
  expect(message.payload).not.toHaveProperty('mentionIdList')
  expect(await message.mentionSelf()).toBe(true)
})

test('images and files go both ways', async () => {
  const sandbox = await testSandbox()
  const { contact, group, own, fromOthers, puppet } = await wechatGroup(sandbox)
  sandbox.sendFile(group.chat_id, contact.open_id, { name: '现场.png', type: 'image', data: png })
  sandbox.sendFile(own.chat_id, contact.open_id, { name: '台账.xlsx', type: 'file', data: Buffer.from('表') })
  await sandbox.waitFor(() => fromOthers().length === 2, 'both files')
  const [image, file] = fromOthers().sort((a, b) => Number(!a.room()) - Number(!b.room()))
  expect([image?.type(), file?.type()]).toEqual([types.Message.Image, types.Message.Attachment])
  const box = await file?.toFileBox()
  expect([box?.name, (await box?.toBuffer())?.toString()]).toEqual(['台账.xlsx', '表'])
  expect(await (await image?.toFileBox())?.toBuffer()).toEqual(png)

  if (!box) throw new Error('no file came')
  await puppet.messageSendFile('group@chatroom', box)
  const back = await puppet.messageFile(image?.id ?? '')
  await puppet.messageSendFile('wxid_contact', back)
  expect(sandbox.messages(group.chat_id).at(-1)).toMatchObject({
    msg_type: 'file',
    content: { file_name: '台账.xlsx' },
  })
  const shown = sandbox.messages(own.chat_id)[1]
  expect(shown).toMatchObject({ msg_type: 'image', sender: sandbox.state().bot.open_id })
  const image_key = String((shown?.content as { image_key?: string } | undefined)?.image_key)
  const bytes = await (await fetch(`${sandbox.origin}/sandbox/api/files/${image_key}`)).arrayBuffer()
  expect(Buffer.from(bytes)).toEqual(png)
})

test('a private chat has no room, and a stranger cannot be written to', async () => {
  const sandbox = await testSandbox()
  const { bot, contact, own, fromOthers, lead, puppet } = await wechatGroup(sandbox)
  sandbox.sendText(own.chat_id, contact.open_id, '/待办')
  const message = await sandbox.waitFor(() => fromOthers()[0], 'the words')
  expect(message.room()).toBeUndefined()
  expect(message.listener()?.id).toBe(bot.currentUser.id)
  await message.talker().say('没有待办事项')
  expect(sandbox.messages(own.chat_id).at(-1)?.content).toEqual({ text: '没有待办事项' })
  await expect(puppet.messageSendText(puppet.ids.contact(lead.open_id), '您好')).rejects.toThrow(/no friend/)
})

test('the traps of the real ones: what follows a colon at a line’s end is lost, & is escaped', async () => {
  const sandbox = await testSandbox()
  const { contact, group, own, fromOthers } = await wechatGroup(sandbox)
  const written = '进度:\n已完成 50%\n问题:\n缺人手'
  sandbox.sendText(group.chat_id, contact.open_id, written)
  sandbox.sendText(own.chat_id, contact.open_id, written)
  sandbox.sendText(group.chat_id, contact.open_id, '甲&乙：\n丙')
  await sandbox.waitFor(() => fromOthers().length === 3, 'the words')
  const inRoom = fromOthers().filter((message) => message.room())
  expect(inRoom.map((message) => message.text())).toEqual(['进度', '甲&amp;乙：\n丙'])
  expect(
    fromOthers()
      .find((message) => !message.room())
      ?.text(),
  ).toBe(written)
})

test('what a real one refuses is refused', async () => {
  const sandbox = await testSandbox()
  const { group, puppet } = await wechatGroup(sandbox)
  await puppet.messageSendText('group@chatroom', '长'.repeat(5_000))
  await expect(puppet.messageSendText('group@chatroom', '长'.repeat(6_000))).rejects.toThrow(/too long/)
  await expect(puppet.messageSendText('group@chatroom', '')).rejects.toThrow(/empty/)
  await expect(puppet.messageSendText('other@chatroom', 'x')).rejects.toThrow(/no such chat/)
  await expect(puppet.messageSendUrl()).rejects.toThrow(/cannot send/)
  await expect(puppet.roomDel()).rejects.toThrow(/does not own/)
  sandbox.removeBot(group.chat_id)
  await expect(puppet.messageSendText('group@chatroom', 'x')).rejects.toThrow(/not in/)
  expect(await puppet.roomList()).toEqual([])
  expect(sandbox.messages(group.chat_id)).toHaveLength(1)
})

test('the bot hears who comes and goes, and of a new name', async () => {
  const sandbox = await testSandbox()
  const { group, lead, contact, happened, errors } = await wechatGroup(sandbox)
  const later = sandbox.addPerson({ name: '钱副科' })
  const { chat_id } = group
  const everybody = [lead.open_id, contact.open_id, later.open_id]
  const heard = (what: string) => sandbox.waitFor(() => happened.includes(what), what)
  sandbox.addChat({ chat_id, name: '市商务委', members: everybody })
  await heard('join group@chatroom 钱副科')
  sandbox.addChat({ chat_id, name: '市商务委员会', members: everybody })
  await heard('topic 市商务委 市商务委员会')
  sandbox.addChat({ chat_id, name: '市商务委员会', members: everybody.slice(0, 2) })
  await heard('leave group@chatroom 钱副科')
  sandbox.removeBot(chat_id)
  await heard('leave group@chatroom 督办机器人')
  sandbox.sendText(chat_id, contact.open_id, '没有机器人')
  sandbox.addBot(chat_id)
  await heard('join group@chatroom 督办机器人')

  const before = happened.length
  const members = everybody
  sandbox.addChat({ name: '没有机器人的群', members, platform: 'wechat', botIsMember: false })
  const other = sandbox.addChat({ chat_id: 'oc_other', name: '新群', members, platform: 'wechat' })
  await heard('join other@chatroom 督办机器人')
  sandbox.dissolve(other.chat_id)
  await heard('leave other@chatroom 张组长,李联络,钱副科,督办机器人')
  expect(happened).toHaveLength(before + 2)
  // wechaty takes a room whose members have changed for a contact, and says so.
  expect(new Set(errors)).toEqual(new Set(['no such person on WeChat: ']))
})

test('a puppet that starts again knows everything by the same ids, and is told nothing twice', async () => {
  const sandbox = await testSandbox()
  const first = await wechatGroup(sandbox)
  sandbox.sendText(first.group.chat_id, first.contact.open_id, '一')
  const { id } = await sandbox.waitFor(() => first.fromOthers()[0], 'the words')
  await first.bot.stop()
  sandbox.sendText(first.group.chat_id, first.contact.open_id, '没人听见')

  const second = await wechatGroup(sandbox)
  sandbox.sendText(second.group.chat_id, second.contact.open_id, '二')
  await sandbox.waitFor(() => second.fromOthers().length === 1)
  expect(second.fromOthers()[0]?.text()).toBe('二')
  expect(second.bot.currentUser.id).toBe(first.puppet.ids.contact(sandbox.state().bot.open_id))
  second.puppet.replay(3)
  await sandbox.waitFor(() => second.fromOthers().length === 4)
  const texts = second.fromOthers().map((message) => message.text())
  expect(texts.toSorted()).toEqual(['一', '二', '二', '没人听见'])
  const ids = second.fromOthers().map((message) => message.id)
  expect(ids).toContain(id)
  expect(new Set(ids).size).toBe(3)
})

const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
