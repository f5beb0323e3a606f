import type { Office } from './office-hours.ts'
import { type Rates, rateWindows, solvedWithin } from './rates.ts'

/** What a report must know of the lead assignment that an item had at the end of the period. */
export interface StoodAssignment {
  department: string
  dispatchedAt: number
  /** When the department reported the solved outcome, and when that was accepted; null: not by then. */
  solvedAt: number | null
  acceptedAt: number | null
}

/** What happened in a period. */
export interface PeriodFacts {
  /** New items; those too that were merged or declined since. */
  collected: number
  /** Items that had a lead department at the end of it. */
  stood: readonly StoodAssignment[]
  /** How much each department returned in it, as lead or beside one. */
  returned: ReadonlyMap<string, number>
}

export interface PeriodCounts {
  dispatched: number
  solved: number
  returned: number
}

/** The rates are over all items, as they were at the end of the period. */
export interface PeriodNumbers extends PeriodCounts, Rates {
  collected: number
  departments: ({ department: string } & PeriodCounts)[]
}

/**
 * An item counts by the round that it was in at the end of the period: dispatched twice it counts once, and what was
 * solved and reopened is not solved. So the numbers of a period that is over stay what they were at its end.
 */
export function periodNumbers(
  { collected, stood, returned }: PeriodFacts,
  { from, to }: { from: number; to: number },
  at: number,
  office: Office,
): PeriodNumbers {
  const counts = new Map<string, PeriodCounts>()
  const of = (department: string) => {
    const known = counts.get(department) ?? { dispatched: 0, solved: 0, returned: 0 }
    counts.set(department, known)
    return known
  }
  const isWithin = (moment: number | null) => moment !== null && moment >= from && moment < to
  for (const { department, dispatchedAt, solvedAt, acceptedAt } of stood) {
    if (isWithin(dispatchedAt)) of(department).dispatched += 1
    if (solvedAt !== null && isWithin(acceptedAt)) of(department).solved += 1
  }
  for (const [department, count] of returned) of(department).returned += count
  const departments = [...counts].map(([department, own]) => ({ department, ...own }))
  const sum = (key: keyof PeriodCounts) => departments.reduce((all, row) => all + row[key], 0)
  const rated = stood.map(({ dispatchedAt, solvedAt }) => ({ dispatchedAt, solvedAt, counted: true }))
  return {
    collected,
    dispatched: sum('dispatched'),
    solved: sum('solved'),
    returned: sum('returned'),
    departments: departments.sort(
      (a, b) => b.dispatched - a.dispatched || a.department.localeCompare(b.department, 'zh'),
    ),
    rate_3wd: solvedWithin(rated, rateWindows.rate_3wd, at, office),
    rate_7d: solvedWithin(rated, rateWindows.rate_7d, at, office),
  }
}
