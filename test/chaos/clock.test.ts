import { expect, test } from 'vitest'
import { clock } from '../../chaos/clock.ts'
import { runShort } from './short.ts'

test('the clock jumps, the machine sleeps, the year ends without a calendar, zones change: each nudge comes once', async () => {
  const { faults, operations } = await runShort(clock)
  expect(faults).toBeGreaterThan(30)
  expect(operations).toBeGreaterThan(50)
})
