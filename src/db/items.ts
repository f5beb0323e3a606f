import type { Insertable, Selectable } from 'kysely'
import type { ItemStatus, Source, Urgency } from '../domain/item.ts'
import type { Db, ItemsTable } from './schema.ts'

export type ItemRow = Selectable<ItemsTable>
export type NewItem = Omit<Insertable<ItemsTable>, 'code' | 'closing' | 'merged_into'>

/** @returns the code. */
export async function insertItem(db: Db, item: NewItem): Promise<number> {
  const { code } = await db
    .insertInto('items')
    .values({ ...item, merged_into: null })
    .returning('code')
    .executeTakeFirstOrThrow()
  return code
}

export async function itemByCode(db: Db, code: number): Promise<ItemRow | undefined> {
  return db.selectFrom('items').selectAll().where('code', '=', code).executeTakeFirst()
}

/** The codes of those external ids of one source that are known. */
export async function codesByExternalId(
  db: Db,
  source: Source,
  externalIds: string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('items')
    .select(['external_id', 'code'])
    .where('source', '=', source)
    .where('external_id', 'in', externalIds)
    .execute()
  return new Map(rows.map((row) => [row.external_id as string, row.code]))
}

export async function setItemStatus(db: Db, code: number, status: ItemStatus): Promise<void> {
  await db.updateTable('items').set({ status }).where('code', '=', code).execute()
}

/** Items that no department has, oldest first. */
export async function undispatchedItems(
  db: Db,
  statuses: ItemStatus[],
  limit: number,
): Promise<{ items: ItemRow[]; total: number }> {
  const waiting = db.selectFrom('items').where('status', 'in', statuses)
  const items = await waiting.selectAll().orderBy('code').limit(limit).execute()
  const { total } = await waiting.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { items, total }
}

export async function setUrgency(db: Db, code: number, urgency: Urgency): Promise<void> {
  await db.updateTable('items').set({ urgency }).where('code', '=', code).execute()
}
