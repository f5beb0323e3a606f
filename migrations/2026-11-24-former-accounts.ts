import type { Kysely } from 'kysely'

// biome-ignore lint/suspicious/noExplicitAny: a migration is frozen in time and must not follow today's schema
type Database = Kysely<any>

/** Since when an account belongs to a former login of the bot. */
export async function up(db: Database): Promise<void> {
  await db.schema.alterTable('person_accounts').addColumn('former_since', 'integer').execute()
}
