import { sql } from 'kysely'
import type { Db } from './schema.ts'

/** Whether a commit waits until it is safe on the disk, as it does from the start. For what can be done over alone. */
export async function waitForDisk(db: Db, waits: boolean): Promise<void> {
  await sql.raw(`pragma synchronous = ${waits ? 'full' : 'off'}`).execute(db)
}
