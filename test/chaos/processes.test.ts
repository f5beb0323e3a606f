import { expect, test } from 'vitest'
import { processes } from '../../chaos/processes.ts'
import { runShort } from './short.ts'

test('two bots on one Redis and one database file do everything once, and keep to one bot’s limits', async () => {
  const { operations } = await runShort(processes)
  expect(operations).toBeGreaterThan(15)
}, 180_000)
