import type { AssignmentStatus, Outcome } from './assignment.ts'
import type { ItemStatus } from './item.ts'
import { isOverdue } from './nudge-ladder.ts'
import type { Office } from './office-hours.ts'
import { type Rate, solvedWithin } from './rates.ts'

/**
 * What `/status` answers. An item counts by its lead assignment of the newest round, and each dispatched item stands in
 * exactly one of the parts from `unacknowledged` to `reference`, so they add up to `dispatched`; `overdue` is among them.
 */
export interface Totals {
  collected: number
  /** Not dispatched yet: waiting for judgement or for a department. */
  waiting: number
  merged: number
  declined: number
  dispatched: number
  unacknowledged: number
  working: number
  review: number
  suspended: number
  /** An interim feedback was accepted: being solved. */
  in_progress: number
  resolved: number
  mostly_resolved: number
  deferred: number
  reference: number
  overdue: number
  /** Reported solved within 3 working days, and within 7 days, of dispatch. */
  rate_3wd: Rate
  rate_7d: Rate
}

export interface DepartmentTotals extends Totals {
  department: string
  /** How much of all that was ever dispatched to it, as lead or beside one, it returned. */
  returns: Rate
}

/** The parts that make up `dispatched`. */
export const dispatchedParts = [
  'unacknowledged',
  'working',
  'review',
  'suspended',
  'in_progress',
  'resolved',
  'mostly_resolved',
  'deferred',
  'reference',
] as const satisfies readonly (keyof Totals)[]

/** What the totals must know of the lead assignment of an item's newest round. */
export interface CountedAssignment {
  department: string
  status: AssignmentStatus
  outcome: Outcome | null
  promisedDate: string | null
  dispatchedAt: number
  dueAt: number
  solvedAt: number | null
}

/** Counts what stands. `items` says how many items there are of each status. */
export function totalsOf(
  items: Partial<Record<ItemStatus, number>>,
  assignments: readonly CountedAssignment[],
  now: number,
  office: Office,
): Totals {
  const counts = Object.fromEntries(dispatchedParts.map((part) => [part, 0])) as Record<
    DispatchedPart,
    number
  >
  let overdue = 0
  for (const assignment of assignments) {
    counts[partOf(assignment)] += 1
    if (isOverdue(assignment, now, office)) overdue += 1
  }
  const rated = assignments.map(({ dispatchedAt, solvedAt }) => ({ dispatchedAt, solvedAt, counted: true }))
  return {
    collected: Object.values(items).reduce((sum, count) => sum + count, 0),
    waiting: (items.triage ?? 0) + (items.ready ?? 0),
    merged: items.merged ?? 0,
    declined: items.declined ?? 0,
    dispatched: assignments.length,
    ...counts,
    overdue,
    rate_3wd: solvedWithin(rated, { kind: 'working-days', count: 3 }, now, office),
    rate_7d: solvedWithin(rated, { kind: 'days', count: 7 }, now, office),
  }
}

/** The same for each department, worst first: most overdue, then most open. */
export function departmentTotals(
  assignments: readonly CountedAssignment[],
  now: number,
  office: Office,
  returns: ReadonlyMap<string, Rate> = new Map(),
): DepartmentTotals[] {
  const byDepartment = Map.groupBy(assignments, ({ department }) => department)
  for (const [department, { n }] of returns) {
    if (n > 0 && !byDepartment.has(department)) byDepartment.set(department, [])
  }
  return [...byDepartment]
    .map(([department, own]) => ({
      department,
      ...totalsOf({}, own, now, office),
      returns: returns.get(department) ?? { n: 0, m: 0 },
    }))
    .sort(
      (a, b) =>
        b.overdue - a.overdue || openOf(b) - openOf(a) || a.department.localeCompare(b.department, 'zh'),
    )
}

/** Still with the departments or under review. */
export function openOf(totals: Totals): number {
  return totals.unacknowledged + totals.working + totals.review + totals.suspended + totals.in_progress
}

type DispatchedPart = (typeof dispatchedParts)[number]

function partOf({ status, outcome }: CountedAssignment): DispatchedPart {
  switch (status) {
    case 'sent':
      return 'unacknowledged'
    case 'review':
      return 'review'
    case 'suspended':
      return 'suspended'
    case 'accepted':
      if (!outcome) throw new Error('an accepted assignment has an outcome')
      return outcome
    case 'working':
      return outcome === 'in_progress' ? 'in_progress' : 'working'
    case 'returned':
    case 'withdrawn':
      throw new Error(`an assignment that is ${status} is not counted`)
  }
}
