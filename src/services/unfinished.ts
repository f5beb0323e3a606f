import type { Assignment, AssignmentStatus } from '../domain/assignment.ts'
import { UserError } from '../errors.ts'

const finished: readonly AssignmentStatus[] = ['accepted', 'returned', 'withdrawn']

/** @throws {UserError} where the department has nothing more to do with the assignment. */
export function requireUnfinished({ item, status }: Assignment): void {
  if (!finished.includes(status)) return
  throw new UserError((t) => t.errors.finished(item.code, t.assignmentStatuses[status]))
}
