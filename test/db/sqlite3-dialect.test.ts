import { once } from 'node:events'
import path from 'node:path'
import fc from 'fast-check'
import { AbortedTransactionError, type Generated, type Kysely, sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { testFolder } from '../support/database.ts'
import { killed, otherProcess } from './other-process.ts'

interface Tables {
  note: { id: Generated<number>; text: string | null }
  counter: { value: number }
  kept: { id: number; value: unknown }
  part: { note_id: number }
}

async function notebook(readers = 3): Promise<Database<Tables> & { url: string }> {
  const url = `file:${path.join(await testFolder(), 'notes.db')}`
  const database = await openDatabase<Tables>(url, { readers })
  onTestFinished(database.close)
  const { schema } = database.write
  await schema
    .createTable('note')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('text', 'text', (c) => c.unique())
    .execute()
  await schema.createTable('counter').addColumn('value', 'integer').execute()
  await schema
    .createTable('part')
    .addColumn('note_id', 'integer', (c) => c.notNull().references('note.id'))
    .execute()
  return { ...database, url }
}

async function texts(db: Kysely<Tables>): Promise<(string | null)[]> {
  const rows = await db.selectFrom('note').select('text').orderBy('id').execute()
  return rows.map((row) => row.text)
}

/** Goes on for an hour when asked for so many rows. */
function longReport(db: Kysely<Tables>, rows: number, signal?: AbortSignal) {
  const query = sql<{ n: number }>`
    with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${rows})
    select count(*) as n from numbers`.compile(db)
  return db.executeQuery(query, { signal, inflightQueryAbortStrategy: 'cancel query' })
}

test('each connection keeps its promises about durability and integrity', async () => {
  const { read, write } = await notebook()
  for (const db of [read, write]) {
    const pragmas = await sql<Record<string, unknown>>`
      select (select journal_mode from pragma_journal_mode) as journal,
             (select synchronous from pragma_synchronous) as synchronous,
             (select foreign_keys from pragma_foreign_keys) as "foreignKeys",
             (select trusted_schema from pragma_trusted_schema) as "trustedSchema",
             (select timeout from pragma_busy_timeout) as "busyTimeout"`.execute(db)
    expect(pragmas.rows[0]).toEqual({
      journal: 'wal',
      synchronous: 2,
      foreignKeys: 1,
      trustedSchema: 0,
      busyTimeout: 5000,
    })
  }
})

test('counts and ids are those of the statement', async () => {
  const { write } = await notebook()
  const first = await write
    .insertInto('note')
    .values([{ text: 'a' }, { text: 'b' }])
    .executeTakeFirst()
  expect(first).toMatchObject({ insertId: 2n, numInsertedOrUpdatedRows: 2n })

  const ignored = await write
    .insertInto('note')
    .values({ text: 'a' })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  expect(ignored).toMatchObject({ insertId: undefined, numInsertedOrUpdatedRows: 0n })

  const updated = await write.updateTable('note').set({ text: 'c' }).where('id', '=', 2).executeTakeFirst()
  expect(updated.numUpdatedRows).toBe(1n)
  const deleted = await write.deleteFrom('note').executeTakeFirst()
  expect(deleted.numDeletedRows).toBe(2n)

  const returned = await write.insertInto('note').values({ text: 'd' }).returning('id').execute()
  expect(returned).toEqual([{ id: expect.any(Number) }])
  const raw = await sql`update note set text = 'e'`.execute(write)
  expect(raw.numAffectedRows).toBe(1n)
})

test('errors carry their code, and not the values', async () => {
  const { read, write } = await notebook()
  await write.insertInto('note').values({ id: 1, text: '13812345678' }).execute()
  const again = write.insertInto('note').values({ text: '13812345678' }).execute()
  await expect(again).rejects.toMatchObject({
    name: 'SqliteError',
    code: 'SQLITE_CONSTRAINT_UNIQUE',
    errno: 2067,
    message: 'UNIQUE constraint failed: note.text',
  })
  await expect(write.insertInto('note').values({ id: 1, text: 'b' }).execute()).rejects.toMatchObject({
    code: 'SQLITE_CONSTRAINT_PRIMARYKEY',
  })
  await expect(write.insertInto('part').values({ note_id: 9 }).execute()).rejects.toMatchObject({
    code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  })
  await expect(read.deleteFrom('note').execute()).rejects.toMatchObject({ code: 'SQLITE_READONLY' })
  await expect(sql`select absent`.execute(read)).rejects.toMatchObject({
    code: 'SQLITE_ERROR',
    message: 'no such column: absent',
  })
})

test("an error's stack leads to whoever asked", async () => {
  const { read } = await notebook()
  async function whoeverAsked() {
    return await sql`select absent`.execute(read)
  }
  const error = await whoeverAsked().catch((error: Error) => error)
  expect((error as Error).stack).toContain('whoeverAsked')
})

const values = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\0', 'a\0b', '催办⏰', '👩‍👩‍👧', '𠮷'),
  fc.maxSafeInteger(),
  fc.constantFrom(2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 1_795_276_800_000),
  fc.double({ noNaN: true }).map((it) => it + 0),
  fc.uint8Array().map((it) => Buffer.from(it)),
  fc.constant(null),
)

