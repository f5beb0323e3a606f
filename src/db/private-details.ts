import type { PrivateDetails } from '../domain/private-details.ts'
import type { Db } from './schema.ts'

/** Of the item and of those merged into it, as far as there are any, itself first. */
export async function privateDetailsOf(db: Db, code: number, limit: number): Promise<PrivateDetails[]> {
  const rows = await db
    .selectFrom('items')
    .select(['code', 'title', 'petitioner', 'phone', 'address'])
    .where((e) => e.or([e('code', '=', code), e('merged_into', '=', code)]))
    .where((e) =>
      e.or([e('petitioner', 'is not', null), e('phone', 'is not', null), e('address', 'is not', null)]),
    )
    .orderBy('code')
    .limit(limit)
    .execute()
  return rows.toSorted((a, b) => Number(b.code === code) - Number(a.code === code))
}
