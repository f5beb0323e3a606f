/** An assignment 交办: one department's share of an item. */

export const assignmentStatuses = [
  'sent',
  'working',
  'review',
  'accepted',
  'suspended',
  'returned',
  'withdrawn',
] as const
export type AssignmentStatus = (typeof assignmentStatuses)[number]

export const parts = ['lead', 'co'] as const
export type Part = (typeof parts)[number]

export const outcomes = ['resolved', 'mostly_resolved', 'in_progress', 'deferred', 'reference'] as const
export type Outcome = (typeof outcomes)[number]

/** Outcomes that end an assignment once accepted; `in_progress` is interim. */
export function isFinal(outcome: Outcome): boolean {
  return outcome !== 'in_progress'
}

/** Outcomes that count as solved in the rates. */
export function isSolved(outcome: Outcome): boolean {
  return outcome === 'resolved' || outcome === 'mostly_resolved'
}

/** Outcomes that are only accepted with a reason. */
export function needsReason(outcome: Outcome): boolean {
  return outcome === 'deferred' || outcome === 'reference'
}
