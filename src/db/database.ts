import { constants } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { CompiledQuery, Kysely, type QueryResult } from 'kysely'
import { Sqlite3Connection } from './sqlite3-connection.ts'
import { Sqlite3Dialect } from './sqlite3-dialect.ts'
import { SqliteError } from './sqlite3-error.ts'

/** The one place of truth. */
export interface Database<DB> {
  /** Sees what is committed, can't write, and never waits for `write`. A transaction here is a snapshot. */
  read: Kysely<DB>
  /** One connection, first come first served: what belongs together goes into one short transaction. */
  write: Kysely<DB>
  /** Waits for what runs. May be called twice. */
  close(): Promise<void>
  /**
   * Writes a whole, consistent copy to a file that does not exist yet, while others read and write.
   * @throws {Error} naming the file, which then is as it was before
   */
  backup(file: string): Promise<void>
  /** Reads the whole file. @throws {Error} naming the first things that are wrong with it */
  check(): Promise<void>
}

export interface DatabaseOptions {
  /** Queries that may read at once. */
  readers?: number
}

const inMemory = ':memory:'

/**
 * Opens `file:data/duban.db` (from the working directory, made if missing, readable to its owner only) or `:memory:`.
 * @throws {Error} naming the file and what is wrong with it
 */
export async function openDatabase<DB>(url: string, options: DatabaseOptions = {}): Promise<Database<DB>> {
  const file = fileOf(url)
  try {
    if (file !== inMemory) await provideFile(file)
    return await connect<DB>(file, options.readers ?? 3)
  } catch (error) {
    throw named(`Can't open the database ${file}`, error)
  }
}

function fileOf(url: string): string {
  const name = url.startsWith('file:') ? url.slice('file:'.length) : url
  if (name === inMemory) return inMemory
  if (!url.startsWith('file:') || name === '' || /[?#\0]/.test(name)) {
    throw new Error(`The database's address must look like file:data/duban.db, and is "${url}"`)
  }
  return path.resolve(name.replace(/^\/\/(?=\/)/, ''))
}

/** SQLite makes the files beside it with the same rights. */
async function provideFile(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await (await open(file, constants.O_CREAT | constants.O_RDWR, 0o600)).close()
}

async function connect<DB>(file: string, readers: number): Promise<Database<DB>> {
  const write = new Kysely<DB>({ dialect: new Sqlite3Dialect({ file, role: 'writer' }) })
  await write.executeQuery(CompiledQuery.raw('select 1'))
  const read =
    file === inMemory
      ? write
      : new Kysely<DB>({ dialect: new Sqlite3Dialect({ file, role: 'reader', connections: readers }) })

  async function close(): Promise<void> {
    if (read !== write) await read.destroy()
    // Last, so that SQLite can fold its log into the file.
    await write.destroy()
  }

  try {
    await read.executeQuery(CompiledQuery.raw('select 1'))
  } catch (error) {
    await close()
    throw error
  }
  return {
    read,
    write,
    close,
    backup: (target) => backup(file, write, target),
    check: () => check(file, write),
  }
}

/** `vacuum into` reads one snapshot, so that it neither stops those who write nor starts again because of them. */
async function backup<DB>(file: string, write: Kysely<DB>, target: string): Promise<void> {
  const unfinished = `${target}.unfinished-${process.pid}`
  try {
    await refuseExisting(target)
    // Made beforehand for its rights; SQLite takes an empty file.
    await (await open(unfinished, 'wx', 0o600)).close()
    try {
      const copy = CompiledQuery.raw('vacuum into ?', [unfinished])
      await onConnectionOfItsOwn(file, write, (execute) => execute(copy))
      await flush(unfinished)
      await refuseExisting(target)
      await rename(unfinished, target)
      await flush(path.dirname(target))
    } finally {
      await rm(unfinished, { force: true })
    }
  } catch (error) {
    throw named(`Can't back up to ${target}`, error)
  }
}

async function check<DB>(file: string, write: Kysely<DB>): Promise<void> {
  try {
    const faults = await onConnectionOfItsOwn(file, write, async (execute) => {
      const integrity = await execute<{ integrity_check: string }>(
        CompiledQuery.raw('pragma integrity_check(10)'),
      )
      const references = await execute<{ table: string; rowid: number; parent: string }>(
        CompiledQuery.raw('pragma foreign_key_check'),
      )
      return [
        ...integrity.rows.map((row) => row.integrity_check).filter((it) => it !== 'ok'),
        ...references.rows.map(
          (row) => `${row.table} row ${row.rowid} refers to a missing row of ${row.parent}`,
        ),
      ]
    })
    if (faults.length > 0) throw new Error(faults.slice(0, 10).join('; '))
  } catch (error) {
    throw named(`The database ${file} is damaged`, error)
  }
}

type Execute = <R>(query: CompiledQuery<unknown>) => Promise<QueryResult<R>>

/** Long work must not take a reader from the others; a database in memory has but one connection. */
async function onConnectionOfItsOwn<DB, T>(
  file: string,
  write: Kysely<DB>,
  use: (execute: Execute) => Promise<T>,
): Promise<T> {
  if (file === inMemory) return use((query) => write.executeQuery(query as CompiledQuery<never>))
  const connection = await Sqlite3Connection.open(file, 'read-only')
  try {
    return await use((query) => connection.executeQuery(query))
  } finally {
    await connection.close()
  }
}

async function refuseExisting(file: string): Promise<void> {
  const exists = await stat(file).then(
    () => true,
    () => false,
  )
  if (exists) throw new Error('it exists already')
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function named(what: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const code = cause instanceof SqliteError ? ` (${cause.code})` : ''
  return new Error(`${what}: ${reason}${code}`, { cause })
}
