import { urgencies } from '../domain/item.ts'
import type { ItemRow } from './items.ts'
import type { Db } from './schema.ts'

const hasty = urgencies.filter((urgency) => urgency !== 'normal')

/** Those above `code` that nobody has judged and that cannot wait, oldest first. */
export async function urgentUnjudgedAfter(db: Db, code: number): Promise<ItemRow[]> {
  return unjudgedAfter(db, code).where('urgency', 'in', hasty).selectAll().orderBy('code').execute()
}

/** The first of those above `code` that nobody has judged and that can wait, and how many there are. */
export async function unhurriedUnjudgedAfter(
  db: Db,
  code: number,
  limit: number,
): Promise<{ items: ItemRow[]; total: number }> {
  const waiting = unjudgedAfter(db, code).where('urgency', 'not in', hasty)
  const items = await waiting.selectAll().orderBy('code').limit(limit).execute()
  const { total } = await waiting.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { items, total }
}

/** The highest number there is; 0 where there is none. */
export async function newestCode(db: Db): Promise<number> {
  const row = await db.selectFrom('items').select('code').orderBy('code', 'desc').limit(1).executeTakeFirst()
  return row?.code ?? 0
}

/** The highest number above `code` that came in by then; null where there is none. */
export async function newestCodeBy(db: Db, code: number, by: number): Promise<number | null> {
  const row = await db
    .selectFrom('items')
    .select('code')
    .where('code', '>', code)
    .where('created_at', '<=', by)
    .orderBy('code', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.code ?? null
}

function unjudgedAfter(db: Db, code: number) {
  return db.selectFrom('items').where('code', '>', code).where('status', '=', 'triage')
}
