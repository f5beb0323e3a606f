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
  return db
    .selectFrom('uptakes')
    .innerJoin('people', 'people.id', 'uptakes.person_id')
    .select(['uptakes.at', 'people.name as by', 'uptakes.kind', 'uptakes.note'])
    .where('item_code', '=', code)
    .orderBy('uptakes.id')
    .execute()
}
