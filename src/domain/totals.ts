import type { AssignmentStatus, Outcome } from './assignment.ts'
import type { ItemStatus } from './item.ts'
import { isOverdue } from './nudge-ladder.ts'
import type { Office } from './office-hours.ts'
import { noRates, type Rate, type Rates } from './rates.ts'

/**
 * What `/status` answers. An item counts by its lead assignment of the newest round, and each dispatched item stands in
 * exactly one of the parts from `unacknowledged` to `reference`, so they add up to `dispatched`; `overdue` is among them.
 */
export interface Totals extends Rates {
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

/** Lead assignments of their items' newest rounds of which the totals need not know more than how many they are. */
export interface CountedAssignments {
  department: string
  status: AssignmentStatus
  outcome: Outcome | null
  promisedDate: string | null
  /** One of theirs; the due times of all of them are over, or of none. */
  dueAt: number
  count: number
}

/** Counts what stands. `items` says how many items there are of each status. */
export function totalsOf(
  items: Partial<Record<ItemStatus, number>>,
  assignments: readonly CountedAssignments[],
  rates: Rates,
  now: number,
  office: Office,
): Totals {
  const counts = Object.fromEntries(dispatchedParts.map((part) => [part, 0])) as Record<
    DispatchedPart,
    number
  >
  let dispatched = 0
  let overdue = 0
  for (const alike of assignments) {
    dispatched += alike.count
    counts[partOf(alike)] += alike.count
    if (isOverdue(alike, now, office)) overdue += alike.count
  }
  return {
    collected: Object.values(items).reduce((sum, count) => sum + count, 0),
    waiting: (items.triage ?? 0) + (items.ready ?? 0),
    merged: items.merged ?? 0,
    declined: items.declined ?? 0,
    dispatched,
    ...counts,
    overdue,
    ...rates,
  }
}

/** The same for each department, worst first: most overdue, then most open. */
export function departmentTotals(
  assignments: readonly CountedAssignments[],
  rates: ReadonlyMap<string, Rates>,
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
      ...totalsOf({}, own, rates.get(department) ?? noRates, now, office),
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

function partOf({ status, outcome }: CountedAssignments): DispatchedPart {
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
