import { FileBox } from 'file-box'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { types, WechatyBuilder } from 'wechaty'
import { mock, PuppetMock } from 'wechaty-puppet-mock'
import { createDownloads } from '../../../../bots/wechat/download.ts'
import { contactTypes, messageTypes } from '../../../../bots/wechat/receive/wechaty.ts'
import { createReceiver } from '../../../../bots/wechat/receive.ts'
import type { Incoming, IncomingText } from '../../../../src/ports.ts'
import { photo } from '../../../support/photo.ts'
import { openLog } from './people.ts'

const mocker = new mock.Mocker()
const wechaty = WechatyBuilder.build({ puppet: new PuppetMock({ mocker }) })
const received: Incoming[] = []
const downloads = createDownloads({ find: (id) => wechaty.Message.find({ id }) })
const { log } = openLog()
const receiver = createReceiver({
  handle: async (incoming) => {
    received.push(incoming)
    return {}
  },
  login: () => ({ puppet: 'mock', account: wechaty.currentUser.id, name: wechaty.currentUser.name() }),
  keep: downloads.keep,
  locale: 'zh-CN',
  log,
  clock: { now: () => Date.now() },
})
const me = mocker.createContact({ id: 'wxid_bot', name: '工作助手' })
const sun = mocker.createContact({ id: 'wxid_sun', name: '孙 联络' })
const group = mocker.createRoom({ id: '1@chatroom', topic: '农业农村委群', memberIdList: [me.id, sun.id] })

beforeAll(async () => {
  // The mock's sync of a room fails though the room is there.
  wechaty.on('error', () => undefined)
  wechaty.on('message', receiver.onMessage)
  wechaty.on('room-join', receiver.onRoomJoin)
  wechaty.on('room-leave', receiver.onRoomLeave)
  await wechaty.start()
  mocker.login(me)
})

afterAll(async () => {
  await receiver.stop()
  await wechaty.stop()
})

async function next(happens: () => void): Promise<Incoming> {
  const before = received.length
  happens()
  await vi.waitFor(() => expect(received.length).toBeGreaterThan(before))
  const incoming = received[before]
  if (!incoming) throw new Error('nothing came in')
  return incoming
}

const nextText = async (happens: () => void) => (await next(happens)) as IncomingText

describe('wechaty', () => {
  it('numbers types as we do', () => {
    expect(types.Message).toMatchObject(messageTypes)
    expect(types.Contact).toMatchObject(contactTypes)
  })

  it('brings what people write, and not what the bot says', async () => {
    const incoming = await nextText(() => {
      me.say('【#12】').to(group)
      sun.say('收到').to(group)
    })
    expect(incoming).toMatchObject({
      text: '收到',
      mentionsBot: false,
      chat: { id: 'mock/wxid_bot/room/1%40chatroom', kind: 'group' },
      sender: { account: 'mock/wxid_bot/contact/wxid_sun', name: '孙 联络' },
    })
    expect(received).toHaveLength(1)
  })

  it('brings mentions, by its ids and by the names in the text', async () => {
    const byId = await nextText(() => sun.say('@工作助手\u2005/status', [me]).to(group))
    expect(byId).toMatchObject({ text: '/status', mentionsBot: true })
    const byName = await nextText(() => sun.say('@工作助手/人员 @孙 联络 B角').to(group))
    expect(byName).toMatchObject({
      text: '/人员 @孙 联络 B角',
      mentionsBot: true,
      mentions: [{ account: 'mock/wxid_bot/contact/wxid_sun', name: '孙 联络' }],
    })
  })

  it('brings private messages', async () => {
    const incoming = await nextText(() => sun.say('/待办').to(me))
    expect(incoming.chat).toEqual({ id: 'mock/wxid_bot/contact/wxid_sun', kind: 'private' })
  })

  it.each([
    ['现场.png', 'image', 'image/png'],
    ['现场.mp4', 'file', 'video/mp4'],
  ] as const)('brings %s', async (name, type, mediaType) => {
    const incoming = await nextText(() =>
      sun.say(FileBox.fromBase64(photo.data.toString('base64'), name)).to(group),
    )
    expect(incoming).toMatchObject({ text: '', attachments: [{ type }] })
    for (const attachment of incoming.attachments) {
      expect(await downloads.download(attachment)).toEqual({ fileName: name, mediaType, data: photo.data })
      const afterRestart = createDownloads({ find: (id) => wechaty.Message.find({ id }) })
      expect((await afterRestart.download(attachment)).data).toEqual(photo.data)
    }
  })

  it('tells when the bot comes into a group, and out of it', async () => {
    expect(await next(() => group.add(me).by(sun))).toMatchObject({
      kind: 'membership',
      change: 'joined',
      chat: { id: 'mock/wxid_bot/room/1%40chatroom' },
      chatName: '农业农村委群',
      sender: { account: 'mock/wxid_bot/contact/wxid_sun' },
    })
    expect(await next(() => group.remove(me).by(sun))).toMatchObject({
      kind: 'membership',
      change: 'removed',
    })
  })
})
