import type { ItemStatus } from '../domain/item.ts'
import type { Department } from './departments.ts'
import type { ItemRow } from './items.ts'
import type { Db } from './schema.ts'

/** Which items; every condition that is given must hold. */
export interface ItemFilter {
  statuses?: readonly ItemStatus[]
  /** That has a share in it. */
  department?: Department
  /** A share of it, that department's where one is given, was due before. */
  dueBefore?: number
}

/** Those that follow `code`, by their number. */
export async function itemsFollowing(
  db: Db,
  code: number,
  { statuses, department, dueBefore }: ItemFilter,
  limit: number,
): Promise<ItemRow[]> {
  let query = db.selectFrom('items').selectAll().where('code', '>', code)
  if (statuses) query = query.where('status', 'in', [...statuses])
  if (department || dueBefore !== undefined) {
    query = query.where(({ exists, selectFrom }) => {
      let shares = selectFrom('assignments')
        .select('assignments.id')
        .whereRef('assignments.item_code', '=', 'items.code')
        .where('assignments.status', 'not in', ['returned', 'withdrawn'])
      if (department) shares = shares.where('assignments.department_id', '=', department.id)
      if (dueBefore !== undefined) {
        shares = shares
          .where('assignments.status', 'in', ['sent', 'working'])
          .where('assignments.due_at', '<', dueBefore)
      }
      return exists(shares)
    })
  }
  return query.orderBy('code').limit(limit).execute()
}

/** Of these items, at most a thousand. */
export async function itemStatusesOf(db: Db, codes: number[]): Promise<Map<number, ItemStatus>> {
  if (codes.length === 0) return new Map()
  const rows = await db.selectFrom('items').select(['code', 'status']).where('code', 'in', codes).execute()
  return new Map(rows.map(({ code, status }) => [code, status]))
}
