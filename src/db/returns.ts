import { sql } from 'kysely'
import type { Rate } from '../domain/rates.ts'
import type { AssignmentsTable, Db } from './schema.ts'

/** The empty text keeps SQLite from starting at all that was ever returned. */
const assignmentStatus = sql<AssignmentsTable['status']>`assignments.status || ''`

export interface Redispatch {
  department: string
  at: number
  /** Null: the operator. */
  by: string | null
}

/** To whom what that assignment was a part of went next, in the same part. */
export async function redispatchAfter(
  db: Db,
  { id, code, part }: { id: number; code: number; part: 'lead' | 'co' },
): Promise<Redispatch | null> {
  const row = await db
    .selectFrom('assignments')
    .innerJoin('departments', 'departments.id', 'assignments.department_id')
    .leftJoin('people', 'people.id', 'assignments.dispatched_by')
    .select(['departments.name as department', 'assignments.dispatched_at as at', 'people.name as by'])
    .where('assignments.item_code', '=', code)
    .where('assignments.part', '=', part)
    .where('assignments.id', '>', id)
    // Below 0: it was undone.
    .where('assignments.round', '>', 0)
    .orderBy('assignments.id')
    .executeTakeFirst()
  return row ?? null
}

/** The assignments of an item that were returned. */
export async function returnedOf(db: Db, code: number): Promise<number[]> {
  const rows = await db
    .selectFrom('assignments')
    .select('id')
    .where('item_code', '=', code)
    .where(assignmentStatus, '=', 'returned')
    .execute()
  return rows.map(({ id }) => id)
}

/** How many of all that was dispatched to them, as lead or beside one, departments returned; by their names. */
export async function returnRates(db: Db, departmentId?: number): Promise<Map<string, Rate>> {
  const all = db
    .selectFrom('assignments')
    .innerJoin('departments', 'departments.id', 'assignments.department_id')
    .select((e) => ['departments.name', 'assignments.status', e.fn.countAll<number>().as('total')])
    .where('assignments.round', '>', 0)
    .groupBy(['departments.name', 'assignments.status'])
  const rows = await (departmentId === undefined
    ? all
    : all.where('assignments.department_id', '=', departmentId)
  ).execute()
  const rates = new Map<string, Rate>()
  for (const { name, status, total } of rows) {
    const { n, m } = rates.get(name) ?? { n: 0, m: 0 }
    rates.set(name, { n: n + (status === 'returned' ? total : 0), m: m + total })
  }
  return rates
}
