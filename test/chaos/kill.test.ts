import { expect, test } from 'vitest'
import { kill } from '../../chaos/kill.ts'
import { runShort } from './short.ts'

test('killed again and again while people work: nothing they were told is lost, and nothing is there twice', async () => {
  const { faults, operations } = await runShort(kill)
  expect(faults).toBeGreaterThanOrEqual(2)
  expect(operations).toBeGreaterThan(15)
}, 180_000)
