import type { Assignment } from './assignment.ts'
import { lateFrom } from './assignment-time.ts'
import { type Due, extendedDue } from './deadline.ts'
import type { Office } from './office-hours.ts'

/**
 * What an extension is where the lead names no date: 5 working days in total from dispatch. Null where it takes a date:
 * at the second extension, or where these days give no more time than there is.
 */
export function usualExtension(
  assignment: Assignment,
  granted: number,
  now: number,
  office: Office,
): Due | null {
  if (granted > 0) return null
  const extended = extendedDue(assignment.dispatchedAt, office)
  return extended.at > Math.max(now, lateFrom(assignment, office)) ? extended : null
}
