import { chmod, open, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import sqlite3 from 'sqlite3'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { closeFile, exec, openFile } from '../../src/db/sqlite3/calls.ts'
import { testDatabase, testFolder } from '../support/database.ts'
import { otherProcess } from './other-process.ts'

interface Tables {
  note: { text: string }
}

async function opened(url: string): Promise<Database<Tables>> {
  const database = await openDatabase<Tables>(url)
  onTestFinished(database.close)
  return database
}

async function notebook(): Promise<Database<Tables> & { file: string; folder: string }> {
  const folder = await testFolder()
  const file = path.join(folder, 'notes.db')
  const database = await opened(`file:${file}`)
  await sql`create table note (text text)`.execute(database.write)
  await database.write.insertInto('note').values({ text: 'a' }).execute()
  return { ...database, file, folder }
}

async function count(database: Database<Tables>): Promise<number> {
  return (await database.read.selectFrom('note').selectAll().execute()).length
}

async function rights(file: string): Promise<string> {
  return ((await stat(file)).mode & 0o777).toString(8)
}

test('makes the folder and the file, for its owner only', async () => {
  const file = path.join(await testFolder(), 'new', '数据', 'duban.db')
  const { write } = await opened(`file:${file}`)
  await sql`create table note (text text)`.execute(write)
  expect(await rights(path.dirname(file))).toBe('700')
  for (const suffix of ['', '-wal', '-shm']) expect(await rights(file + suffix)).toBe('600')
})

test('a path is taken from the working directory', async () => {
  const folder = await testFolder()
  const relative = path.relative(process.cwd(), path.join(folder, 'a.db'))
  await opened(`file:${relative}`)
  await opened(`file://${folder}/b.db`)
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['a.db', 'b.db']))
})

test.each(['', 'file:', 'data/duban.db', 'postgres://db/duban', 'file:a.db?mode=ro', 'file://host/a.db'])(
  'the address "%s" is refused',
  async (url) => {
    await expect(openDatabase(url)).rejects.toThrow(`must look like file:data/duban.db, and is "${url}"`)
  },
)

test('what was written is there after the next opening', async () => {
  const first = await notebook()
  await first.close()
  await first.close()
  expect(await readdir(first.folder)).toEqual(['notes.db'])
  expect(await count(await opened(`file:${first.file}`))).toBe(1)
})

test('closing lets a transaction finish, and nothing begins after it', async () => {
  const { write, close, file } = await notebook()
  const begun = Promise.withResolvers<void>()
  const transaction = write.transaction().execute(async (trx) => {
    begun.resolve()
    for (let i = 0; i < 20; i++)
      await trx
        .insertInto('note')
        .values({ text: `n${i}` })
        .execute()
  })
  await begun.promise
  await Promise.all([close(), transaction])
  await expect(write.selectFrom('note').selectAll().execute()).rejects.toThrow('destroyed')
  expect(await count(await opened(`file:${file}`))).toBe(21)
})

test('a file that is no database is named and left alone', async () => {
  const file = path.join(await testFolder(), 'letter.txt')
  await writeFile(file, 'Dear task force, '.repeat(100))
  await expect(openDatabase(`file:${file}`)).rejects.toThrow(
    `Can't open the database ${file}: file is not a database (SQLITE_NOTADB)`,
  )
  expect(await readFile(file, 'utf8')).toBe('Dear task force, '.repeat(100))
})

test('a folder is no database', async () => {
  const folder = await testFolder()
  await expect(openDatabase(`file:${folder}`)).rejects.toThrow(`Can't open the database ${folder}: EISDIR`)
})

test('a file that may not be written is named', async () => {
  const { file, folder, close } = await notebook()
  await close()
  await chmod(file, 0o444)
  await chmod(folder, 0o555)
  const become = process.geteuid?.() === 0 ? 65_534 : undefined
  if (become) process.seteuid?.(become)
  try {
    await expect(openDatabase(`file:${file}`)).rejects.toThrow(`Can't open the database ${file}: EACCES`)
  } finally {
    if (become) process.seteuid?.(0)
    await chmod(folder, 0o755)
  }
})

test('a database in memory reads what it writes', async () => {
  const database = await opened(':memory:')
  await sql`create table note (text text)`.execute(database.write)
  await database.write.transaction().execute(async (trx) => {
    await trx.insertInto('note').values({ text: 'a' }).execute()
  })
  expect(await count(database)).toBe(1)
  await database.check()
  const copy = path.join(await testFolder(), 'copy.db')
  await database.backup(copy)
  expect(await count(await opened(`file:${copy}`))).toBe(1)
})

