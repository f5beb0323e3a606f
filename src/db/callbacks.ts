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
  const rows = await db
    .selectFrom('callbacks')
    .innerJoin('people', 'people.id', 'callbacks.person_id')
    .select(['callbacks.round', 'callbacks.at', 'people.name as by', 'callbacks.satisfied', 'callbacks.note'])
    .where('item_code', '=', code)
    .orderBy('callbacks.id')
    .execute()
  return rows.map((row) => ({ ...row, satisfied: row.satisfied === 1 }))
}
