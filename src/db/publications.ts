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
  return db
    .selectFrom('publications')
    .innerJoin('people', 'people.id', 'publications.person_id')
    .select(['publications.at', 'people.name as by', 'publications.url', 'publications.text'])
    .where('item_code', '=', code)
    .orderBy('publications.id')
    .execute()
}
