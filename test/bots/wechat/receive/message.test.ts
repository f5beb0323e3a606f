import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../../../bots/wechat/address.ts'
import { Dropped } from '../../../../bots/wechat/receive/dropped.ts'
import { readMessage } from '../../../../bots/wechat/receive/message.ts'
import { messageTypes, type WechatMessage } from '../../../../bots/wechat/receive/wechaty.ts'
import type { IncomingText } from '../../../../src/ports.ts'
import { bot, chen, login, message, now, person, room, sun } from './people.ts'
import { forms, referXml } from './quotes.ts'

const group = room('1@chatroom')

async function read(message: WechatMessage): Promise<IncomingText> {
  const incoming = await readMessage(message, { login, locale: 'zh-CN', now })
  if (incoming instanceof Dropped) throw new Error(incoming.reason)
  return incoming
}

async function dropped(message: WechatMessage): Promise<Dropped> {
  const incoming = await readMessage(message, { login, locale: 'zh-CN', now })
  if (!(incoming instanceof Dropped)) throw new Error('it came in')
  return incoming
}

describe('a message', () => {
  it('in a group has addresses of this login and may be bare', async () => {
    const incoming = await read(message('收到', { id: 'm1', in: group }))
    expect(incoming).toMatchObject({
      kind: 'text',
      platform: 'wechat',
      at: now,
      messageId: 'm1',
      text: '收到',
      mentionsBot: false,
      mentions: [],
      replyTo: [],
      mayBeBare: true,
      attachments: [],
      sender: { name: '孙联络' },
    })
    expect(incoming.ids).toContain('m1')
    expect(incoming.chat.kind).toBe('group')
    expect(parseAddress(incoming.chat.id)).toEqual({
      puppet: 'mock',
      account: 'wxid_bot',
      kind: 'room',
      id: '1@chatroom',
    })
    expect(parseAddress(incoming.sender.account)).toEqual({
      puppet: 'mock',
      account: 'wxid_bot',
      kind: 'contact',
      id: 'wxid_sun',
    })
  })

  it('in private is in the chat of whoever wrote it', async () => {
    const incoming = await read(message('/待办'))
    expect(incoming.chat).toEqual({ id: incoming.sender.account, kind: 'private' })
    expect(incoming.mayBeBare).toBeUndefined()
  })

  it('has its answer, its quote and its number apart', async () => {
    const text = forms.padlocal('工作助手', '【#12】路灯\n1 通过\n2 退回重办＋原因', '2 请补充照片')
    expect(await read(message(text, { in: group }))).toMatchObject({
      text: '退回重办，请补充照片',
      quoted: '【#12】路灯\n1 通过\n2 退回重办＋原因',
    })
    expect(await read(message('#12 2 已联系', { in: group }))).toMatchObject({
      text: '#12 正在办理，已联系',
      choice: { word: '正在办理' },
    })
  })

  it('of unknown type is read where it is a quote in XML', async () => {
    const xml = referXml('工作助手', '【#12】路灯 & 井盖', '已解决', '1')
    expect(await read(message(xml, { in: group, type: messageTypes.Unknown }))).toMatchObject({
      text: '已解决',
      quoted: '【#12】路灯 & 井盖',
    })
    await dropped(message('<msg/>', { in: group, type: messageTypes.Unknown }))
  })

  it('is as it was typed', async () => {
    const typed = await read(message('A &amp; B &lt;2 处&gt;<br/>已修复 &#x1F44C;', { in: group }))
    expect(typed.text).toBe('A & B <2 处>\n已修复 👌')
  })

  it.each([
    ['Image', 'image'],
    ['Attachment', 'file'],
    ['Video', 'file'],
  ] as const)('of type %s brings a file, and its XML is no text', async (type, kind) => {
    const incoming = await read(
      message('<msg><img/></msg>', { id: 'm2', in: group, type: messageTypes[type], fileName: '现场.jpg' }),
    )
    expect(incoming.text).toBe('')
    expect(incoming.attachments).toEqual([{ messageId: 'm2', key: 'm2', type: kind, fileName: '现场.jpg' }])
  })

  it('of unknown type is a file where it has a name', async () => {
    const file = message('<msg/>', { id: 'm3', in: group, type: messageTypes.Unknown, fileName: '清单.docx' })
    expect(await read(file)).toMatchObject({
      text: '',
      attachments: [{ messageId: 'm3', key: 'm3', type: 'file', fileName: '清单.docx' }],
    })
  })

  it.each(['1', '扣1', '2 组先去', '1、王强', '3 王处带队', '2 已解决'])(
    'that begins with a number is in a group as it is written: %s',
    async (text) => {
      const incoming = await read(message(text, { in: group }))
      expect(incoming).toMatchObject({ text })
      expect(incoming.choice).toBeUndefined()
      expect(incoming.mayBeBare).toBe(text === '扣1' ? true : undefined)
      expect((await read(message(text))).choice?.word).toBe(
        { 1: '已解决', 2: '正在办理', 3: '退回' }[text.charAt(0)],
      )
    },
  )

  it.each(['@王局 已解决', '@所有人 收到', '收到@all', 'OK@王局 已解决', '@孙联络 收到'])(
    'that speaks to somebody is not bare: %s',
    async (text) => {
      expect((await read(message(text, { in: group }))).mayBeBare).toBeUndefined()
    },
  )

  it('is bare where it holds an e-mail address, and not where the puppet knows of a mention', async () => {
    const text = '已解决，联系人a.b@agri.gov.cn'
    expect((await read(message(text, { in: group }))).mayBeBare).toBe(true)
    expect((await read(message('收到', { in: group, mentions: [chen] }))).mayBeBare).toBeUndefined()
  })

  it('is known again by its content, where the puppet invents another id', async () => {
    const [first, again] = [
      await read(message('收到', { in: group, at: now - 400 })),
      await read(message('收到', { in: group, at: now - 900 })),
    ]
    expect(first.ids.filter((id) => again.ids.includes(id))).toHaveLength(1)
    for (const other of [
      message('收到', { in: group, at: now - 5_000 }),
      message('收到', { in: room('2@chatroom'), at: now - 400 }),
      message('收到', { in: group, at: now - 400, from: chen }),
      message('收到。', { in: group, at: now - 400 }),
    ]) {
      expect((await read(other)).ids.filter((id) => first.ids.includes(id))).toEqual([])
    }
  })

  it('is not taken for another photo of the same second', async () => {
    const photo = () => message('', { in: group, type: messageTypes.Image })
    const [first, second] = [await read(photo()), await read(photo())]
    expect(first.ids.filter((id) => second.ids.includes(id))).toEqual([])
  })

  it('without a time came now', async () => {
    expect((await read(message('收到', { at: 0 }))).at).toBe(now)
    expect((await read(message('收到', { at: Number.NaN }))).at).toBe(now)
  })

  it.each([
    ['from the bot', message('收到', { from: bot, in: group })],
    ['from a public account', message('通知', { from: person('gh_1', '上海发布', 2) })],
    ['from WeChat', message('请升级', { from: person('weixin', '微信团队') })],
    ['from the room itself', message('通知', { from: person('1@chatroom', ''), in: group })],
    ['recalled', message('m1', { type: messageTypes.Recalled, in: group })],
    ['of a voice', message('', { type: messageTypes.Audio, in: group })],
    ['of a voice with a name', message('', { type: messageTypes.Audio, in: group, fileName: 'a.sil' })],
    ['of a link', message('<msg/>', { type: 14, in: group })],
    ['of a business card', message('', { type: 3, in: group })],
    ['older than a day', message('已解决', { at: now - 25 * 60 * 60 * 1000, in: group })],
    [
      'that nobody said',
      {
        ...message('收到'),
        talker: () => {
          throw new Error('no talkerId')
        },
      },
    ],
  ])('%s is dropped, and its words are told to nobody', async (_, message) => {
    const { reason } = await dropped(message)
    expect(reason).not.toContain(message.text() || '收到')
  })
})

