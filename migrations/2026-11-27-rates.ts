import type { Kysely } from 'kysely'

// biome-ignore lint/suspicious/noExplicitAny: a migration is frozen in time and must not follow today's schema
type Database = Kysely<any>

/** The rates are reckoned by the day of dispatch; whose nudges are due is read from an index alone. */
export async function up(db: Database): Promise<void> {
  await db.schema
    .createIndex('assignments_dispatched')
    .on('assignments')
    .columns(['part', 'dispatched_at'])
    .execute()
  await db.schema.dropIndex('assignments_nudge').execute()
  await db.schema
    .createIndex('assignments_nudge')
    .on('assignments')
    .columns(['next_nudge_at', 'department_id'])
    .execute()
}
