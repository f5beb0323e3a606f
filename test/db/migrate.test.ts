import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { type Kysely, sql } from 'kysely'
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

test('accounts and groups of before keep the login under which they are known', async () => {
  const database = await emptyDatabase()
  const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '2026-11-25-logins'))
  await migrate(database, { migrations: before })
  const db = database.write as unknown as Kysely<Record<string, Record<string, unknown>>>
  await db.insertInto('departments').values({ id: 1, name: '市商务委员会', created_at: 0 }).execute()
  await db.insertInto('people').values({ id: 1, name: '吴联络', created_at: 0 }).execute()
  const account = (platform: string, id: string, former_since: number | null) => ({
    platform,
    account: id,
    person_id: 1,
    former_since,
  })
  await db
    .insertInto('person_accounts')
    .values([
      account('feishu', 'ou_1', null),
      account('wechat', 'p/one/contact/wu', 1),
      account('wechat', 'p/two/contact/wu', null),
    ])
    .execute()
  const chats = [
    { platform: 'feishu', chat_id: 'oc_1', department_id: 1 },
    { platform: 'wechat', chat_id: 'p/two/room/1', department_id: 1 },
  ]
  await db.insertInto('department_chats').values(chats).execute()
  expect(await migrate(database)).toContain('2026-11-25-logins')
  const accounts = await db
    .selectFrom('person_accounts')
    .select(['account', 'login'])
    .orderBy('account')
    .execute()
  expect(accounts).toEqual([
    { account: 'ou_1', login: '' },
    { account: 'p/one/contact/wu', login: 'p/one' },
    { account: 'p/two/contact/wu', login: 'p/two' },
  ])
  const kept = await db.selectFrom('department_chats').selectAll().orderBy('platform').execute()
  expect(kept.map(({ login, ...chat }) => [login, chat])).toEqual([
    ['', chats[0]],
    ['p/two', chats[1]],
  ])
  expect(await db.selectFrom('logins').selectAll().execute()).toEqual([
    { platform: 'wechat', login: 'p/two' },
  ])
  // Once a department had one group on a platform; now it has one under each login.
  await db
    .insertInto('department_chats')
    .values({ platform: 'wechat', chat_id: 'p/one/room/1', department_id: 1, login: 'p/one' })
    .execute()
  await database.check()
})
