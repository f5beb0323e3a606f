import { expect, test } from 'vitest'
import { fuzz } from '../../chaos/fuzz.ts'
import { runShort } from './short.ts'

test('whatever comes in, bent and broken: nothing crashes, and nobody does what they may not', async () => {
  const { operations } = await runShort(fuzz)
  expect(operations).toBeGreaterThanOrEqual(400)
})
