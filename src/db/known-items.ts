import type { Kysely } from 'kysely'
import type { Source } from '../domain/item.ts'
import type { ItemRow } from './items.ts'
import type { Schema } from './schema.ts'

/** The items of these external ids of one source, at most a thousand ids. */
export async function itemsByExternalId(
  db: Kysely<Schema>,
  source: Source,
  externalIds: string[],
): Promise<ItemRow[]> {
  return db
    .selectFrom('items')
    .selectAll()
    .where('source', '=', source)
    .where('external_id', 'in', externalIds)
    .execute()
}

/** The items of one source that have no external id and one of these titles, at most a thousand; oldest first. */
export async function unnumberedItems(
  db: Kysely<Schema>,
  source: Source,
  titles: string[],
): Promise<ItemRow[]> {
  return db
    .selectFrom('items')
    .selectAll()
    .where('source', '=', source)
    .where('external_id', 'is', null)
    .where('title', 'in', titles)
    .orderBy('code')
    .execute()
}
