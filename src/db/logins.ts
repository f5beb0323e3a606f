import { expressionBuilder } from 'kysely'
import type { Platform } from '../ports.ts'
import type { Db, Schema } from './schema.ts'

type Known = 'person_accounts' | 'department_chats'

/** As whom the bot was logged in there when it was last noted; null: never. */
export async function presentLogin(db: Db, platform: Platform): Promise<string | null> {
  const row = await db
    .selectFrom('logins')
    .select('login')
    .where('platform', '=', platform)
    .executeTakeFirst()
  return row?.login ?? null
}

export async function setPresentLogin(db: Db, platform: Platform, login: string): Promise<void> {
  await db
    .insertInto('logins')
    .values({ platform, login })
    .onConflict((c) => c.column('platform').doUpdateSet({ login }))
    .execute()
}

/** Whether anybody was registered or any group bound under that login. */
export async function isLoginKnown(db: Db, platform: Platform, login: string): Promise<boolean> {
  for (const table of ['person_accounts', 'department_chats'] as const) {
    const row = await db
      .selectFrom(table)
      .select('platform')
      .where('platform', '=', platform)
      .where('login', '=', login)
      .executeTakeFirst()
    if (row) return true
  }
  return false
}

/** Whether the account or the group in a row is good now: nobody else is logged in there than to whom it was known. */
export function isInForce(table: Known) {
  const e = expressionBuilder<Schema, Known>()
  const another = e
    .selectFrom('logins')
    .select('logins.platform')
    .whereRef('logins.platform', '=', `${table}.platform`)
    .whereRef('logins.login', '!=', `${table}.login`)
  return e.or([e(`${table}.login`, '=', ''), e.not(e.exists(another))])
}
