import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { expect, onTestFinished, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { migrate, migrationState } from '../../src/db/migrate.ts'
import { testFolder } from '../support/database.ts'
import { killed, otherProcess } from './other-process.ts'

async function emptyDatabase(): Promise<Database<unknown> & { url: string }> {
  const url = `file:${path.join(await testFolder(), 'duban.db')}`
  const database = await openDatabase(url)
  onTestFinished(database.close)
  return { ...database, url }
}

async function tables(database: Database<unknown>): Promise<string[]> {
  return (await database.read.introspection.getTables()).map((table) => table.name)
}

const sound: Migration = {
  up: async (db) => db.schema.createTable('sound').addColumn('id', 'integer').execute(),
}
const broken: Migration = {
  async up(db) {
    await db.schema.createTable('half').addColumn('id', 'integer').execute()
    throw new Error('no such luck')
  },
}

test('the list names every file of the folder, by its date', async () => {
  const files = await readdir(new URL('../../migrations/', import.meta.url))
  const names = files.filter((file) => file !== 'index.ts').map((file) => file.replace(/\.ts$/, ''))
  expect(Object.keys(migrations)).toEqual(names.sort())
  for (const name of names) expect(name).toMatch(/^20\d\d-[01]\d-[0-3]\d-[a-z0-9-]+$/)
})

test('runs what is missing, once', async () => {
  const database = await emptyDatabase()
  const names = Object.keys(migrations)
  expect(await migrationState(database)).toEqual({ applied: [], pending: names, unknown: [] })
  expect(await migrate(database)).toEqual(names)
  expect(await migrate(database)).toEqual([])
  expect(await migrationState(database)).toEqual({ applied: names, pending: [], unknown: [] })
  await database.check()
})

test('a migration that fails is named and leaves nothing, nor do those before it', async () => {
  const database = await emptyDatabase()
  const list = { '2026-01-01-sound': sound, '2026-01-02-broken': broken }
  await expect(migrate(database, { migrations: list })).rejects.toThrow(
    "Can't migrate the database: 2026-01-02-broken failed: no such luck",
  )
  expect(await tables(database)).toEqual([])
  expect(await migrate(database, { migrations: { '2026-01-01-sound': sound } })).toEqual(['2026-01-01-sound'])
  expect(await tables(database)).toEqual(['sound'])
})

test('a database from a newer version is refused and left alone', async () => {
  const database = await emptyDatabase()
  await migrate(database, {
    migrations: { '2026-01-01-sound': sound, '2036-01-01-future': { up: async () => {} } },
  })
  await expect(migrate(database, { migrations: { '2026-01-01-sound': sound } })).rejects.toThrow(
    'newer version of duban (it has 2036-01-01-future)',
  )
  expect(await migrationState(database, { '2026-01-01-sound': sound })).toMatchObject({
    applied: ['2026-01-01-sound', '2036-01-01-future'],
    unknown: ['2036-01-01-future'],
  })
})

test('of processes that migrate at once, one does', async () => {
  const url = `file:${path.join(await testFolder(), 'duban.db')}`
  const all = await Promise.all(Array.from({ length: 4 }, () => otherProcess('migrate', url)))
  const applied = all.map(({ lines }) => JSON.parse(String(lines[0]))).filter((names) => names.length > 0)
  expect(applied).toEqual([Object.keys(migrations)])
})

test('waits for another that writes', async () => {
  const database = await emptyDatabase()
  await migrate(database, {
    migrations: {
      '2026-01-01-note': { up: (db) => db.schema.createTable('note').addColumn('text', 'text').execute() },
    },
  })
  const { child } = await otherProcess('hang', database.url)
  await sql`pragma busy_timeout = 50`.execute(database.write)
  const known = { '2026-01-01-note': sound, '2026-01-02-sound': sound }
  await expect(migrate(database, { migrations: known, patienceMs: 0 })).rejects.toThrow('database is locked')
  const migrating = migrate(database, { migrations: known })
  await killed(child)
  expect(await migrating).toEqual(['2026-01-02-sound'])
})
