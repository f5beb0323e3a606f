import type { Uptake } from '../domain/closing.ts'
import type { Db } from './schema.ts'

export async function insertUptake(
  db: Db,
  row: { item: number; at: number; person: number; kind: Uptake['kind']; note: string },
): Promise<void> {
  await db
    .insertInto('uptakes')
    .values({ item_code: row.item, at: row.at, person_id: row.person, kind: row.kind, note: row.note })
    .execute()
}

/** Oldest first. */
export async function uptakesOf(db: Db, code: number): Promise<Uptake[]> {
  return (await uptakesOfItems(db, [code])).get(code) ?? []
}

/** Of each of these items that has any, oldest first; of a thousand items at most. */
export async function uptakesOfItems(db: Db, codes: number[]): Promise<Map<number, Uptake[]>> {
  const rows = await db
    .selectFrom('uptakes')
    .innerJoin('people', 'people.id', 'uptakes.person_id')
    .select(['item_code', 'uptakes.at', 'people.name as by', 'uptakes.kind', 'uptakes.note'])
    .where('item_code', 'in', codes)
    .orderBy('uptakes.id')
    .execute()
  const found = new Map<number, Uptake[]>()
  for (const { item_code, ...row } of rows) {
    found.set(item_code, [...(found.get(item_code) ?? []), row])
  }
  return found
}
