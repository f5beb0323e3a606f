import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import type { Office } from '../domain/office-hours.ts'
import type { PolicyRow } from '../domain/policy.ts'
import type { Voice } from '../messages/voice.ts'
import type { Abilities, Clock, JobQueue, Messenger, Platform } from '../ports.ts'
import type { Storage } from './storage.ts'

/** What every use case works with. */
export interface App {
  db: Database<Schema>
  clock: Clock
  queue: JobQueue
  messengers: ReadonlyMap<Platform, Messenger>
  /** Of the platforms to which another process sends what this one writes. */
  abilities?: Record<Platform, Abilities>
  voice: Voice
  policies: readonly PolicyRow[]
  /** The office hours, and the calendar as it was last loaded. */
  office(): Office
  storage: Storage
  /** Where attachments are kept. */
  dataDir: string
  /** For how many days personal data is kept once an item has ended; null: for good. */
  retentionDays: number | null
  log: Logger
}
