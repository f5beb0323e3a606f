import { describe, expect, test, vi } from 'vitest'
import type { Message } from '../../../src/messages/message.ts'
import { line } from '../../../src/messages/message.ts'
import type { Post } from '../../../src/ports.ts'
import { Busy, Refused } from '../../../src/ports.ts'
import { addressOf, startedBot, type TestBot, type TestPuppet, until } from './support.ts'

const group = { chat: addressOf('room', '1@chatroom') }
const words = '请于11月25日前反馈。'

function postTo(to: Post['to'], more: Partial<Post> = {}): Post {
  return { key: 'instance-1-abc', to, message: line(words), ...more }
}

/** Long enough for several messages. */
const long: Message = {
  title: '逾期清单',
  tone: 'info',
  blocks: [
    {
      kind: 'entries',
      entries: Array.from({ length: 80 }, (_, index) => ({
        text: `#${index + 1} ${'小区门口道路积水，行人通行不便'.repeat(3)}`,
      })),
    },
  ],
}

const refusedAs = (reason: string) => ({ name: 'Refused', reason })

describe('what is sent', () => {
  test('goes to the group or the person, and has the platform’s id', async () => {
    const { bot, puppet } = await startedBot()
    expect(await bot.send(postTo(group))).toEqual({ messageId: 'm1' })
    expect(await bot.send(postTo({ account: addressOf('contact', 'wxid_sun') }))).toEqual({ messageId: 'm2' })
    expect(await bot.send(postTo({ chat: addressOf('contact', 'wxid_sun') }))).toEqual({ messageId: 'm3' })
    expect(puppet.said).toEqual([
      { to: '1@chatroom', text: words },
      { to: 'wxid_sun', text: words },
      { to: 'wxid_sun', text: words },
    ])
  })

  test('has an id of ours where the puppet tells none', async () => {
    const { bot, puppet } = await startedBot()
    puppet.tellsIds = false
    expect(await bot.send(postTo(group))).toEqual({ messageId: 'sent:instance-1-abc' })
  })

  test('alerts those who are meant, by what the group calls them; strangers are only named', async () => {
    const { bot, puppet } = await startedBot()
    puppet.roomMemberRawPayload = async (_room, id) => ({
      id,
      name: id === 'wxid_sun' ? '孙联络' : '钱副手',
      roomAlias: id === 'wxid_sun' ? '农委孙' : '',
      avatar: '',
    })
    const mentions = [
      { account: addressOf('contact', 'wxid_sun'), name: '孙联络' },
      { account: addressOf('contact', 'wxid_qian'), name: '钱副手' },
      { account: addressOf('contact', 'wxid_sun'), name: '孙联络' },
      { account: addressOf('contact', 'wxid_wang'), name: '王路人' },
      { account: addressOf('contact', 'wxid_old', 'wxid_other'), name: '赵分管' },
      { account: 'ou_of_another_platform', name: '郑分管' },
    ]
    await bot.send(postTo(group, { message: line(words, 'info', mentions) }))
    expect(puppet.said).toEqual([
      {
        to: '1@chatroom',
        text: `@农委孙\u2005@钱副手\u2005@王路人\u2005@赵分管\u2005@郑分管\u2005\n${words}`,
        mentions: ['wxid_sun', 'wxid_qian'],
      },
    ])
  })

  test('as an answer alerts whoever wrote', async () => {
    const heard: string[] = []
    const { bot, puppet, mocker } = await startedBot({
      handle: async (incoming) => {
        if (incoming.kind === 'text') heard.push(incoming.messageId)
        return {}
      },
    })
    mocker.ContactMock.load('wxid_sun').say('收到').to(mocker.RoomMock.load('1@chatroom'))
    await until(() => heard.length > 0)
    await bot.send(postTo(group, { replyTo: heard[0] }))
    await bot.send(postTo(group, { replyTo: 'a-message-of-long-ago' }))
    expect(puppet.said).toEqual([
      { to: '1@chatroom', text: `@孙联络\u2005\n${words}`, mentions: ['wxid_sun'] },
      { to: '1@chatroom', text: words },
    ])
  })

  test('of several pages goes out in order, the first with the mentions', async () => {
    const { bot, puppet } = await startedBot()
    const mentions = [{ account: addressOf('contact', 'wxid_sun'), name: '孙联络' }]
    const { messageId } = await bot.send(postTo(group, { message: { ...long, mentions } }))
    expect(messageId).toBe('m1')
    expect(puppet.said.length).toBeGreaterThan(1)
    expect(puppet.said.map(({ mentions }) => mentions?.length ?? 0)).toEqual(
      puppet.said.map((_, index) => (index === 0 ? 1 : 0)),
    )
  })

  test('with a chart has a picture behind the words', async () => {
    const { bot, puppet } = await startedBot()
    const chart = { type: 'bar' as const, title: '各单位办理情况', values: [{ label: '市农委', value: 3 }] }
    await bot.send(postTo(group, { message: { ...line('进度'), blocks: [{ kind: 'chart', chart }] } }))
    const [first, second] = puppet.said
    expect(first?.text).toContain('进度')
    expect(second?.file?.name).toBe('各单位办理情况.png')
    expect((await second?.file?.toBuffer())?.subarray(1, 4).toString()).toBe('PNG')
  })

  test('tells a chart that can’t be drawn in words', async () => {
    const { bot, puppet } = await startedBot()
    const chart = { type: 'bar' as const, title: '各单位', values: [{ label: '市农委', value: Number.NaN }] }
    await bot.send(postTo(group, { message: { ...line('进度'), blocks: [{ kind: 'chart', chart }] } }))
    expect(puppet.said.every(({ file }) => file === undefined)).toBe(true)
  })

  test('as a file is the file alone, under its name', async () => {
    const { bot, puppet } = await startedBot()
    const data = Buffer.from('编号,标题')
    await bot.send(postTo(group, { file: { name: '清单.csv', data } }))
    expect(puppet.said).toHaveLength(1)
    expect(puppet.said[0]?.file?.name).toBe('清单.csv')
    expect(await puppet.said[0]?.file?.toBuffer()).toEqual(data)
  })

  test('can neither be changed nor marked as urgent', async () => {
    const { bot, puppet } = await startedBot()
    await bot.update('m1', line(words))
    await bot.urge('m1', [addressOf('contact', 'wxid_sun')])
    expect(puppet.said).toEqual([])
    expect(bot.abilities).toMatchObject({ changesMessages: false, sendsOnce: false, sendsInTurn: true })
  })
})

