import type { ItemStatus } from '../domain/item.ts'
import type { PeriodFacts, StoodAssignment } from '../domain/report.ts'
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

/** What happened from `from` until before `to`, as it stood then: whatever came later is left out. */
export async function periodFacts(db: Db, { from, to }: { from: number; to: number }): Promise<PeriodFacts> {
  const { collected } = await db
    .selectFrom('items')
    .select((e) => e.fn.countAll<number>().as('collected'))
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .executeTakeFirstOrThrow()
  const returned = await db
    .selectFrom('assignments')
    .innerJoin('departments', 'departments.id', 'assignments.department_id')
    .select((e) => ['departments.name', e.fn.countAll<number>().as('total')])
    .where('assignments.status', '=', 'returned')
    .where('assignments.round', '>', 0)
    .where('assignments.returned_at', '>=', from)
    .where('assignments.returned_at', '<', to)
    .groupBy('departments.name')
    .execute()
  return {
    collected,
    stood: await stoodBefore(db, to),
    returned: new Map(returned.map(({ name, total }) => [name, total])),
  }
}

/** The lead assignment of the round in which each item was before `to`. */
async function stoodBefore(db: Db, to: number): Promise<StoodAssignment[]> {
  const rows = await db
    .selectFrom('assignments')
    .innerJoin('departments', 'departments.id', 'assignments.department_id')
    .select([
      'departments.name as department',
      'assignments.dispatched_at as dispatchedAt',
      'assignments.solved_at as solvedAt',
      'assignments.accepted_at as acceptedAt',
    ])
    .where('assignments.part', '=', 'lead')
    // Below 0: its dispatch was undone.
    .where('assignments.round', '>', 0)
    .where('assignments.status', '!=', 'withdrawn')
    .where('assignments.dispatched_at', '<', to)
    .where((e) => e.or([e('assignments.returned_at', 'is', null), e('assignments.returned_at', '>=', to)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('assignments as later')
            .select('later.id')
            .whereRef('later.item_code', '=', 'assignments.item_code')
            .whereRef('later.round', '>', 'assignments.round')
            // A co-department's share goes on in the next round, and was dispatched before that began.
            .where('later.part', '=', 'lead')
            .where('later.dispatched_at', '<', to),
        ),
      ),
    )
    .execute()
  return rows.map(({ solvedAt, acceptedAt, ...row }) =>
    acceptedAt !== null && acceptedAt < to
      ? { ...row, solvedAt, acceptedAt }
      : { ...row, solvedAt: null, acceptedAt: null },
  )
}