test('what is written is what is read', async () => {
  const { read, write } = await notebook()
  await sql`create table kept (id integer primary key, value)`.execute(write)
  let id = 0
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      id++
      await write.insertInto('kept').values({ id, value }).execute()
      const row = await read.selectFrom('kept').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
      expect(row.value).toEqual(value)
    }),
    { numRuns: 300 },
  )
})

test('times in an integer column are integers', async () => {
  const { write } = await notebook()
  await write.insertInto('counter').values({ value: 1_795_276_800_000 }).execute()
  const { rows } = await sql`select typeof(value) as type, value / 1000 as seconds from counter`.execute(
    write,
  )
  expect(rows).toEqual([{ type: 'integer', seconds: 1_795_276_800 }])
})

test.each([
  [undefined, 'Parameter 1 of the query is undefined'],
  [Number.NaN, 'not a number (NaN)'],
  [2n ** 60n, 'a bigint beyond 2^53'],
  [new Date(0), 'a Date (times are epoch milliseconds)'],
  [{ a: 1 }, 'an object (make it JSON first)'],
  [Symbol('a'), 'a symbol'],
])('%o is refused rather than written as something else', async (value, complaint) => {
  const { write } = await notebook()
  await expect(sql`insert into note (text) values (${value})`.execute(write)).rejects.toThrow(complaint)
  expect(await texts(write)).toEqual([])
})

test('a bigint, a boolean and bytes are written as SQLite has them', async () => {
  const { read } = await notebook()
  const { rows } = await sql`
    select ${9_007_199_254_740_991n} as big, ${true} as yes, ${new Uint8Array([1, 2, 3]).subarray(1)} as bytes`.execute(
    read,
  )
  expect(rows).toEqual([{ big: 9_007_199_254_740_991, yes: 1, bytes: Buffer.from([2, 3]) }])
})

test('a reader sees what is committed, and a read transaction one moment', async () => {
  const { read, write } = await notebook()
  await write.insertInto('note').values({ text: 'a' }).execute()
  await read.transaction().execute(async (snapshot) => {
    expect(await texts(snapshot)).toEqual(['a'])
    await write.transaction().execute(async (trx) => {
      await trx.insertInto('note').values({ text: 'b' }).execute()
      expect(await texts(trx)).toEqual(['a', 'b'])
      expect(await texts(read)).toEqual(['a'])
    })
    expect(await texts(read)).toEqual(['a', 'b'])
    expect(await texts(snapshot)).toEqual(['a'])
  })
})

test('a long report holds up neither a write nor another read', async () => {
  const { read, write } = await notebook()
  const done: string[] = []
  const controller = new AbortController()
  const report = longReport(read, 10 ** 12, controller.signal).finally(() => done.push('report'))
  await write.insertInto('note').values({ text: 'a' }).execute()
  done.push('write')
  await texts(read)
  done.push('read')
  controller.abort(new Error('long enough'))
  await expect(report).rejects.toThrow('long enough')
  expect(done).toEqual(['write', 'read', 'report'])
  expect((await longReport(read, 10)).rows).toEqual([{ n: 10 }])
})

test('a report can be called off, and its connection works on', async () => {
  const { read } = await notebook(1)
  const controller = new AbortController()
  const report = longReport(read, 10 ** 12, controller.signal)
  setImmediate(() => controller.abort(new Error('the reader went away')))
  await expect(report).rejects.toThrow('the reader went away')
  expect(await texts(read)).toEqual([])
})

