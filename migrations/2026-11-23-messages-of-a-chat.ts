import type { Kysely } from 'kysely'

// biome-ignore lint/suspicious/noExplicitAny: a migration is frozen in time and must not follow today's schema
type Database = Kysely<any>

/** The newest messages of one chat, or to one person, among which the one that somebody quotes is looked for. */
export async function up(db: Database): Promise<void> {
  await db.schema
    .createIndex('deliveries_chat')
    .on('deliveries')
    .columns(['platform', 'chat_id', 'id'])
    .execute()
  await db.schema
    .createIndex('deliveries_account')
    .on('deliveries')
    .columns(['platform', 'account', 'id'])
    .execute()
}
