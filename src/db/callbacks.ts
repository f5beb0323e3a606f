import type { Callback } from '../domain/closing.ts'
import type { Db } from './schema.ts'

export async function insertCallback(
  db: Db,
  row: { item: number; round: number; at: number; person: number; satisfied: boolean; note: string | null },
): Promise<void> {
  await db
    .insertInto('callbacks')
    .values({
      item_code: row.item,
      round: row.round,
      at: row.at,
      person_id: row.person,
      satisfied: row.satisfied ? 1 : 0,
      note: row.note,
    })
    .execute()
}

/** Oldest first. */
export async function callbacksOf(db: Db, code: number): Promise<Callback[]> {
  return (await callbacksOfItems(db, [code])).get(code) ?? []
}

/** Of each of these items that has any, oldest first; of a thousand items at most. */
export async function callbacksOfItems(db: Db, codes: number[]): Promise<Map<number, Callback[]>> {
  const rows = await db
    .selectFrom('callbacks')
    .innerJoin('people', 'people.id', 'callbacks.person_id')
    .select([
      'item_code',
      'callbacks.round',
      'callbacks.at',
      'people.name as by',
      'callbacks.satisfied',
      'callbacks.note',
    ])
    .where('item_code', 'in', codes)
    .orderBy('callbacks.id')
    .execute()
  const found = new Map<number, Callback[]>()
  for (const { item_code, ...row } of rows) {
    found.set(item_code, [...(found.get(item_code) ?? []), { ...row, satisfied: row.satisfied === 1 }])
  }
  return found
}
