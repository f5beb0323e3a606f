import { updateAssignment } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import { supersedeFeedback } from '../../db/feedback.ts'
import { dropPending } from '../../db/requests.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { moveAssignment } from '../../domain/lifecycle.ts'
import { refreshCards } from '../delivery/cards.ts'
import { withdrawNudges } from '../nudges/nudge-message.ts'
import type { Work } from '../work.ts'

/** The department need not do it any more 撤回: its card says so, and nothing nudges it. */
export async function withdraw(work: Work, assignment: Assignment, by: number | null): Promise<void> {
  await updateAssignment(work.db, assignment.id, {
    status: moveAssignment(assignment.status, 'withdraw'),
    next_nudge_at: null,
    suspended_at: null,
    review_date: null,
  })
  await withdrawNudges(work, assignment.id)
  await dropPending(work.db, assignment.id, 'withdrawn', work.now)
  // Nobody waits for the review of what is not wanted any more.
  if (assignment.feedback?.review === 'pending') await supersedeFeedback(work.db, assignment.feedback.id)
  await addEvents(work.db, [
    {
      at: work.now,
      what: 'withdrawn',
      item: assignment.item.code,
      assignment: assignment.id,
      person: by,
    },
  ])
  await refreshCards(work, [assignment.id])
}
