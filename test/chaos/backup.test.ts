import { expect, test } from 'vitest'
import { backup } from '../../chaos/backup.ts'
import { runShort } from './short.ts'

test('a backup that is taken while people work is whole, and of one moment', async () => {
  const { faults, operations } = await runShort(backup)
  expect(faults).toBeGreaterThan(2)
  expect(operations).toBeGreaterThan(10)
})
