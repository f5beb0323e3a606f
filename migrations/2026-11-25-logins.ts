import type { Kysely } from 'kysely'

// biome-ignore lint/suspicious/noExplicitAny: a migration is frozen in time and must not follow today's schema
type Database = Kysely<any>

/** Each account and each group keeps the login of the bot under which it is known; which of them is good follows from it. */
export async function up(db: Database): Promise<void> {
  await db.schema
    .createTable('logins')
    .addColumn('platform', 'text', (c) => c.primaryKey())
    .addColumn('login', 'text', (c) => c.notNull())
    .execute()

  await db.schema
    .alterTable('person_accounts')
    .addColumn('login', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
  const present = new Map<string, Set<string>>()
  for (const row of await db.selectFrom('person_accounts').selectAll().execute()) {
    const login = loginOf(row.account)
    if (login === '') continue
    await db
      .updateTable('person_accounts')
      .set({ login })
      .where('platform', '=', row.platform)
      .where('account', '=', row.account)
      .execute()
    if (row.former_since === null)
      present.set(row.platform, (present.get(row.platform) ?? new Set()).add(login))
  }
  await db.schema.alterTable('person_accounts').dropColumn('former_since').execute()
  for (const [platform, [login, another]] of present) {
    if (another === undefined) await db.insertInto('logins').values({ platform, login }).execute()
  }

  const chats = await db.selectFrom('department_chats').selectAll().execute()
  await db.schema.dropTable('department_chats').execute()
  await db.schema
    .createTable('department_chats')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('chat_id', 'text', (c) => c.notNull())
    .addColumn('department_id', 'integer', (c) =>
      c.notNull().references('departments.id').onDelete('cascade'),
    )
    .addColumn('login', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('department_chats_primary', ['platform', 'chat_id'])
    .addUniqueConstraint('department_chats_one_each', ['department_id', 'platform', 'login'])
    .execute()
  for (const row of chats) {
    await db
      .insertInto('department_chats')
      .values({ ...row, login: loginOf(row.chat_id) })
      .execute()
  }
}

function loginOf(id: string): string {
  const parts = id.split('/')
  return parts.length === 4 ? parts.slice(0, 2).join('/') : ''
}
