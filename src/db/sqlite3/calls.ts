import sqlite3, { type Database, type Statement } from 'sqlite3'
import { toSqliteError } from './error.ts'
import type { SqliteValue } from './value.ts'

/** The callback API of sqlite3 as promises. Each rejects with a SqliteError. */

/** Has SQLite report extended result codes; sqlite3 has no name for it. https://www.sqlite.org/c3ref/open.html */
const OPEN_EXRESCODE = 0x02000000

export type Access = 'read-only' | 'read-write'

/** The file must exist, unless it is `:memory:`. */
export async function openFile(file: string, access: Access): Promise<Database> {
  const mode = access === 'read-only' ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE
  let database: Database | undefined
  await call<void>((done) => {
    database = new sqlite3.Database(file, mode | sqlite3.OPEN_FULLMUTEX | OPEN_EXRESCODE, done)
  })
  return database as Database
}

export function closeFile(database: Database): Promise<void> {
  return call((done) => database.close(done))
}

/** Runs any number of statements, without parameters and results. */
export function exec(database: Database, sql: string): Promise<void> {
  return call((done) => database.exec(sql, done))
}

export async function prepare(database: Database, sql: string): Promise<Statement> {
  let statement: Statement | undefined
  await call<void>((done) => {
    statement = database.prepare(sql, done)
  })
  return statement as Statement
}

export function finalize(statement: Statement): Promise<void> {
  return call((done) => statement.finalize(() => done(null)))
}

/** For statements that return rows: runs to the end. */
export function all(statement: Statement, values: SqliteValue[]): Promise<unknown[]> {
  return call((done) => statement.all(values, done))
}

/** For statements that return no rows: one that does would stay open and hold its lock. */
export async function run(
  statement: Statement,
  values: SqliteValue[],
): Promise<{ changes: number; lastId: number }> {
  await call<void>((done) => statement.run(values, done))
  // sqlite3 leaves both on the statement.
  const { changes, lastID } = statement as Statement & { changes: number; lastID: number }
  return { changes, lastId: lastID }
}

/** The first row, and with no values the row after the last one given; undefined after the last. */
export function step(statement: Statement, values: SqliteValue[]): Promise<unknown> {
  return call((done) => statement.get(values, done))
}

export function reset(statement: Statement): Promise<void> {
  return call((done) => statement.reset(done))
}

async function call<T>(start: (done: (error: Error | null, result?: T) => void) => void): Promise<T> {
  try {
    return await new Promise<T>((resolve, reject) => {
      start((error, result) => (error ? reject(error) : resolve(result as T)))
    })
  } catch (error) {
    // Made here, and not in sqlite3's callback, so that its stack names the callers.
    throw toSqliteError(error)
  }
}
