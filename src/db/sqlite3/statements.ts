import type { Database, Statement } from 'sqlite3'
import { finalize, prepare } from './calls.ts'

/**
 * The prepared statements of one connection, the least recently used ones let go. A statement in use is not in here, so
 * that two users of the same SQL never share one.
 */
export class Statements {
  readonly #database: Database
  readonly #limit: number
  readonly #idle = new Map<string, Statement>()

  constructor(database: Database, limit = 200) {
    this.#database = database
    this.#limit = limit
  }

  get size(): number {
    return this.#idle.size
  }

  async take(sql: string): Promise<Statement> {
    // sqlite3 would run what stands before it and forget the rest.
    if (sql.includes('\0')) throw new TypeError('The SQL text has a NUL character')
    const statement = this.#idle.get(sql)
    this.#idle.delete(sql)
    return statement ?? prepare(this.#database, sql)
  }

  async giveBack(sql: string, statement: Statement): Promise<void> {
    if (this.#idle.has(sql)) return finalize(statement)
    this.#idle.set(sql, statement)
    if (this.#idle.size <= this.#limit) return
    const [oldest] = this.#idle
    if (!oldest) return
    this.#idle.delete(oldest[0])
    await finalize(oldest[1])
  }

  async clear(): Promise<void> {
    const statements = [...this.#idle.values()]
    this.#idle.clear()
    for (const statement of statements) await finalize(statement)
  }
}
