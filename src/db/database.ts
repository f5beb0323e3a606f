import { constants } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { CompiledQuery, Kysely } from 'kysely'
import { backUp } from './sqlite3/backup.ts'
import { faultsOf } from './sqlite3/check.ts'
import { type Execute, Sqlite3Connection } from './sqlite3/connection.ts'
import { Sqlite3Dialect } from './sqlite3/dialect.ts'
import { type SqliteCode, SqliteError } from './sqlite3/error.ts'

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
   * @throws {Error} naming the file and what is wrong; nothing of it is left then
   */
  backup(file: string): Promise<void>
  /** Writes something that means nothing, and waits for the disk. @throws {SqliteError} */
  probe(): Promise<void>
  /** Reads the whole file. @throws {Error} naming the first things that are wrong with it */
  check(): Promise<void>
}

export interface DatabaseOptions {
  /** Queries that may read at once. */
  readers?: number
}

const inMemory = ':memory:'

/**
 * Opens `file:data/duban.db` (from the working directory, made if missing, readable to its owner only) or `:memory:`,
 * where `read` and `write` are one.
 * @throws {Error} naming the file and what is wrong with it
 */
export async function openDatabase<DB>(url: string, options: DatabaseOptions = {}): Promise<Database<DB>> {
  const file = fileOf(url)
  try {
    if (file !== inMemory) await provideFile(file)
    return await connect<DB>(file, options.readers ?? 3)
  } catch (error) {
    throw explained(`Can't open the database ${file}`, error)
  }
}

function fileOf(url: string): string {
  if (url === inMemory || url === `file:${inMemory}`) return inMemory
  const [, name] = url.match(/^file:(?:\/\/(?=\/))?((?!\/\/)[^?#\0]+)$/) ?? []
  if (!name) throw new Error(`The database's address must look like file:data/duban.db, and is "${url}"`)
  return path.resolve(name)
}

/** SQLite gives the files beside it the same rights. */
async function provideFile(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await (await open(file, constants.O_CREAT | constants.O_RDWR, 0o600)).close()
}

async function connect<DB>(file: string, readers: number): Promise<Database<DB>> {
  const write = await connected<DB>(new Sqlite3Dialect({ file, role: 'writer' }))
  if (file === inMemory) {
    const execute: Execute = (query) => write.executeQuery(query as CompiledQuery<never>)
    return {
      read: write,
      write,
      close: () => write.destroy(),
      backup: (target) => backup(execute, target),
      probe: () => probe(write),
      check: () => check(execute, file),
    }
  }
  const read = await connected<DB>(new Sqlite3Dialect({ file, role: 'reader', connections: readers })).catch(
    async (error) => {
      await write.destroy()
      throw error
    },
  )
  return {
    read,
    write,
    async close() {
      await read.destroy()
      // Last, so that SQLite can fold its log into the file.
      await write.destroy()
    },
    probe: () => probe(write),
    backup: (target) => withConnection(file, (execute) => backup(execute, target)),
    check: () => withConnection(file, (execute) => check(execute, file)),
  }
}

async function connected<DB>(dialect: Sqlite3Dialect): Promise<Kysely<DB>> {
  const db = new Kysely<DB>({ dialect })
  await db.executeQuery(CompiledQuery.raw('select 1'))
  return db
}

/** For long work, which must not take a reader from the others. */
async function withConnection(file: string, use: (execute: Execute) => Promise<void>): Promise<void> {
  const connection = await Sqlite3Connection.open(file, 'read-only')
  try {
    await use((query) => connection.executeQuery(query))
  } finally {
    await connection.close()
  }
}

async function backup(execute: Execute, target: string): Promise<void> {
  try {
    await backUp(execute, path.resolve(target))
  } catch (error) {
    throw explained(`Can't back the database up to ${target}`, error)
  }
}

/** A number in the file's head that is SQLite's users', and that we do not use: the page is written all the same. */
async function probe<DB>(write: Kysely<DB>): Promise<void> {
  await write.executeQuery(CompiledQuery.raw('pragma user_version = 1'))
}

async function check(execute: Execute, file: string): Promise<void> {
  const faults = await faultsOf(execute).catch((error) => {
    throw explained(`Can't read the database ${file}`, error)
  })
  if (faults.length > 0) throw new Error(`The database ${file} is damaged: ${faults.join('; ')}`)
}

function explained(what: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const code = cause instanceof SqliteError ? ` (${cause.code})` : ''
  return new Error(`${what}: ${reason}${code}`, { cause })
}

/** Nothing can be written then, whatever it is: the disk is full or broken, or may not be written. */
const unwritable: readonly SqliteCode[] = [
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  'SQLITE_PERM',
]

/** Why nothing can be written, where that is what the error says; else null. */
export function whyUnwritable(error: unknown): string | null {
  if (!(error instanceof SqliteError) || !unwritable.includes(error.code)) return null
  return `${error.message} (${error.code})`
}
