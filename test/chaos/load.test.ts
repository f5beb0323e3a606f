import { expect, test } from 'vitest'
import { load } from '../../chaos/load.ts'
import { runShort } from './short.ts'

test('many click at once in a city with years behind it: each click is taken, and is there once', async () => {
  const { operations, notes } = await runShort(load)
  expect(operations).toBe(20)
  expect(notes.join('\n')).toMatch(/p50 \d+ ms, p99 \d+ ms, at most \d+ ms.*\d MB █/s)
})