describe('a mention', () => {
  const wang = person('wxid_wang', '督办处')
  const members = [bot, sun, chen, wang]
  const here = room('1@chatroom', members, { wxid_bot: '小督', wxid_chen: '陈组长 (专班)' })

  it.each([
    ['@工作助手\u2005/status', '/status'],
    ['@工作助手 /status', '/status'],
    ['@工作助手/status', '/status'],
    ['＠工作助手／进度', '／进度'],
    ['@小督\u2005收到', '收到'],
    ['@工作助手', ''],
    ['收到 @工作助手', '收到'],
    ['@工作助手\n2 已联系', '2 已联系'],
  ])('of the bot is taken out: %j', async (text, rest) => {
    const incoming = await read(message(text, { in: here }))
    expect(incoming).toMatchObject({ text: rest, mentionsBot: true, mentions: [] })
  })

  it.each(['@工作助手们 收到', '邮箱 a@工作助手.cn', '工作助手 收到', '@所有人 收到', '@all hello'])(
    'of the bot is not in %j',
    async (text) => {
      expect(await read(message(text, { in: here }))).toMatchObject({
        text,
        mentionsBot: false,
        mentions: [],
      })
    },
  )

  it('of others stays in the text, in its order, spaces in the name and all', async () => {
    const text = '/人员 @陈组长 (专班)\u2005@孙联络\u2005@工作助手\u2005@孙联络 B角'
    expect(await read(message(text, { in: here }))).toMatchObject({
      text: '/人员 @陈组长 (专班) @孙联络 @孙联络 B角',
      mentionsBot: true,
      mentions: [
        { account: 'mock/wxid_bot/contact/wxid_chen', name: '陈组长 (专班)' },
        { account: 'mock/wxid_bot/contact/wxid_sun', name: '孙联络' },
      ],
    })
  })

  it('is the longest name', async () => {
    const short = { ...login, name: '督办' }
    const incoming = await readMessage(message('@督办处 收到', { in: here }), {
      login: short,
      locale: 'zh-CN',
      now,
    })
    expect(incoming).toMatchObject({ mentionsBot: false, mentions: [{ name: '督办处' }] })
    const alike = room('1@chatroom', [bot, person('wxid_a', '陈组长'), chen], { wxid_chen: '陈组长 (专班)' })
    for (const mentions of [undefined, [person('wxid_a', '陈组长'), chen]]) {
      expect(await read(message('@陈组长 (专班) @陈组长 好', { in: alike, mentions }))).toMatchObject({
        mentions: [
          { account: 'mock/wxid_bot/contact/wxid_chen' },
          { account: 'mock/wxid_bot/contact/wxid_a' },
        ],
      })
    }
  })

  it('counts by the ids of the puppet, whatever the text says', async () => {
    const incoming = await read(message('请看一下', { in: here, mentions: [bot, sun] }))
    expect(incoming).toMatchObject({ text: '请看一下', mentionsBot: true, mentions: [{ name: '孙联络' }] })
  })

  it('by a name that two people have is nobody', async () => {
    const two = room('1@chatroom', [bot, sun, person('wxid_other', '孙联络')])
    expect(await read(message('/人员 @孙联络 B角', { in: two }))).toMatchObject({
      text: '/人员 @孙联络 B角',
      mentions: [],
    })
    expect(await read(message('/人员 @孙联络 B角', { in: two, mentions: [sun] }))).toMatchObject({
      mentions: [{ account: 'mock/wxid_bot/contact/wxid_sun' }],
    })
  })

  it('among the quoted words is none', async () => {
    const text = forms.wechat4u('工作助手', '@孙联络 @工作助手 请签收【#12】', '收到')
    expect(await read(message(text, { in: here, mentions: [bot, sun] }))).toMatchObject({
      text: '收到',
      mentionsBot: false,
      mentions: [],
    })
  })

  it('does without the members where the room does not tell them', async () => {
    const mute = { ...here, memberAll: () => Promise.reject(new Error('gone')) }
    expect(await read(message('@工作助手 收到 @孙联络', { in: mute }))).toMatchObject({
      text: '收到 @孙联络',
      mentionsBot: true,
      mentions: [],
    })
  })
})