describe('what can’t be sent', () => {
  test.each([
    ['of another account', addressOf('room', '1@chatroom', 'wxid_other')],
    ['of another puppet', 'wechaty-puppet-xp/wxid_bot/room/1%40chatroom'],
    ['of another platform', 'oc_0123'],
  ])('to a group %s is refused: it must be bound anew', async (_name, chat) => {
    const { bot, puppet } = await startedBot()
    await expect(bot.send(postTo({ chat }))).rejects.toMatchObject(refusedAs('wrong-login'))
    expect(puppet.said).toEqual([])
  })

  test.each(['2@chatroom', '3@chatroom'])('to the group %s, where the bot is not, is refused', async (id) => {
    const { bot } = await startedBot()
    await expect(bot.send(postTo({ chat: addressOf('room', id) }))).rejects.toMatchObject(
      refusedAs('bot-not-in-chat'),
    )
  })

  test('to somebody unknown is refused', async () => {
    const { bot } = await startedBot()
    const account = addressOf('contact', 'wxid_nobody')
    await expect(bot.send(postTo({ account }))).rejects.toMatchObject(refusedAs('person-out-of-scope'))
  })

  test('while nobody is logged in is for later', async () => {
    const { bot, puppet } = await startedBot()
    await puppet.logout()
    await until(() => !bot.health().ok)
    const error = await bot.send(postTo(group)).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(Busy)
    expect(error).toMatchObject({ retryAfterMs: 30_000 })
  })

  test('for a group that the puppet can’t look up just now is for later', async () => {
    const { bot, puppet } = await startedBot()
    vi.spyOn(puppet, 'roomMemberList').mockRejectedValue(new Error('too busy'))
    await expect(bot.send(postTo(group))).rejects.toBeInstanceOf(Busy)
    const slow = await startedBot({ timing: { lookUpMs: 20 } })
    vi.spyOn(slow.puppet, 'roomMemberList').mockImplementation(() => new Promise(() => {}))
    await expect(slow.bot.send(postTo(group))).rejects.toBeInstanceOf(Busy)
  })

  test.each(['14 UNAVAILABLE: No connection established', 'not logged in'])(
    'because nothing could leave (%s) is for later',
    async (message) => {
      const { bot, puppet } = await startedBot()
      puppet.failure = async () => {
        throw new Error(message)
      }
      await expect(bot.send(postTo(group))).rejects.toBeInstanceOf(Busy)
    },
  )
})

