import { expect, test } from 'vitest'
import { redis } from '../../chaos/redis.ts'
import { runShort } from './short.ts'

test('Redis forgets, restarts, is away, cut off and full while people work: nothing lost or doubled, and /readyz says so', async () => {
  const { faults, operations } = await runShort(redis)
  expect(faults).toBeGreaterThanOrEqual(7)
  expect(operations).toBeGreaterThan(10)
})
