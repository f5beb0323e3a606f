import type { Publication } from '../domain/closing.ts'
import type { Db } from './schema.ts'

export async function insertPublication(
  db: Db,
  row: { item: number; at: number; person: number; url: string; text: string | null },
): Promise<void> {
  await db
    .insertInto('publications')
    .values({ item_code: row.item, at: row.at, person_id: row.person, url: row.url, text: row.text })
    .execute()
}

/** Oldest first. */
export async function publicationsOf(db: Db, code: number): Promise<Publication[]> {
  return (await publicationsOfItems(db, [code])).get(code) ?? []
}

/** Of each of these items that has any, oldest first; of a thousand items at most. */
export async function publicationsOfItems(db: Db, codes: number[]): Promise<Map<number, Publication[]>> {
  const rows = await db
    .selectFrom('publications')
    .innerJoin('people', 'people.id', 'publications.person_id')
    .select(['item_code', 'publications.at', 'people.name as by', 'publications.url', 'publications.text'])
    .where('item_code', 'in', codes)
    .orderBy('publications.id')
    .execute()
  const found = new Map<number, Publication[]>()
  for (const { item_code, ...row } of rows) {
    found.set(item_code, [...(found.get(item_code) ?? []), row])
  }
  return found
}
