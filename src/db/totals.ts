import type { ItemStatus } from '../domain/item.ts'
import type { CountedAssignment } from '../domain/totals.ts'
import type { Db } from './schema.ts'

export async function itemCounts(db: Db): Promise<Partial<Record<ItemStatus, number>>> {
  const rows = await db
    .selectFrom('items')
    .select((e) => ['status', e.fn.countAll<number>().as('total')])
    .groupBy('status')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.status, row.total]))
}

/** The lead assignment of the newest round of every dispatched item, of one department or of all. */
export async function countedAssignments(db: Db, departmentId?: number): Promise<CountedAssignment[]> {
  let query = db
    .selectFrom('assignments')
    .innerJoin('departments', 'departments.id', 'assignments.department_id')
    .select([
      'departments.name as department',
      'assignments.status',
      'assignments.outcome',
      'assignments.promised_date as promisedDate',
      'assignments.dispatched_at as dispatchedAt',
      'assignments.due_at as dueAt',
      'assignments.solved_at as solvedAt',
    ])
    .where('assignments.part', '=', 'lead')
    .where('assignments.status', 'not in', ['returned', 'withdrawn'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('assignments as later')
            .select('later.id')
            .whereRef('later.item_code', '=', 'assignments.item_code')
            .whereRef('later.round', '>', 'assignments.round'),
        ),
      ),
    )
  if (departmentId !== undefined) query = query.where('assignments.department_id', '=', departmentId)
  return query.execute()
}

/** Assignments dispatched, and solved for good, since `since`. */
export async function countsSince(db: Db, since: number): Promise<{ dispatched: number; solved: number }> {
  const count = db
    .selectFrom('assignments')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('part', '=', 'lead')
    .where('status', 'not in', ['returned', 'withdrawn'])
  const dispatched = await count.where('dispatched_at', '>=', since).executeTakeFirstOrThrow()
  const solved = await count
    .where('accepted_at', '>=', since)
    .where('outcome', 'in', ['resolved', 'mostly_resolved'])
    .executeTakeFirstOrThrow()
  return { dispatched: dispatched.total, solved: solved.total }
}
