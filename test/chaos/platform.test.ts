import { expect, test } from 'vitest'
import { platform } from '../../chaos/platform.ts'
import { runShort } from './short.ts'

test('three calls of ten fail, the connection is lost again and again, events come often, late and in pieces: the same end', async () => {
  const { faults, operations } = await runShort(platform)
  expect(faults).toBeGreaterThan(8)
  expect(operations).toBeGreaterThan(5)
})