test('opening waits for another that writes, even where SQLite itself would not', async () => {
  const file = path.join(await testFolder(), 'duban.db')
  await writeFile(file, '')
  const other = await openFile(file, 'read-write')
  await exec(other, 'begin immediate; create table note (text text)')
  const calls = vi.spyOn(sqlite3.Database.prototype, 'exec')
  onTestFinished(() => calls.mockRestore())
  const opening = opened(`file:${file}`)
  await vi.waitUntil(() => calls.mock.calls.filter(([text]) => text.includes('journal_mode')).length >= 2)
  await exec(other, 'commit')
  await closeFile(other)
  expect(await count(await opening)).toBe(0)
})

test('processes that open a new file at once do not trip over each other', async () => {
  const url = `file:${path.join(await testFolder(), 'new', 'duban.db')}`
  const all = await Promise.all(Array.from({ length: 3 }, () => otherProcess('open', url, 30)))
  expect(all.map((it) => it.lines[0])).toEqual(['opened', 'opened', 'opened'])
})

test('a backup is one moment, taken while others write', async () => {
  const { write, backup, folder, ...database } = await notebook()
  let done = false
  let written = 1
  async function keepWriting() {
    while (!done) {
      await write.transaction().execute(async (trx) => {
        await trx
          .insertInto('note')
          .values([{ text: 'x'.repeat(1000) }, { text: 'y' }, { text: 'z' }])
          .execute()
      })
      written += 3
    }
  }
  const writing = keepWriting()
  const before = written
  await backup(path.join(folder, 'copy.db'))
  const after = written
  done = true
  await writing

  const copy = await opened(`file:${path.join(folder, 'copy.db')}`)
  const copied = await count(copy)
  expect((copied - 1) % 3).toBe(0)
  expect(copied).toBeGreaterThanOrEqual(before)
  expect(copied).toBeLessThanOrEqual(after + 3)
  await copy.check()
  expect(await rights(path.join(folder, 'copy.db'))).toBe('600')
  expect(await count({ write, backup, ...database })).toBe(written)
})

test('a backup does not wait for a transaction, and leaves its writes out', async () => {
  const { write, backup, folder } = await notebook()
  const file = path.join(folder, 'copy.db')
  await write.transaction().execute(async (trx) => {
    await trx.insertInto('note').values({ text: 'not yet' }).execute()
    await backup(file)
  })
  expect(await count(await opened(`file:${file}`))).toBe(1)
})

test('a backup overwrites nothing and leaves nothing half done', async () => {
  const { backup, folder } = await notebook()
  const taken = path.join(folder, 'taken.db')
  await writeFile(taken, 'mine')
  await expect(backup(taken)).rejects.toThrow(`Can't back the database up to ${taken}: it exists already`)
  expect(await readFile(taken, 'utf8')).toBe('mine')
  const nowhere = path.join(folder, 'absent', 'copy.db')
  await expect(backup(nowhere)).rejects.toThrow(`${nowhere}: ENOENT`)
  expect((await readdir(folder)).filter((name) => !/^notes\.db(-wal|-shm)?$/.test(name))).toEqual([
    'taken.db',
  ])
})

test('a sound file passes the check', async () => {
  const { check } = await testDatabase()
  await expect(check()).resolves.toBeUndefined()
})

test('the check tells of a row that refers to nothing', async () => {
  const { write, check } = await notebook()
  await sql`pragma foreign_keys = off`.execute(write)
  await sql`create table whole (id integer primary key)`.execute(write)
  await sql`create table piece (whole integer references whole (id))`.execute(write)
  await sql`insert into piece values (7)`.execute(write)
  await expect(check()).rejects.toThrow('piece row 1 refers to a missing row of whole')
})

test('the check tells of damage on the disk', async () => {
  const { write, close, file } = await notebook()
  await sql`create index note_text on note (text)`.execute(write)
  const rows = Array.from({ length: 5000 }, (_, i) => ({ text: `note ${i}` }))
  await write.insertInto('note').values(rows).execute()
  await close()
  const handle = await open(file, 'r+')
  const { size } = await handle.stat()
  await handle.write(Buffer.alloc(4096, 0xaa), 0, 4096, Math.floor(size / 4096 / 2) * 4096)
  await handle.close()
  const damaged = await opened(`file:${file}`)
  await expect(damaged.check()).rejects.toThrow(file)
})

test('each test has its own migrated database', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()])
  expect(one.url).not.toBe(other.url)
  expect(await other.read.selectFrom('items').selectAll().execute()).toEqual([])
})
