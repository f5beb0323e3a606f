import { expect, test } from 'vitest'
import { disk } from '../../chaos/disk.ts'
import { runShort } from './short.ts'

test('a disk that is full or may only be read: people are told, nothing is half done, and it goes on by itself', async () => {
  const { faults, operations } = await runShort(disk)
  expect(faults).toBeGreaterThan(0)
  expect(operations).toBeGreaterThan(6)
})
