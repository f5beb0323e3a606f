import { describe, expect, it, vi } from 'vitest'
import { composeAddress } from '../../../../bots/wechat/address.ts'
import type { WithFile } from '../../../../bots/wechat/receive/wechaty.ts'
import { createReceiver, type ReceiverDeps } from '../../../../bots/wechat/receive.ts'
import { type Incoming, NotYet } from '../../../../src/ports.ts'
import { bot, chen, login, message, now, openLog, room, sun } from './people.ts'

const group = room('1@chatroom')
const other = room('2@chatroom')
const isText = (incoming: Incoming) => incoming.kind === 'text'
const textsOf = (received: Incoming[]) => received.filter(isText).map(({ text }) => text)

/** A receiver whose handler fails as often as `failures` says. */
function receiving({ failures = [], ...deps }: Partial<ReceiverDeps> & { failures?: Error[] } = {}) {
  const { log, lines } = openLog()
  const received: Incoming[] = []
  const kept: WithFile[] = []
  const receiver = createReceiver({
    handle: async (incoming) => {
      const failure = failures.shift()
      if (failure) throw failure
      received.push(incoming)
      return {}
    },
    login: () => login,
    keep: (message) => kept.push(message),
    locale: 'zh-CN',
    log,
    clock: { now: () => now },
    pausesMs: [1, 1, 1],
    gatherMs: 5,
    ...deps,
  })
  return { receiver, received, kept, lines }
}

