import type { Source } from '../domain/item.ts'
import type { ItemRow } from './items.ts'
import type { Db } from './schema.ts'

/** The items of these external ids of one source, at most a thousand ids. */
export async function itemsByExternalId(db: Db, source: Source, externalIds: string[]): Promise<ItemRow[]> {
  return db
    .selectFrom('items')
    .selectAll()
    .where('source', '=', source)
    .where('external_id', 'in', externalIds)
    .execute()
}

/** The items of one source that have no external id and one of these titles, at most a thousand; oldest first. */
export async function unnumberedItems(db: Db, source: Source, titles: string[]): Promise<ItemRow[]> {
  return db
    .selectFrom('items')
    .selectAll()
    .where('source', '=', source)
    .where('external_id', 'is', null)
    .where('title', 'in', titles)
    .orderBy('code')
    .execute()
}

/** Those of these items that nobody has dispatched, merged or declined yet. */
export async function undispatchedAmong(db: Db, codes: number[]): Promise<number[]> {
  const rows = await db
    .selectFrom('items')
    .select('code')
    .where('code', 'in', codes)
    .where('status', 'in', ['triage', 'ready'])
    .orderBy('code')
    .execute()
  return rows.map(({ code }) => code)
}
