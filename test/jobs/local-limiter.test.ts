import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLocalLimiter } from '../../jobs/local-limiter.ts'
import type { RateLimit } from '../../src/ports.ts'

const limits: RateLimit[] = [
  { key: 'app', permits: 3, perMs: 50 },
  { key: 'app', permits: 7, perMs: 200 },
  { key: 'group', permits: 1, perMs: 30 },
]

const step = fc.record({
  after: fc.nat({ max: 40 }),
  limits: fc.subarray(limits, { minLength: 1 }),
  block: fc.option(fc.record({ key: fc.constantFrom('app', 'group'), ms: fc.nat({ max: 60 }) }), { freq: 6 }),
})

test('no window ever holds more permits than its limit, and nothing is taken of a blocked key', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let now = 1_000
      const limiter = createLocalLimiter(() => now)
      const taken = new Map(limits.map((limit) => [limit, [] as number[]]))
      const blockedUntil = new Map<string, number>()
      for (const { after, limits: asked, block } of steps) {
        now += after
        if (block) {
          limiter.block(block.key, block.ms)
          blockedUntil.set(block.key, Math.max(blockedUntil.get(block.key) ?? 0, now + block.ms))
        }
        if (limiter.take(asked) > 0) continue
        for (const limit of asked) {
          expect(blockedUntil.get(limit.key) ?? 0).toBeLessThanOrEqual(now)
          taken.get(limit)?.push(now)
        }
      }
      for (const [{ permits, perMs }, times] of taken) {
        for (const from of times) {
          expect(times.filter((at) => at >= from && at < from + perMs).length).toBeLessThanOrEqual(permits)
        }
      }
    }),
  )
})

test('the wait it names is the shortest that helps, and asking takes nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let now = 1_000
      const limiter = createLocalLimiter(() => now)
      for (const { after, limits: asked } of steps) {
        now += after
        const wait = limiter.take(asked)
        if (wait === 0) continue
        now += wait - 1
        expect(limiter.wait(asked)).toBe(1)
        now += 1
        expect(limiter.wait(asked)).toBe(0)
        expect(limiter.take(asked)).toBe(0)
      }
    }),
  )
})

test('all or none: what one limit refuses is not taken of the other', () => {
  const limiter = createLocalLimiter(() => 0)
  const [app, group] = [
    { key: 'app', permits: 2, perMs: 1_000 },
    { key: 'group', permits: 1, perMs: 1_000 },
  ]
  expect(limiter.take([app, group])).toBe(0)
  expect(limiter.take([app, group])).toBe(1_000)
  expect(limiter.take([app])).toBe(0)
  expect(limiter.take([app])).toBe(1_000)
})