/** Something that happens only when it is told to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { until: promise, release: () => resolve() }
}

describe('what comes in', () => {
  it('is handed on, but for what is none of the bot’s business', async () => {
    const { receiver, received, lines } = receiving()
    await receiver.onMessage(message('收到', { in: group }))
    await receiver.onMessage(message('自己说的', { in: group, from: bot }))
    expect(textsOf(received)).toEqual(['收到'])
    expect(JSON.stringify(lines)).not.toContain('说的')
  })

  it.each([
    ['fails', new Error('the database is locked'), 'warn'],
    ['comes too early', new NotYet('not recorded yet'), 'info'],
  ] as const)('is tried again where it %s', async (_, failure, level) => {
    const { receiver, received, lines } = receiving({ failures: [failure, failure] })
    await receiver.onMessage(message('收到', { in: group }))
    expect(textsOf(received)).toEqual(['收到'])
    expect(lines.map((line) => line.level)).toEqual(Array(2).fill(level === 'warn' ? 40 : 30))
  })

  it('is said to be lost where it fails to the end, without its words', async () => {
    const failures = Array.from({ length: 4 }, () => new Error('the database is locked'))
    const { receiver, received, lines } = receiving({ failures })
    await receiver.onMessage(message('绝密', { id: 'm1', in: group }))
    await receiver.onMessage(message('之后', { in: group }))
    expect(textsOf(received)).toEqual(['之后'])
    expect(lines.filter(({ level }) => level === 50)).toMatchObject([{ messageId: 'm1' }])
    expect(JSON.stringify(lines)).not.toContain('绝密')
  })

  it('waits for the login', async () => {
    const logins = [null, null, null, login]
    const { receiver, received } = receiving({ login: () => logins.shift() ?? login })
    await receiver.onMessage(message('收到', { in: group }))
    expect(textsOf(received)).toEqual(['收到'])
  })

  it('belongs to the login at which it came', async () => {
    let present = login
    const first = held()
    const received: Incoming[] = []
    const { receiver } = receiving({
      login: () => present,
      handle: async (incoming) => {
        received.push(incoming)
        await first.until
        return {}
      },
    })
    const both = [
      receiver.onMessage(message('一', { in: group })),
      receiver.onMessage(message('二', { in: group })),
    ]
    present = { ...login, account: 'wxid_another' }
    first.release()
    await Promise.all(both)
    expect(received.map(({ chat }) => chat.id)).toEqual(
      Array(2).fill(composeAddress({ puppet: 'mock', account: 'wxid_bot', kind: 'room', id: '1@chatroom' })),
    )
  })

  it('is handled in order within a chat, whichever is quicker or fails, and beside other chats', async () => {
    const first = held()
    const seen: string[] = []
    const failures = [new Error('once')]
    const { receiver } = receiving({
      handle: async (incoming) => {
        if (!isText(incoming)) return {}
        if (incoming.text === '一') await first.until
        const failure = incoming.text === '二' ? failures.shift() : undefined
        if (failure) throw failure
        seen.push(incoming.text)
        return {}
      },
    })
    const here = ['一', '二', '三'].map((text) => receiver.onMessage(message(text, { in: group })))
    await receiver.onMessage(message('别处', { in: other }))
    await receiver.onMessage(message('私聊'))
    expect(seen).toEqual(['别处', '私聊'])
    first.release()
    await Promise.all(here)
    expect(seen).toEqual(['别处', '私聊', '一', '二', '三'])
  })

  it('is handled by the time at which it was said, where it comes at once in another order', async () => {
    const { receiver, received } = receiving({ gatherMs: 50 })
    const late = [
      message('二', { in: group, at: now - 1_000 }),
      message('三', { in: group, at: now }),
      message('四', { in: group, at: now }),
      message('一', { in: group, at: now - 2_000 }),
    ]
    await Promise.all(late.map((one) => receiver.onMessage(one)))
    expect(textsOf(received)).toEqual(['一', '二', '三', '四'])
  })

  it('is put in order while something is under way', async () => {
    const first = held()
    const seen: string[] = []
    const { receiver } = receiving({
      handle: async (incoming) => {
        if (!isText(incoming)) return {}
        seen.push(incoming.text)
        if (incoming.text === '一') await first.until
        return {}
      },
    })
    const begun = receiver.onMessage(message('一', { in: group, at: now - 3_000 }))
    await vi.waitFor(() => expect(seen).toEqual(['一']))
    const rest = [
      receiver.onMessage(message('三', { in: group, at: now - 1_000 })),
      receiver.onMessage(message('二', { in: group, at: now - 2_000 })),
    ]
    first.release()
    await Promise.all([begun, ...rest])
    expect(seen).toEqual(['一', '二', '三'])
  })

  it('remembers who said the last 500 messages', async () => {
    const { receiver } = receiving()
    await receiver.onMessage(message('收到', { id: 'first', in: group }))
    expect(receiver.whoSaid('first')).toBe('mock/wxid_bot/contact/wxid_sun')
    for (let i = 0; i < 499; i += 1) await receiver.onMessage(message(`${i} 条`, { in: group, from: chen }))
    expect(receiver.whoSaid('first')).toBe('mock/wxid_bot/contact/wxid_sun')
    await receiver.onMessage(message('最后', { id: 'last', in: group, from: chen }))
    expect(receiver.whoSaid('first')).toBeUndefined()
    expect(receiver.whoSaid('last')).toBe('mock/wxid_bot/contact/wxid_chen')
  })

  it('keeps messages with files, and no others', async () => {
    const { receiver, kept } = receiving()
    const photo = message('', { type: 6, in: group })
    await receiver.onMessage(photo)
    await receiver.onMessage(message('收到', { in: group }))
    expect(kept).toEqual([photo])
  })
})

describe('the bot’s own coming and going', () => {
  it('is told with the name of the group', async () => {
    const { receiver, received } = receiving()
    const at = new Date(now - 5_000)
    await receiver.onRoomJoin(group, [sun, bot], chen, at)
    await receiver.onRoomLeave(group, [bot], undefined, at)
    const chat = { id: 'mock/wxid_bot/room/1%40chatroom', kind: 'group' }
    expect(received).toMatchObject([
      {
        kind: 'membership',
        change: 'joined',
        chat,
        chatName: '农业农村委群',
        at: now - 5_000,
        sender: { account: 'mock/wxid_bot/contact/wxid_chen' },
      },
      { kind: 'membership', change: 'removed', chat, sender: { account: '' } },
    ])
    expect(new Set(received.flatMap(({ ids }) => ids)).size).toBe(2)
  })

  it('is nothing where others come and go', async () => {
    const { receiver, received } = receiving()
    await receiver.onRoomJoin(group, [sun], chen)
    await receiver.onRoomLeave(group, [sun], chen)
    expect(received).toEqual([])
  })

  it('is told without the name where the room has none to tell', async () => {
    const { receiver, received } = receiving()
    await receiver.onRoomJoin({ ...group, topic: () => Promise.reject(new Error('gone')) }, [bot])
    expect(received).toMatchObject([{ kind: 'membership', change: 'joined', at: now }])
    expect(received[0]).not.toHaveProperty('chatName')
  })
})

describe('stopping', () => {
  it('waits for what is under way and in its queue, and lets nothing in', async () => {
    const first = held()
    const seen: string[] = []
    const { receiver } = receiving({
      handle: async (incoming) => {
        if (!isText(incoming)) return {}
        if (incoming.text === '一') await first.until
        seen.push(incoming.text)
        return {}
      },
    })
    void receiver.onMessage(message('一', { in: group }))
    void receiver.onMessage(message('二', { in: group }))
    const stopped = vi.fn()
    const stopping = receiver.stop().then(stopped)
    await receiver.onMessage(message('三', { in: group }))
    expect(stopped).not.toHaveBeenCalled()
    first.release()
    await stopping
    expect(seen).toEqual(['一', '二'])
  })

  it('tries once more what waits for its next try', async () => {
    const failures = [new Error('once')]
    const { receiver, received, lines } = receiving({ failures, pausesMs: [3_600_000] })
    void receiver.onMessage(message('收到', { in: group }))
    await vi.waitFor(() => expect(lines).toHaveLength(1))
    await receiver.stop()
    expect(textsOf(received)).toEqual(['收到'])
  })

  it('says what is lost by it', async () => {
    const failures = [new Error('once'), new Error('twice')]
    const { receiver, received, lines } = receiving({ failures, pausesMs: [3_600_000, 3_600_000] })
    void receiver.onMessage(message('收到', { id: 'm1', in: group }))
    await vi.waitFor(() => expect(lines).toHaveLength(1))
    await receiver.stop()
    expect(received).toEqual([])
    expect(lines.at(-1)).toMatchObject({ level: 50, messageId: 'm1' })
  })
})
