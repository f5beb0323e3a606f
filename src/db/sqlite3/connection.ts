import { setTimeout as wait } from 'node:timers/promises'
import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
} from 'kysely'
import type { Database, Statement } from 'sqlite3'
import { type Access, all, closeFile, exec, openFile, reset, run, step } from './calls.ts'
import { SqliteError } from './error.ts'
import { Statements } from './statements.ts'
import { toSqliteValue } from './value.ts'

const busyTimeoutMs = 5_000

/** What a connection to a file needs each time it is opened; only the journal's mode stays in the file. */
const pragmas = `
  pragma busy_timeout = ${busyTimeoutMs};
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma trusted_schema = off;
  pragma secure_delete = on;
  pragma journal_size_limit = ${64 * 1024 * 1024};
`

export type Execute = <R>(query: CompiledQuery) => Promise<QueryResult<R>>

/** One connection to a SQLite file, for one user at a time. */
export class Sqlite3Connection implements DatabaseConnection {
  readonly #database: Database
  readonly #statements: Statements
  /** Why SQLite gave the open transaction up, until its owner has rolled back. */
  #lost: SqliteError | undefined
  #inTransaction = false
  #running = false

  /** @throws {SqliteError} */
  static async open(file: string, access: Access): Promise<Sqlite3Connection> {
    const database = await openFile(file, access)
    try {
      await exec(database, pragmas)
      if (access === 'read-write') await useWriteAheadLog(database)
      return new Sqlite3Connection(database)
    } catch (error) {
      await closeFile(database)
      throw error
    }
  }

  private constructor(database: Database) {
    this.#database = database
    this.#statements = new Statements(database)
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    refuseRawTransaction(query)
    this.#refuseIfLost()
    const values = query.parameters.map(toSqliteValue)
    return this.#withStatement(query.sql, async (statement) => {
      if (!onlyWrites(query)) return { rows: (await all(statement, values)) as R[] }
      const { changes, lastId } = await run(statement, values)
      const inserted = query.query.kind === 'InsertQueryNode' && changes > 0
      return {
        rows: [],
        numAffectedRows: BigInt(changes),
        insertId: inserted ? BigInt(lastId) : undefined,
      }
    })
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    this.#refuseIfLost()
    const values = query.parameters.map(toSqliteValue)
    const statement = await this.#statements.take(query.sql)
    try {
      await reset(statement)
      let rows: R[] = []
      let row = await step(statement, values)
      while (row !== undefined) {
        rows.push(row as R)
        if (rows.length === chunkSize) {
          yield { rows }
          rows = []
        }
        row = await step(statement, [])
      }
      if (rows.length > 0) yield { rows }
    } catch (error) {
      this.#noticeLoss(error)
      throw error
    } finally {
      await reset(statement)
      await this.#statements.giveBack(query.sql, statement)
    }
  }

  /** For Kysely's `inflightQueryAbortStrategy`. An interrupt stops what runs, and does nothing to what is about to. */
  async cancelQuery(): Promise<void> {
    while (this.#running) {
      this.#database.interrupt()
      await wait(5)
    }
  }

  async begin(mode: 'immediate' | 'deferred'): Promise<void> {
    await this.command(`begin ${mode}`)
    this.#inTransaction = true
  }

  /** @throws {AbortedTransactionError} when SQLite has rolled back already */
  async commit(): Promise<void> {
    const lost = this.#lost
    if (!lost) await this.command('commit')
    this.#endTransaction()
    if (lost) throw new AbortedTransactionError({ cause: lost })
  }

  /** Does nothing where no transaction is open. */
  async rollback(): Promise<void> {
    if (!this.#inTransaction) return
    try {
      await exec(this.#database, 'rollback')
    } catch (error) {
      if (!(error instanceof SqliteError) || !error.message.includes('no transaction is active')) throw error
    }
    this.#endTransaction()
  }

  /** A statement without parameters and rows. */
  async command(sql: string): Promise<void> {
    this.#refuseIfLost()
    await this.#withStatement(sql, (statement) => run(statement, []))
  }

  async close(): Promise<void> {
    await this.#statements.clear()
    await closeFile(this.#database)
  }

  async #withStatement<T>(sql: string, use: (statement: Statement) => Promise<T>): Promise<T> {
    this.#running = true
    try {
      const statement = await this.#statements.take(sql)
      try {
        return await use(statement)
      } finally {
        await this.#statements.giveBack(sql, statement)
      }
    } catch (error) {
      this.#noticeLoss(error)
      throw error
    } finally {
      this.#running = false
    }
  }

  /**
   * On some faults SQLite rolls the whole transaction back by itself. What its owner still does after that would then be
   * committed statement by statement, so it is refused. https://www.sqlite.org/lang_transaction.html
   */
  #noticeLoss(error: unknown): void {
    if (this.#inTransaction && error instanceof SqliteError && endingTransaction.has(error.code)) {
      this.#lost ??= error
    }
  }

  #endTransaction(): void {
    this.#inTransaction = false
    this.#lost = undefined
  }

  #refuseIfLost(): void {
    if (!this.#lost) return
    throw new SqliteError(this.#lost.errno, `The transaction was rolled back: ${this.#lost.message}`, {
      cause: this.#lost,
    })
  }
}

const endingTransaction = new Set([
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_NOMEM',
  'SQLITE_BUSY',
  'SQLITE_INTERRUPT',
  'SQLITE_CORRUPT',
])

/** Begun by hand, a transaction would go back to the pool open, and others' writes would end in it. */
function refuseRawTransaction({ query, sql }: CompiledQuery): void {
  if (query.kind !== 'RawNode' || !/^\s*(begin|commit|end|rollback|savepoint|release)\b/i.test(sql)) return
  throw new Error(`Transactions go through Kysely's transaction(), not through "${sql}"`)
}

/** Whether a statement gives a count of changes and no rows. */
function onlyWrites({ query, sql }: CompiledQuery): boolean {
  switch (query.kind) {
    case 'InsertQueryNode':
    case 'UpdateQueryNode':
    case 'DeleteQueryNode':
      return !query.returning && !query.explain
    case 'RawNode':
      return /^\s*(insert|replace|update|delete)\b/i.test(sql) && !/\breturning\b/i.test(sql)
    default:
      return false
  }
}

/** Two processes that open a new file at once get in each other's way here, and SQLite does not wait by itself. */
async function useWriteAheadLog(database: Database): Promise<void> {
  for (let waited = 0; ; waited += 20) {
    try {
      return await exec(database, 'pragma journal_mode = wal')
    } catch (error) {
      if (!(error instanceof SqliteError) || error.code !== 'SQLITE_BUSY' || waited >= busyTimeoutMs)
        throw error
      await wait(20)
    }
  }
}
