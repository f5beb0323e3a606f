import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { ItemStatus } from '../domain/item.ts'
import type { Rate, RatedDay } from '../domain/rates.ts'
import type { PeriodFacts, StoodAssignment } from '../domain/report.ts'
import type { CountedAssignments } from '../domain/totals.ts'
import type { Db, Schema } from './schema.ts'

export async function itemCounts(db: Db): Promise<Partial<Record<ItemStatus, number>>> {
  const rows = await db
    .selectFrom('items')
    .select((e) => ['status', e.fn.countAll<number>().as('total')])
    .groupBy('status')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.status, row.total]))
}

/** The lead assignments of the newest round of every dispatched item, of one department or of all, counted by what they are. */
export async function countedAssignments(
  db: Db,
  now: number,
  departmentId?: number,
): Promise<CountedAssignments[]> {
  return db
    .selectFrom('assignments')
    .innerJoin('departments', 'departments.id', 'assignments.department_id')
    .where(counts(departmentId))
    .select((e) => [
      'departments.name as department',
      'assignments.status',
      'assignments.outcome',
      'assignments.promised_date as promisedDate',
      e.fn.max('assignments.due_at').as('dueAt'),
      e.fn.countAll<number>().as('count'),
    ])
    .groupBy((e) => [
      'departments.name',
      'assignments.status',
      'assignments.outcome',
      'assignments.promised_date',
      e('assignments.due_at', '<', now),
    ])
    .execute()
}

/** When the first of all was dispatched. */
export async function firstDispatch(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('assignments')
    .select('dispatched_at')
    .where('part', '=', 'lead')
    .orderBy('dispatched_at')
    .limit(1)
    .executeTakeFirst()
  return row?.dispatched_at
}

/**
 * Of the same assignments, how many were dispatched on these days, and how many of them reported solved by the end of their
 * day's window; by the departments' names.
 */
export async function solvedInTime(
  db: Db,
  days: readonly RatedDay[],
  departmentId?: number,
): Promise<Map<string, Rate>> {
  if (days.length === 0) return new Map()
  const values = sql.raw<DaysTable>(
    `(values ${days.map(({ from, until, end }) => `(${from}, ${until}, ${end})`).join(', ')})`,
  )
  const rows = await db
    .with('days(from_at, until_at, end_at)', () => values)
    .selectFrom('days')
    // Crossed, for SQLite keeps that order: it would compare each assignment with every day.
    .crossJoin('assignments')
    .innerJoin('departments', 'departments.id', 'assignments.department_id')
    .where(counts(departmentId))
    .whereRef('assignments.dispatched_at', '>=', 'days.from_at')
    .whereRef('assignments.dispatched_at', '<', 'days.until_at')
    .select((e) => [
      'departments.name',
      e.fn.countAll<number>().as('m'),
      e.fn.countAll<number>().filterWhereRef('assignments.solved_at', '<=', 'days.end_at').as('n'),
    ])
    .groupBy('departments.name')
    .execute()
  return new Map(rows.map(({ name, n, m }) => [name, { n, m }]))
}

interface DaysTable {
  from_at: number
  until_at: number
  end_at: number
}

/** The condition on what the totals count. */
function counts(departmentId: number | undefined): Expression<SqlBool> {
  const e = expressionBuilder<Schema, 'assignments'>()
  const later = e
    .selectFrom('assignments as later')
    .select('later.id')
    .whereRef('later.item_code', '=', 'assignments.item_code')
    .whereRef('later.round', '>', 'assignments.round')
  return e.and([
    e('assignments.part', '=', 'lead'),
    e('assignments.status', 'not in', ['returned', 'withdrawn']),
    e.not(e.exists(later)),
    ...(departmentId === undefined ? [] : [e('assignments.department_id', '=', departmentId)]),
  ])
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
