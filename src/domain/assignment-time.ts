import type { Assignment } from './assignment.ts'
import { effectiveDue, isOverdue, type NudgeSubject } from './nudge-ladder.ts'
import type { Office } from './office-hours.ts'
import { defaultPolicy, parsePolicy } from './policy.ts'

/** An assignment as the nudge ladder looks at it. */
export function nudgeSubject(assignment: Assignment, office: Office): NudgeSubject {
  return {
    status: assignment.status,
    urgency: assignment.item.urgency,
    policy: parsePolicy(assignment.policy, office.hours.timezone) ?? defaultPolicy,
    dispatchedAt: assignment.dispatchedAt,
    dueFrom: assignment.dueFrom,
    dueAt: assignment.dueAt,
    dueSetAt: assignment.dueSetAt,
    promisedDate: assignment.promisedDate,
    promisedSetAt: assignment.promisedSetAt,
    reviewDate: assignment.reviewDate,
  }
}

/** When it counts as late: the due time, or the close of the day promised in an accepted interim feedback. */
export function lateFrom(assignment: Assignment, office: Office): number {
  return effectiveDue(assignment, office)
}

export function isLate(assignment: Assignment, now: number, office: Office): boolean {
  return isOverdue(assignment, now, office)
}
