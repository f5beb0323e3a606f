import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { migrate } from '../../src/db/migrate.ts'
import { testDatabase } from '../support/database.ts'

test('the list names every file of the folder', async () => {
  const files = await readdir(new URL('../../migrations/', import.meta.url))
  const names = files.filter((file) => file !== 'index.ts').map((file) => file.replace(/\.ts$/, ''))
  expect(Object.keys(migrations)).toEqual(names.sort())
})

test('a second run has nothing to do', async () => {
  const database = await testDatabase()
  expect(await migrate(database)).toEqual([])
})