test('a transaction that throws leaves nothing', async () => {
  const { read, write } = await notebook()
  const failing = write.transaction().execute(async (trx) => {
    await trx.insertInto('note').values({ text: 'a' }).execute()
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await texts(read)).toEqual([])
  await write.insertInto('note').values({ text: 'b' }).execute()
  expect(await texts(read)).toEqual(['b'])
})

test('a constraint checked at the commit undoes the whole transaction', async () => {
  const { read, write } = await notebook()
  const failing = write.transaction().execute(async (trx) => {
    await sql`pragma defer_foreign_keys = on`.execute(trx)
    await trx.insertInto('note').values({ text: 'a' }).execute()
    await trx.insertInto('part').values({ note_id: 9 }).execute()
  })
  await expect(failing).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' })
  await write.insertInto('note').values({ text: 'b' }).execute()
  expect(await texts(read)).toEqual(['b'])
})

test('savepoints undo a part', async () => {
  const { read, write } = await notebook()
  const trx = await write.startTransaction().execute()
  await trx.insertInto('note').values({ text: 'a' }).execute()
  const inner = await trx.savepoint('an "inner" one').execute()
  await inner.insertInto('note').values({ text: 'b' }).execute()
  const back = await inner.rollbackToSavepoint('an "inner" one').execute()
  await back.releaseSavepoint('an "inner" one').execute()
  await trx.commit().execute()
  expect(await texts(read)).toEqual(['a'])
})

test('transactions come one after the other, in the order in which they were asked for', async () => {
  const { read, write } = await notebook()
  const names = Array.from({ length: 50 }, (_, i) => `n${i}`)
  await Promise.all(
    names.map((text) =>
      write.transaction().execute(async (trx) => {
        const before = await texts(trx)
        await trx.insertInto('note').values({ text }).execute()
        expect(await texts(trx)).toEqual([...before, text])
      }),
    ),
  )
  expect(await texts(read)).toEqual(names)
})

test('a transaction that uses the database beside its own connection is told so at once', async () => {
  const { read, write } = await notebook()
  const mistaken = write.transaction().execute(async (trx) => {
    await trx.insertInto('note').values({ text: 'a' }).execute()
    await write.insertInto('note').values({ text: 'b' }).execute()
  })
  await expect(mistaken).rejects.toThrow('use its `trx`')
  const nested = write.transaction().execute(async () => {
    await write.transaction().execute(async () => {})
  })
  await expect(nested).rejects.toThrow('use its `trx`')
  expect(await texts(read)).toEqual([])
})

test('what a transaction started may write once the transaction is over', async () => {
  const { read, write } = await notebook()
  const over = Promise.withResolvers<void>()
  const later: Promise<unknown>[] = []
  await write.transaction().execute(async (trx) => {
    await trx.insertInto('note').values({ text: 'a' }).execute()
    later.push(over.promise.then(() => write.insertInto('note').values({ text: 'b' }).execute()))
  })
  over.resolve()
  await Promise.all(later)
  // The one who ran a transaction is not in it any more.
  await write.insertInto('note').values({ text: 'c' }).execute()
  expect(await texts(read)).toEqual(['a', 'b', 'c'])
})

test.each(['begin', ' ROLLBACK', 'savepoint a'])('%s by hand is refused', async (statement) => {
  const { write } = await notebook()
  await expect(sql.raw(statement).execute(write)).rejects.toThrow('transaction()')
})

test('a full disk refuses the transaction whole, and room makes it work again', async () => {
  const { read, write } = await notebook()
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(write)
  const limit = sql.raw(`pragma max_page_count = ${Number(rows[0]?.page_count) + 2}`)
  await limit.execute(write)
  const big = 'x'.repeat(20_000)

  const failing = write.transaction().execute(async (trx) => {
    await trx.insertInto('note').values({ text: 'a' }).execute()
    await trx.insertInto('note').values({ text: big }).execute()
  })
  await expect(failing).rejects.toMatchObject({ code: 'SQLITE_FULL' })

  const stubborn = write.transaction().execute(async (trx) => {
    await trx.insertInto('note').values({ text: 'a' }).execute()
    await expect(trx.insertInto('note').values({ text: big }).execute()).rejects.toMatchObject({
      code: 'SQLITE_FULL',
    })
    await expect(trx.insertInto('note').values({ text: 'b' }).execute()).rejects.toThrow('was rolled back')
  })
  await expect(stubborn).rejects.toBeInstanceOf(AbortedTransactionError)
  expect(await texts(read)).toEqual([])

  await sql`pragma max_page_count = 1000000`.execute(write)
  await write.insertInto('note').values({ text: big }).execute()
  expect(await texts(read)).toEqual([big])
})

test('two processes count without losing any', async () => {
  const { read, write, url } = await notebook()
  await write.insertInto('counter').values({ value: 0 }).execute()
  // They may only write once both are there, so that neither has done before the other begins.
  const processes = await write.transaction().execute(async (trx) => {
    await trx.updateTable('counter').set({ value: 0 }).execute()
    return Promise.all([otherProcess('count', url, 100), otherProcess('count', url, 100)])
  })
  await Promise.all(processes.map(({ child }) => child.exitCode ?? once(child, 'close')))
  expect(processes.map(({ lines }) => lines)).toEqual([
    ['begins', 'counted'],
    ['begins', 'counted'],
  ])
  expect(await read.selectFrom('counter').selectAll().execute()).toEqual([{ value: 200 }])
})

test('a process killed in a transaction leaves the file as it was before', async () => {
  const { read, write, url, check } = await notebook()
  await write.insertInto('note').values({ text: 'a' }).execute()
  const { child } = await otherProcess('hang', url, 2_000)
  const blocked = write.insertInto('note').values({ text: 'b' }).execute()
  await killed(child)
  await blocked
  expect(await texts(read)).toEqual(['a', 'b'])
  await check()
})

test('what a process said to have committed is there after its sudden end', async () => {
  const { read, url, check } = await notebook()
  const { child, lines } = await otherProcess('commit', url)
  while (lines.length < 20) await once(child.stdout, 'data')
  await killed(child)
  expect((await texts(read)).slice(0, lines.length)).toEqual(lines)
  await check()
})

test('who waits too long for another process is told that it is busy', async () => {
  const { write, url } = await notebook()
  const { child } = await otherProcess('hang', url)
  onTestFinished(() => killed(child))
  await sql`pragma busy_timeout = 50`.execute(write)
  await expect(write.insertInto('note').values({ text: 'a' }).execute()).rejects.toMatchObject({
    code: 'SQLITE_BUSY',
  })
  await expect(write.transaction().execute(async () => {})).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
})

test('rows can be streamed, before and after the same query at once', async () => {
  const { read, write } = await notebook(1)
  const names = Array.from({ length: 25 }, (_, i) => ({ text: `n${i}` }))
  await write.insertInto('note').values(names).execute()
  const all = read.selectFrom('note').select('text').orderBy('id')
  for (const query of [all, all.where('id', '>', 0)]) {
    for (const chunk of [10, 25, 100]) {
      const seen = []
      for await (const row of query.stream(chunk)) seen.push(row)
      expect(seen).toEqual(names)
      expect(await query.execute()).toEqual(names)
    }
  }
})

test('a stream left off in the middle keeps nothing of its moment', async () => {
  const { read, write } = await notebook(1)
  await write
    .insertInto('note')
    .values([{ text: 'a' }, { text: 'b' }])
    .execute()
  for await (const row of read.selectFrom('note').selectAll().stream(1)) {
    expect(row).toEqual({ id: 1, text: 'a' })
    break
  }
  await write.insertInto('note').values({ text: 'c' }).execute()
  expect(await texts(read)).toEqual(['a', 'b', 'c'])
})

test('a stream that fails says so, and its connection works on', async () => {
  const { read } = await notebook(1)
  const rows = sql<{ n: number }>`select 1 as n union all select abs(-9223372036854775807 - 1)`.compile(read)
  const stream = read.getExecutor().stream(rows, 1)
  const seen: unknown[] = []
  async function consume() {
    for await (const chunk of stream) seen.push(...chunk.rows)
  }
  await expect(consume()).rejects.toMatchObject({ code: 'SQLITE_ERROR', message: 'integer overflow' })
  expect(seen).toEqual([{ n: 1 }])
  expect(await texts(read)).toEqual([])
})

test('statements prepared before a change of the schema see the new one', async () => {
  const { read, write } = await notebook(1)
  await write.insertInto('note').values({ text: 'a' }).execute()
  const all = read.selectFrom('note').selectAll()
  expect(await all.execute()).toEqual([{ id: 1, text: 'a' }])
  await sql`alter table note add column seen integer not null default 0`.execute(write)
  expect(await all.execute()).toEqual([{ id: 1, text: 'a', seen: 0 }])
})

test('10,000 rows', async () => {
  const { read, write } = await notebook()
  const started = performance.now()
  await write.transaction().execute(async (trx) => {
    for (let i = 0; i < 10_000; i++)
      await trx
        .insertInto('note')
        .values({ text: `n${i}` })
        .execute()
  })
  console.info(`10,000 inserts in one transaction: ${Math.round(performance.now() - started)} ms`)
  const alone = performance.now()
  for (let i = 0; i < 100; i++)
    await write
      .insertInto('note')
      .values({ text: `m${i}` })
      .execute()
  console.info(`one insert of its own: ${((performance.now() - alone) / 100).toFixed(2)} ms`)
  const { count } = await read
    .selectFrom('note')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(count).toBe(10_100)
})
