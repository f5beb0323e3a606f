import { existsSync } from 'node:fs'
import path from 'node:path'
import { type Database, openDatabase } from '../db/database.ts'
import { migrate, migrationState } from '../db/migrate.ts'
import type { Schema } from '../db/schema.ts'
import { UserError } from '../errors.ts'
import { createLogger } from '../log.ts'
import { openApp } from '../open-app.ts'
import type { App } from '../services/app.ts'
import type { LiveOffice } from '../services/office.ts'
import type { Desk } from './desk.ts'

export interface Open {
  app: App
  office: LiveOffice
  /** Whether anything is to be sent, or done at some time, since this was opened. */
  hasJobs(): boolean
}

/** Runs `use` on the database; where that is `made`, one that does not exist yet is made. @throws {UserError} */
export async function withApp<T>(
  desk: Desk,
  { made }: { made: boolean },
  use: (open: Open) => Promise<T>,
): Promise<T> {
  const core = desk.config()
  return withDatabase(desk, { made }, async (db) => {
    await requireMigrated(db, made)
    let scheduled = false
    const { app, office } = await openApp(core, {
      db,
      clock: desk.clock,
      // A running bot finds all jobs in the database; it is woken once, after all is written.
      queue: {
        async schedule() {
          scheduled = true
        },
      },
      messengers: new Map(),
      abilities: desk.abilities(core.locale),
      // What goes wrong is said by whoever catches it.
      log: createLogger({ level: 'fatal', to: process.stderr }),
    })
    return use({ app, office, hasJobs: () => scheduled })
  })
}

/** Runs `use` on the database as it is. @throws {UserError} where there is none, and it is not to be made */
export async function withDatabase<T>(
  desk: Desk,
  { made }: { made: boolean },
  use: (db: Database<Schema>) => Promise<T>,
): Promise<T> {
  const { databaseUrl } = desk.config()
  const file = databaseFile(databaseUrl)
  if (!made && !existsSync(file)) throw new UserError((t) => t.operator.database.missing(file))
  const db = await openDatabase<Schema>(databaseUrl)
  try {
    return await use(db)
  } finally {
    await db.close()
  }
}

export function databaseFile(url: string): string {
  return path.resolve(url.replace(/^file:(\/\/(?=\/))?/, ''))
}

/** A new database is set up; one that holds something is only migrated when that is asked for. */
async function requireMigrated(db: Database<Schema>, made: boolean): Promise<void> {
  const { applied, pending, unknown } = await migrationState(db)
  if (unknown.length > 0) throw new UserError((t) => t.operator.database.newer(t.list(unknown)))
  if (pending.length === 0) return
  if (applied.length > 0 || !made) throw new UserError((t) => t.operator.database.pending(t.list(pending)))
  await migrate(db)
}
