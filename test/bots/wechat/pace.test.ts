import { describe, expect, test } from 'vitest'
import { createPace, type Held, type PaceTiming } from '../../../bots/wechat/pace.ts'
import { createLocalLimiter } from '../../../jobs/local-limiter.ts'
import type { RateLimit, RateLimiter } from '../../../src/ports.ts'
import { testLimiter } from '../feishu/support.ts'

const unhurried: Partial<PaceTiming> = { gapMs: 0, jitterMs: 0, perMinute: 1_000, random: () => 0 }

interface Wanted extends Partial<PaceTiming> {
  limiter?: RateLimiter
  dailyCap?: number
  onFull?(what: Held): void
}

function paceWith({ limiter = testLimiter(), dailyCap = 300, onFull, ...timing }: Wanted = {}) {
  return createPace({ limiter, dailyCap, onFull, timing: { ...unhurried, ...timing } })
}

/** Answers from a list, then lets everything through; keeps what it was asked. */
function scriptedLimiter(...waits: number[]) {
  const asked: RateLimit[][] = []
  const limiter: RateLimiter = {
    async take(limits) {
      asked.push(limits)
      return waits.shift() ?? 0
    },
    block: async () => {},
  }
  return { limiter, asked }
}

describe('the pace', () => {
  test('lets one post be said after another, in the order in which they came', async () => {
    const pace = paceWith()
    const said: string[] = []
    const say = (name: string, parts: number) =>
      pace.run({ account: 'a' }, async (turn) => {
        for (let part = 1; part <= parts; part += 1) {
          await turn()
          said.push(`${name}${part}`)
        }
      })
    await Promise.all([say('x', 3), say('y', 2), say('z', 1)])
    expect(said).toEqual(['x1', 'x2', 'x3', 'y1', 'y2', 'z1'])
  })

  test('goes on after a post that failed', async () => {
    const pace = paceWith()
    const failed = pace.run({ account: 'a' }, async () => {
      throw new Error('no')
    })
    const next = pace.run({ account: 'a' }, async (turn) => turn().then(() => 'said'))
    await expect(failed).rejects.toThrow('no')
    expect(await next).toBe('said')
  })

  test('leaves a gap of some seconds, never the same, between two messages', async () => {
    const { limiter } = scriptedLimiter()
    const randoms = [0, 0.5, 1, 0.25]
    let time = 1_000
    const pace = createPace({
      limiter,
      dailyCap: 300,
      timing: {
        random: () => randoms.shift() ?? 0,
        now: () => time,
        async wait(ms) {
          time += ms
        },
      },
    })
    const at: number[] = []
    await pace.run({ account: 'a' }, async (turn) => {
      for (let part = 0; part < 4; part += 1) {
        await turn()
        at.push(time)
      }
    })
    expect(at).toEqual([1_000, 4_000, 8_000, 13_000])
  })

  test('keeps the limits that all processes share: the gap, the minute, the day', async () => {
    const { limiter, asked } = scriptedLimiter()
    const pace = paceWith({ limiter, gapMs: 1, perMinute: 20, dailyCap: 7 })
    await pace.run({ account: 'p:a' }, (turn) => turn())
    expect(asked).toEqual([
      [
        { key: 'wechat:p:a:gap', permits: 1, perMs: 1 },
        { key: 'wechat:p:a:minute', permits: 20, perMs: 60_000 },
        { key: 'wechat:p:a:day', permits: 7, perMs: 86_400_000 },
      ],
    ])
  })

  test('of another process is waited for in place where that is soon', async () => {
    const { limiter, asked } = scriptedLimiter(1, 2)
    await paceWith({ limiter }).run({ account: 'a' }, (turn) => turn())
    expect(asked).toHaveLength(3)
  })

  test('refuses what is too much for the day until there is room', async () => {
    const pace = paceWith({ dailyCap: 2 })
    const say = () => pace.run({ account: 'a' }, (turn) => turn())
    await say()
    await say()
    const refused = await say().catch((error: unknown) => error)
    expect(refused).toMatchObject({ name: 'Busy', retryAfterMs: expect.any(Number) })
    expect((refused as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(23 * 60 * 60_000)
    await pace.run({ account: 'another' }, (turn) => turn())
  })

  test('keeps a third of the day for what is no reply', async () => {
    const pace = paceWith({ dailyCap: 6 })
    const reply = () => pace.run({ account: 'a', isReply: true }, (turn) => turn())
    for (let said = 0; said < 4; said += 1) await reply()
    await expect(reply()).rejects.toMatchObject({ name: 'Busy' })
    await pace.run({ account: 'a' }, (turn) => turn())
    await pace.run({ account: 'a' }, (turn) => turn())
    await expect(pace.run({ account: 'a' }, (turn) => turn())).rejects.toMatchObject({ name: 'Busy' })
  })

  test('counts the later parts of a reply as such', async () => {
    const pace = paceWith({ dailyCap: 3 })
    await pace.run({ account: 'a', isReply: true }, (turn) => turn().then(turn))
    await expect(pace.run({ account: 'a', isReply: true }, (turn) => turn())).rejects.toMatchObject({
      name: 'Busy',
    })
    await pace.run({ account: 'a' }, (turn) => turn())
  })

  test('tells once a day that it is full, and is so until there is room', async () => {
    let time = 1_000
    let told = 0
    const limiter = createLocalLimiter(() => time)
    const pace = paceWith({
      limiter: { take: async (limits) => limiter.take(limits), block: async () => {} },
      dailyCap: 1,
      now: () => time,
      onFull: () => {
        told += 1
      },
    })
    const say = () => pace.run({ account: 'a' }, (turn) => turn())
    await say()
    expect([pace.waiting(), told]).toEqual([[], 0])
    await expect(say()).rejects.toMatchObject({ name: 'Busy' })
    await expect(say()).rejects.toMatchObject({ name: 'Busy' })
    expect([pace.waiting(), told]).toEqual([['pushes'], 1])
    time += 24 * 60 * 60_000
    await say()
    expect(pace.waiting()).toEqual([])
    await expect(say()).rejects.toMatchObject({ name: 'Busy' })
    expect(told).toBe(2)
  })

  test('that is held says nothing for so long', async () => {
    let time = 1_000
    const pace = paceWith({ now: () => time })
    pace.hold(60_000)
    await expect(pace.run({ account: 'a' }, (turn) => turn())).rejects.toMatchObject({
      name: 'Busy',
      retryAfterMs: 60_000,
    })
    expect(pace.waiting()).toEqual([])
    time += 60_000
    await pace.run({ account: 'a' }, (turn) => turn())
  })

  test('refuses what is too much for the minute', async () => {
    const pace = paceWith({ perMinute: 1 })
    await pace.run({ account: 'a' }, (turn) => turn())
    await expect(pace.run({ account: 'a' }, (turn) => turn())).rejects.toMatchObject({ name: 'Busy' })
  })

  test('lets what was begun be finished, past the day’s cap, which counts it', async () => {
    const limiter = testLimiter()
    const pace = paceWith({ limiter, dailyCap: 2 })
    const parts = await pace.run({ account: 'a' }, async (turn) => {
      await turn()
      await turn()
      await turn()
      return 3
    })
    expect(parts).toBe(3)
    await expect(pace.run({ account: 'a' }, (turn) => turn())).rejects.toMatchObject({ name: 'Busy' })
  })

  test('that ends refuses who has not begun, and hurries who has', async () => {
    const pace = paceWith({ gapMs: 60_000 })
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const half = pace.run({ account: 'a' }, async (turn) => {
      await turn()
      begin()
      await turn()
      return 'finished'
    })
    const waiting = pace.run({ account: 'a' }, (turn) => turn())
    await begun
    await Promise.all([
      pace.close(),
      expect(half).resolves.toBe('finished'),
      expect(waiting).rejects.toMatchObject({ name: 'Busy' }),
    ])
  })
})
