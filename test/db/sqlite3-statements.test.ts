import { expect, onTestFinished, test } from 'vitest'
import { all, closeFile, openFile } from '../../src/db/sqlite3/calls.ts'
import { Statements } from '../../src/db/sqlite3/statements.ts'

async function statements(limit: number): Promise<Statements> {
  const database = await openFile(':memory:', 'read-write')
  const statements = new Statements(database, limit)
  onTestFinished(async () => {
    await statements.clear()
    // SQLite refuses to close while a statement is left.
    await closeFile(database)
  })
  return statements
}

test('a statement given back is used again, with other values', async () => {
  const cache = await statements(2)
  const first = await cache.take('select ? as value')
  expect(await all(first, ['a'])).toEqual([{ value: 'a' }])
  await cache.giveBack('select ? as value', first)
  const second = await cache.take('select ? as value')
  expect(second).toBe(first)
  expect(await all(second, ['b'])).toEqual([{ value: 'b' }])
  await cache.giveBack('select ? as value', second)
})

test('two users of the same text at once have a statement each, and one is kept', async () => {
  const cache = await statements(2)
  const first = await cache.take('select ? as value')
  const second = await cache.take('select ? as value')
  expect(second).not.toBe(first)
  expect(await Promise.all([all(first, ['a']), all(second, ['b'])])).toEqual([
    [{ value: 'a' }],
    [{ value: 'b' }],
  ])
  await cache.giveBack('select ? as value', first)
  await cache.giveBack('select ? as value', second)
  expect(cache.size).toBe(1)
})

test('the one that was not used for the longest goes', async () => {
  const cache = await statements(2)
  const kept = await cache.take('select 1')
  await cache.giveBack('select 1', kept)
  await cache.giveBack('select 2', await cache.take('select 2'))
  await cache.giveBack('select 1', await cache.take('select 1'))
  await cache.giveBack('select 3', await cache.take('select 3'))
  expect(cache.size).toBe(2)
  expect(await cache.take('select 1')).toBe(kept)
  await cache.giveBack('select 1', kept)
})

test('text that SQLite would cut short is refused', async () => {
  const cache = await statements(2)
  await expect(cache.take("select 'a\0b'")).rejects.toThrow('NUL')
})
