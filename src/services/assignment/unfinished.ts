import type { Assignment, AssignmentStatus } from '../../domain/assignment.ts'
import { UserError } from '../../errors.ts'

const finished: readonly AssignmentStatus[] = ['accepted', 'returned', 'withdrawn']

export function isUnfinished({ status }: Assignment): boolean {
  return !finished.includes(status)
}

/** @throws {UserError} where the department has nothing more to do with the assignment. */
export function requireUnfinished(assignment: Assignment): void {
  if (isUnfinished(assignment)) return
  const { item, status } = assignment
  throw new UserError((t) => t.errors.finished(item.code, t.assignmentStatuses[status]))
}
