import type { Insertable, Selectable } from 'kysely'
import type { Closing } from '../domain/assignment.ts'
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
  { limit, offset }: { limit: number; offset: number },
): Promise<{ items: ItemRow[]; total: number }> {
  const waiting = db.selectFrom('items').where('status', 'in', statuses)
  const items = await waiting.selectAll().orderBy('code').limit(limit).offset(offset).execute()
  const { total } = await waiting.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { items, total }
}

export async function setUrgency(db: Db, code: number, urgency: Urgency): Promise<void> {
  await db.updateTable('items').set({ urgency }).where('code', '=', code).execute()
}

/** How many reports each item stands for, where that is more than itself. */
export async function reportsOf(db: Db, codes: number[]): Promise<Map<number, number>> {
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('items')
    .select((e) => ['merged_into', e.fn.countAll<number>().as('total')])
    .where('merged_into', 'in', codes)
    .groupBy('merged_into')
    .execute()
  return new Map(rows.map((row) => [row.merged_into ?? 0, row.total + 1]))
}

export async function setClosing(db: Db, code: number, closing: Closing): Promise<void> {
  await db.updateTable('items').set({ closing }).where('code', '=', code).execute()
}