describe('what WeChat itself refuses', () => {
  test('because too much was said waits, and so does everything else', async () => {
    const { bot, puppet } = await startedBot()
    puppet.failure = async () => {
      throw new Error('2 UNKNOWN: 20001 rate limited')
    }
    await expect(bot.send(postTo(group))).rejects.toMatchObject({ name: 'Busy', retryAfterMs: 600_000 })
    puppet.failure = undefined
    await expect(bot.send(postTo(group))).rejects.toBeInstanceOf(Busy)
    expect(puppet.said).toEqual([])
  })

  test.each([
    [3, 'content-invalid'],
    [7, 'not-permitted'],
  ])('with the code %i is refused as %s', async (code, reason) => {
    const { bot, puppet } = await startedBot()
    puppet.failure = async () => {
      throw Object.assign(new Error('no'), { code })
    }
    await expect(bot.send(postTo(group))).rejects.toMatchObject(refusedAs(reason))
  })

  test.each([
    '8 RESOURCE_EXHAUSTED: Received message larger than max (5242880 vs 4194304)',
    '8 RESOURCE_EXHAUSTED: Sent message larger than max (5242880 vs. 4194304)',
    'Attempted to send message with a size larger than 4194304',
    '8 RESOURCE_EXHAUSTED: Received message that decompresses to a size larger than 4194304',
    '8 RESOURCE_EXHAUSTED: grpc: received message larger than max (5242880 vs. 4194304)',
  ])('because it is too long is refused, and others go out: %s', async (reason) => {
    const { bot, puppet } = await startedBot()
    puppet.failure = async () => {
      throw Object.assign(new Error(reason), { code: 8 })
    }
    await expect(bot.send(postTo(group))).rejects.toMatchObject(refusedAs('content-too-long'))
    puppet.failure = undefined
    await bot.send(postTo(group))
    expect(puppet.said).toHaveLength(1)
  })

  test('because a quota is used up waits, whatever the message says of length', async () => {
    const { bot, puppet } = await startedBot()
    puppet.failure = async ({ text }) => {
      throw Object.assign(new Error(`8 RESOURCE_EXHAUSTED: quota for ${text}`), { code: 8 })
    }
    const message = line('Received message larger than max')
    await expect(bot.send(postTo(group, { message }))).rejects.toMatchObject({ retryAfterMs: 600_000 })
  })

  test('is not read out of the message’s own words', async () => {
    const { bot, puppet } = await startedBot()
    puppet.failure = async ({ text }) => {
      throw new Error(`could not send ${text}`)
    }
    const message = line('诉求编号 20001 rate limited')
    await expect(bot.send(postTo(group, { message }))).rejects.toMatchObject(refusedAs('outcome-unknown'))
  })

  test('a private message to who is no friend', async () => {
    const { bot, puppet } = await startedBot()
    const { contactPayload } = puppet
    puppet.contactPayload = async (id) => ({ ...(await contactPayload.call(puppet, id)), friend: false })
    const account = addressOf('contact', 'wxid_sun')
    await expect(bot.send(postTo({ account }))).rejects.toMatchObject(refusedAs('person-out-of-scope'))
    expect(puppet.said).toEqual([])
  })
})

test('a picture that fails behind its words is told in words, and where that fails too the words stand', async () => {
  const { bot, puppet, logText } = await startedBot()
  const chart = { type: 'bar' as const, title: '各单位办理情况', values: [{ label: '市农委', value: 3 }] }
  const post = postTo(group, { message: { ...line('进度'), blocks: [{ kind: 'chart', chart }] } })
  puppet.failure = async (said) => {
    if (said.file) throw new Error('upload failed')
    puppet.said.push(said)
  }
  await bot.send(post)
  expect(puppet.said.map(({ text }) => text)).toEqual(['进度', '各单位办理情况\n市农委：3'])
  puppet.failure = async (said) => {
    if (puppet.said.length > 2) throw new Error('no more')
    puppet.said.push(said)
  }
  await bot.send(post)
  expect(puppet.said).toHaveLength(3)
  expect(logText()).toContain('a message was not sent')
})

test('while a stop waits for what is being said, what comes in is still handled', async () => {
  const heard: string[] = []
  const { bot, puppet, mocker } = await startedBot({
    handle: async (incoming) => {
      if (incoming.kind === 'text') heard.push(incoming.text)
      return {}
    },
  })
  const { sending, stopped, arrive } = await stoppedInMidSend(bot, puppet)
  mocker.ContactMock.load('wxid_sun').say('收到').to(mocker.RoomMock.load('1@chatroom'))
  await until(() => heard.length > 0)
  arrive()
  await sending
  await stopped
  expect(heard).toEqual(['收到'])
})

test('what is too much for the day waits, which is told once; what nobody asked for has its third', async () => {
  const { bot, puppet, reports, logText } = await startedBot({ config: { dailyCap: 3 } })
  const reply = () => bot.send(postTo(group, { replyTo: 'm' }))
  await reply()
  await reply()
  await expect(reply()).rejects.toBeInstanceOf(Busy)
  await expect(reply()).rejects.toBeInstanceOf(Busy)
  await bot.send(postTo(group))
  expect(puppet.said).toHaveLength(3)
  // Only answers wait so far.
  expect(reports).toEqual(['replies-held'])
  expect(logText().match(/enough was said on WeChat for a day/g)).toHaveLength(1)
  expect(bot.health()).toEqual({
    ok: true,
    detail: 'WeChat: for the daily cap of 3 messages, replies wait',
  })
  await expect(bot.send(postTo(group))).rejects.toBeInstanceOf(Busy)
  await expect(bot.send(postTo(group))).rejects.toBeInstanceOf(Busy)
  await expect(reply()).rejects.toBeInstanceOf(Busy)
  expect(puppet.said).toHaveLength(3)
  expect(reports).toEqual(['replies-held', 'pushes-held'])
  expect(logText().match(/enough was said on WeChat for a day/g)).toHaveLength(2)
  expect(bot.health().detail).toContain('replies and pushes wait')
})

