import type { Kysely } from 'kysely'

// biome-ignore lint/suspicious/noExplicitAny: a migration is frozen in time and must not follow today's schema
type Database = Kysely<any>

/** What a nudge is about, whichever working days a calendar has. Those from before are known by their time alone. */
export async function up(db: Database): Promise<void> {
  await db.schema.alterTable('nudges').addColumn('occasion', 'integer').execute()
}
