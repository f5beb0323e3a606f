import type { Db } from './schema.ts'

/** The items that were merged into this one. */
export async function mergedInto(db: Db, code: number): Promise<number[]> {
  const rows = await db
    .selectFrom('items')
    .select('code')
    .where('merged_into', '=', code)
    .orderBy('code')
    .execute()
  return rows.map((row) => row.code)
}

/** That item stands for these from now on; their status comes from `moveItem`. */
export async function setMergedInto(db: Db, codes: readonly number[], into: number): Promise<void> {
  if (codes.length === 0) return
  await db
    .updateTable('items')
    .set({ merged_into: into })
    .where('code', 'in', [...codes])
    .execute()
}