test('what the bot says by itself may use up the day: only what waits then is told', async () => {
  const { bot, puppet, reports } = await startedBot({ config: { dailyCap: 3 } })
  for (let said = 0; said < 3; said += 1) await bot.send(postTo(group))
  // Used up, and nothing waits.
  expect([bot.health(), reports]).toEqual([{ ok: true }, []])
  await expect(bot.send(postTo(group))).rejects.toBeInstanceOf(Busy)
  expect(reports).toEqual(['pushes-held'])
  await expect(bot.send(postTo(group, { replyTo: 'm' }))).rejects.toBeInstanceOf(Busy)
  expect(reports).toEqual(['pushes-held', 'replies-held'])
  expect(puppet.said).toHaveLength(3)
})

describe('what may have arrived or not is refused, and never sent again:', () => {
  test('no answer in time', async () => {
    const { bot, puppet } = await startedBot({ timing: { sendMs: 20 } })
    puppet.failure = () => new Promise(() => {})
    await expect(bot.send(postTo(group))).rejects.toMatchObject(refusedAs('outcome-unknown'))
  })

  test('a logout in the middle', async () => {
    const { bot, puppet } = await startedBot()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    puppet.failure = () => {
      begin()
      return new Promise(() => {})
    }
    const sending = expect(bot.send(postTo(group))).rejects.toMatchObject(refusedAs('outcome-unknown'))
    await begun
    await puppet.logout()
    await sending
  })

  test('a connection that broke, which is noticed', async () => {
    const { bot, puppet } = await startedBot()
    puppet.failure = async () => {
      throw Object.assign(new Error('14 UNAVAILABLE: Connection dropped'), { code: 14 })
    }
    await expect(bot.send(postTo(group))).rejects.toMatchObject(refusedAs('outcome-unknown'))
    await until(() => !bot.health().ok)
  })

  test('an error of the puppet, whose words are not logged', async () => {
    const { bot, puppet, logText } = await startedBot()
    puppet.failure = async ({ text }) => {
      throw new Error(`could not send ${text}`)
    }
    await expect(bot.send(postTo(group))).rejects.toBeInstanceOf(Refused)
    expect(logText()).toContain('a message was not sent')
    expect(logText()).not.toContain(words)
  })

  test('one page out and the next not, even though that surely did not leave', async () => {
    const { bot, puppet } = await startedBot()
    puppet.failure = async (said) => {
      if (puppet.said.length > 0) throw new Error('14 UNAVAILABLE: No connection established')
      puppet.said.push(said)
    }
    await expect(bot.send(postTo(group, { message: long }))).rejects.toMatchObject(
      refusedAs('outcome-unknown'),
    )
    expect(puppet.said).toHaveLength(1)
  })
})

describe('a name', () => {
  test('is the platform’s, and none of strangers, of other logins, or without a login', async () => {
    const { bot, puppet } = await startedBot()
    expect(await bot.nameOf(addressOf('contact', 'wxid_sun'))).toBe('孙联络')
    expect(await bot.nameOf(addressOf('contact', 'wxid_nobody'))).toBeNull()
    expect(await bot.nameOf(addressOf('contact', 'wxid_sun', 'wxid_other'))).toBeNull()
    expect(await bot.nameOf('ou_1')).toBeNull()
    await puppet.logout()
    await until(() => !bot.health().ok)
    expect(await bot.nameOf(addressOf('contact', 'wxid_sun'))).toBeNull()
  })
})

test('a stop waits for what is being said', async () => {
  const { bot, puppet } = await startedBot()
  const { sending, stopped, arrive } = await stoppedInMidSend(bot, puppet)
  arrive()
  expect(await sending).toMatchObject({ messageId: expect.any(String) })
  await stopped
  await expect(bot.send(postTo(group))).rejects.toBeInstanceOf(Busy)
})

/** The bot is told to stop while the platform still takes a message, until that has arrived. */
async function stoppedInMidSend(bot: TestBot['bot'], puppet: TestPuppet) {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
  puppet.failure = () => {
    begin()
    return arrived
  }
  const sending = bot.send(postTo(group))
  await begun
  return { sending, stopped: bot.stop(), arrive }
}
