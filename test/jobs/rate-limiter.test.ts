import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { startPrivateRedis } from '../../sandbox/private-redis.ts'
import type { RateLimit, RateLimiter } from '../../src/ports.ts'
import { useRedis } from '../support/redis.ts'
import { connectTo, freshPrefix, openTestJobs, until } from './harness.ts'

const redis = useRedis()
const hour = 3_600_000

/** The limiters of two processes that share one Redis. */
async function twoLimiters(): Promise<[RateLimiter, RateLimiter]> {
  const prefix = freshPrefix()
  const pair = [openTestJobs(redis.url, { prefix }), openTestJobs(redis.url, { prefix })] as const
  for (const jobs of pair) await until(() => expect(jobs.health().ok).toBe(true))
  return [pair[0].limiter, pair[1].limiter]
}

/** Redis gave the permit at some time between the two. */
interface Permit {
  asked: number
  got: number
}

/** Takes permits as fast as the limiter lets it, until the time is over. */
async function takeAll(limiter: RateLimiter, limits: RateLimit[], end: number): Promise<Permit[]> {
  const permits: Permit[] = []
  while (performance.now() < end) {
    const asked = performance.now()
    const wait = await limiter.take(limits)
    if (wait === 0) permits.push({ asked, got: performance.now() })
    else await sleep(Math.min(wait, Math.max(1, end - performance.now())))
  }
  return permits
}

/** The most permits that certainly fell into one window. */
function mostWithin(permits: Permit[], perMs: number): number {
  const windows = permits.map(
    ({ asked }) => permits.filter((p) => p.asked >= asked && p.got < asked + perMs).length,
  )
  return Math.max(0, ...windows)
}

test('two processes in parallel never exceed a limit in any window', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 20, max: 120 }),
      async (permits, perMs) => {
        const limiters = await twoLimiters()
        const short = { key: 'app', permits, perMs }
        const long = { key: 'app', permits: permits * 3, perMs: perMs * 4 }
        const end = performance.now() + perMs * 6
        const workers = [0, 1, 0, 1, 0, 1].map((which) =>
          takeAll(limiters[which] as RateLimiter, [short, long], end),
        )
        const taken = (await Promise.all(workers)).flat()
        expect(mostWithin(taken, short.perMs)).toBeLessThanOrEqual(short.permits)
        expect(mostWithin(taken, long.perMs)).toBeLessThanOrEqual(long.permits)
        expect(taken.length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 8 },
  )
})

test('of many who ask at once exactly as many get a permit as there are', async () => {
  const [one, other] = await twoLimiters()
  const limit = { key: 'app', permits: 5, perMs: hour }
  const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? one : other).take([limit])))
  expect(answers.filter((wait) => wait === 0)).toHaveLength(5)
  for (const wait of answers) expect(wait).toBeLessThanOrEqual(hour)
})

test('all or none: what one limit refuses is not taken of the other', async () => {
  const [one, other] = await twoLimiters()
  const app = { key: 'app', permits: 2, perMs: hour }
  const group = { key: 'group', permits: 1, perMs: hour }
  expect(await one.take([app, group])).toBe(0)
  expect(await other.take([app, group])).toBeGreaterThan(0)
  expect(await other.take([app])).toBe(0)
  expect(await one.take([app])).toBeGreaterThan(0)
  expect(await one.take([])).toBe(0)
})

test('a block holds for all processes and all limits of the key, and a shorter one does not end it', async () => {
  const [one, other] = await twoLimiters()
  const limit = { key: 'chat', permits: 100, perMs: 1_000 }
  await one.block('chat', 60_000)
  await other.block('chat', 10)
  await sleep(20)
  for (const limiter of [one, other]) {
    expect(await limiter.take([limit])).toBeGreaterThan(50_000)
    expect(await limiter.take([{ key: 'elsewhere', permits: 1, perMs: 1 }, limit])).toBeGreaterThan(50_000)
    expect(await limiter.take([{ key: 'another chat', permits: 100, perMs: 1_000 }])).toBe(0)
  }
})

test('a block ends', async () => {
  const [one, other] = await twoLimiters()
  const limit = { key: 'chat', permits: 1, perMs: 1 }
  await one.block('chat', 60)
  const wait = await other.take([limit])
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(60)
  await until(async () => expect(await other.take([limit])).toBe(0))
})

test('while Redis is away each process keeps the limit alone, counting what it took before', async () => {
  const own = await startPrivateRedis()
  onTestFinished(() => own.stop())
  const prefix = freshPrefix()
  const [one, other] = [openTestJobs(own.url, { prefix }), openTestJobs(own.url, { prefix })]
  await until(() => expect([one.health().ok, other.health().ok]).toEqual([true, true]))
  const limit = { key: 'app', permits: 3, perMs: hour }
  expect(await one.limiter.take([limit])).toBe(0)
  expect(await one.limiter.take([limit])).toBe(0)
  await own.kill()
  await until(() => expect(one.health().ok).toBe(false))
  expect(await one.limiter.take([limit])).toBe(0)
  expect(await one.limiter.take([limit])).toBeGreaterThan(0)
  await one.limiter.block('chat', hour)
  expect(await one.limiter.take([{ key: 'chat', permits: 1, perMs: 1 }])).toBeGreaterThan(0)
  expect(await other.limiter.take([limit]), 'the other does not know').toBe(0)

  await own.restart()
  await until(() => expect(one.health().ok).toBe(true))
  expect(await one.limiter.take([limit]), 'Redis has forgotten, the process has not').toBeGreaterThan(0)
})

test('what it keeps in Redis goes away by itself', async () => {
  const prefix = freshPrefix()
  const { limiter } = openTestJobs(redis.url, { prefix })
  await limiter.take([{ key: 'app', permits: 5, perMs: 30 }])
  await limiter.block('app', 30)
  const client = connectTo(redis.url)
  await until(async () => expect(await client.keys(`${prefix}:*limit*`)).toEqual([]))
  expect(await client.keys(`${prefix}:*block*`)).toEqual([])
})
