import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { migrations as ours } from '../../migrations/index.ts'
import type { Database } from './database.ts'
import { SqliteError } from './sqlite3/error.ts'

/** Which migrations the database has, and which this version would still run; by name, in order. */
export interface MigrationState {
  applied: string[]
  pending: string[]
  /** Those that this version doesn't know: a newer version made them. */
  unknown: string[]
}

export interface MigrateOptions {
  migrations?: Record<string, Migration>
  /** How long to wait for another process that writes, in milliseconds. */
  patienceMs?: number
}

/**
 * Brings the database to this version's schema, all or nothing. Any number of processes may do so at once.
 * @returns the names of the migrations that ran, none if it was up to date
 * @throws {Error} naming the migration that failed, or that this version doesn't know
 */
export async function migrate<DB>(database: Database<DB>, options: MigrateOptions = {}): Promise<string[]> {
  const { migrations = ours, patienceMs = 60_000 } = options
  const state = await migrationState(database, migrations)
  if (state.unknown.length > 0) {
    throw new Error(
      `The database was written by a newer version of duban (it has ${state.unknown.join(', ')}): install that version`,
    )
  }
  const migrator = new Migrator({
    db: database.write as Kysely<unknown>,
    provider: { getMigrations: async () => migrations },
  })
  const deadline = performance.now() + patienceMs
  while (true) {
    const { error, results = [] } = await migrator.migrateToLatest()
    if (error === undefined) return results.map((it) => it.migrationName)
    if (!isBusy(error) || performance.now() > deadline) {
      const failed = results.find((it) => it.status === 'Error')
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(
        `Can't migrate the database${failed ? `: ${failed.migrationName} failed` : ''}: ${reason}`,
        {
          cause: error,
        },
      )
    }
    await wait(100)
  }
}

/** Changes nothing. */
export async function migrationState<DB>(
  database: Database<DB>,
  migrations: Record<string, Migration> = ours,
): Promise<MigrationState> {
  const db = database.read as unknown as Kysely<{ kysely_migration: { name: string } }>
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  const rows = tables.some((it) => it.name === 'kysely_migration')
    ? await db.selectFrom('kysely_migration').select('name').orderBy('name').execute()
    : []
  const applied = rows.map((row) => row.name)
  return {
    applied,
    pending: Object.keys(migrations)
      .filter((name) => !applied.includes(name))
      .sort(),
    unknown: applied.filter((name) => !(name in migrations)),
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof SqliteError && error.code === 'SQLITE_BUSY'
}
