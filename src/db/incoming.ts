import type { Platform } from '../ports.ts'
import type { Db } from './schema.ts'

/**
 * Records what a platform brought, in the transaction of what it causes.
 * @returns false where any of its ids was recorded before: it has been acted on already.
 */
export async function recordIncoming(
  db: Db,
  platform: Platform,
  ids: string[],
  at: number,
): Promise<boolean> {
  const known = await db
    .selectFrom('incoming')
    .select('id')
    .where('platform', '=', platform)
    .where('id', 'in', ids)
    .executeTakeFirst()
  if (known) return false
  await db
    .insertInto('incoming')
    .values([...new Set(ids)].map((id) => ({ platform, id, at })))
    .execute()
  return true
}

/**
 * Takes one of so many turns that there are of something.
 * @returns false where all of them are taken
 */
export async function takeTurn(
  db: Db,
  platform: Platform,
  { of, turns }: { of: string; turns: number },
  at: number,
): Promise<boolean> {
  for (let nth = 1; nth <= turns; nth += 1) {
    if (await recordIncoming(db, platform, [`${of}-${nth}`], at)) return true
  }
  return false
}

/** Platforms stop redelivering after some hours; what is older only takes space. */
export async function forgetIncoming(db: Db, before: number): Promise<void> {
  await db.deleteFrom('incoming').where('at', '<', before).execute()
}
