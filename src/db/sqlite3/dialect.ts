import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { Sqlite3Connection } from './connection.ts'
import { Pool } from './pool.ts'

/** A writer is one connection; readers are `connections` that can't write. An open transaction holds its connection. */
export type Sqlite3DialectConfig =
  | { file: string; role: 'writer' }
  | { file: string; role: 'reader'; connections: number }

/** Kysely on the asynchronous `sqlite3`: statements run beside the event loop and not in it. */
export class Sqlite3Dialect implements Dialect {
  readonly #config: Sqlite3DialectConfig

  constructor(config: Sqlite3DialectConfig) {
    this.#config = config
  }

  createDriver(): Driver {
    return new Sqlite3Driver(this.#config)
  }

  createAdapter(): DialectAdapter {
    return new Sqlite3Adapter()
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler()
  }

  // biome-ignore lint/suspicious/noExplicitAny: Kysely's own interface
  createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new SqliteIntrospector(db)
  }
}

class Sqlite3Adapter extends SqliteAdapter {
  /** The driver lends its connections itself, fairly. */
  override get supportsMultipleConnections(): boolean {
    return true
  }

  /** A migration that fails leaves nothing behind, and `begin immediate` is the lock between two that migrate. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class Sqlite3Driver implements Driver {
  readonly #config: Sqlite3DialectConfig
  readonly #transactions = new AsyncLocalStorage<Sqlite3Transaction>()
  readonly #open = new Map<Sqlite3Connection, Sqlite3Transaction>()
  #pool: Pool<Sqlite3Connection> | undefined

  constructor(config: Sqlite3DialectConfig) {
    this.#config = config
  }

  async init(): Promise<void> {
    const { file, role } = this.#config
    const size = this.#config.role === 'reader' ? this.#config.connections : 1
    const access = role === 'reader' ? 'read-only' : 'read-write'
    const opened = await Promise.allSettled(
      Array.from({ length: size }, () => Sqlite3Connection.open(file, access)),
    )
    const connections = opened.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []))
    const failure = opened.find((it) => it.status === 'rejected')
    if (failure) {
      for (const connection of connections) await connection.close()
      throw failure.reason
    }
    this.#pool = new Pool(connections)
  }

  async acquireConnection(): Promise<Sqlite3Connection> {
    if (this.#config.role === 'writer' && this.#transactions.getStore()?.open) {
      throw new Error(
        'A transaction is open here already: use its `trx`, or the query waits for itself forever',
      )
    }
    if (!this.#pool) throw new Error('The database is not open')
    const connection = await this.#pool.acquire()
    try {
      // Does something only after a rollback that failed.
      await connection.rollback()
      return connection
    } catch (error) {
      this.#pool.release(connection)
      throw error
    }
  }

  /** Not async: what it enters must be seen by the caller's next steps, which are the transaction's. */
  beginTransaction(connection: Sqlite3Connection): Promise<void> {
    const transaction = { open: true }
    this.#transactions.enterWith(transaction)
    this.#open.set(connection, transaction)
    return connection.begin(this.#config.role === 'writer' ? 'immediate' : 'deferred')
  }

  async commitTransaction(connection: Sqlite3Connection): Promise<void> {
    await connection.commit()
  }

  async rollbackTransaction(connection: Sqlite3Connection): Promise<void> {
    await connection.rollback()
  }

  async savepoint(connection: Sqlite3Connection, name: string): Promise<void> {
    await connection.command(`savepoint ${quoted(name)}`)
  }

  async rollbackToSavepoint(connection: Sqlite3Connection, name: string): Promise<void> {
    await connection.command(`rollback to ${quoted(name)}`)
  }

  async releaseSavepoint(connection: Sqlite3Connection, name: string): Promise<void> {
    await connection.command(`release ${quoted(name)}`)
  }

  async releaseConnection(connection: Sqlite3Connection): Promise<void> {
    const transaction = this.#open.get(connection)
    if (transaction) transaction.open = false
    this.#open.delete(connection)
    this.#pool?.release(connection)
  }

  async destroy(): Promise<void> {
    await this.#pool?.close((connection) => connection.close())
  }
}

interface Sqlite3Transaction {
  open: boolean
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
