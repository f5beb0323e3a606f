import { urgencies } from '../domain/item.ts'
import type { ItemRow } from './items.ts'
import type { Db } from './schema.ts'

const hasty = urgencies.filter((urgency) => urgency !== 'normal')

/** Those above `code` that nobody has judged and that cannot wait, oldest first. */
export async function urgentUnjudged(db: Db, code: number): Promise<ItemRow[]> {
  return unjudged(db, code).where('urgency', 'in', hasty).selectAll().orderBy('code').execute()
}

/** The first of those above `code`, and up to `last`, that nobody has judged and that can wait; how many there are. */
export async function unhurriedUnjudged(
  db: Db,
  { code, last, limit }: { code: number; last: number; limit: number },
): Promise<{ items: ItemRow[]; total: number }> {
  const waiting = unjudged(db, code).where('code', '<=', last).where('urgency', 'not in', hasty)
  const items = await waiting.selectAll().orderBy('code').limit(limit).execute()
  const { total } = await waiting.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { items, total }
}

/** The oldest of those above `code` that nobody has judged and that can wait: cheap, for every sweep asks it. */
export async function firstUnhurriedUnjudged(db: Db, code: number): Promise<ItemRow | null> {
  const waiting = unjudged(db, code).where('urgency', 'not in', hasty)
  return (await waiting.selectAll().orderBy('code').limit(1).executeTakeFirst()) ?? null
}

/** The number up to which all above `code` had come in before that moment. */
export async function lastBefore(db: Db, code: number, moment: number): Promise<number> {
  const later = await db
    .selectFrom('items')
    .select('code')
    .where('code', '>', code)
    .where('created_at', '>=', moment)
    .orderBy('code')
    .limit(1)
    .executeTakeFirst()
  if (later) return later.code - 1
  const newest = await db
    .selectFrom('items')
    .select('code')
    .orderBy('code', 'desc')
    .limit(1)
    .executeTakeFirst()
  return Math.max(code, newest?.code ?? 0)
}

function unjudged(db: Db, code: number) {
  return db.selectFrom('items').where('code', '>', code).where('status', '=', 'triage')
}
