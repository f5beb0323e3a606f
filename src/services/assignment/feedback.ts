import { updateAssignment } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import { insertFeedback, supersedeFeedback } from '../../db/feedback.ts'
import { dropPending } from '../../db/requests.ts'
import type { Assignment, FeedbackDraft } from '../../domain/assignment.ts'
import { needsReason } from '../../domain/assignment.ts'
import { lateFrom } from '../../domain/assignment-time.ts'
import { canMoveAssignment, moveAssignment } from '../../domain/lifecycle.ts'
import { addDays, localDate } from '../../domain/time.ts'
import { UserError } from '../../errors.ts'
import { reviewCard } from '../../messages/review.ts'
import { type Actor, answering, departmentsOf, requireOwn } from '../actor.ts'
import { refreshCards } from '../delivery/cards.ts'
import { postToTaskForce } from '../delivery/task-force.ts'
import { withdrawNudges } from '../nudges/nudge-message.ts'
import { planNudges } from '../nudges/nudge-plan.ts'
import type { Work } from '../work.ts'
import { assignmentById, assignmentFor } from './assignments.ts'

/** Whatever lies beyond is a slip of the pen, such as another century. */
const furthestPromiseDays = 366

export interface FeedbackOrder {
  code: number
  draft: FeedbackDraft
  /** Takes the place of the same person's feedback that is not reviewed yet; a form never does. */
  mayReplace: boolean
}

/**
 * A department's report on its assignment; the task force gets it for review.
 * @throws {UserError} where the draft is incomplete, the item is another department's, or somebody was first
 */
export async function submitFeedback(
  work: Work,
  actor: Actor,
  { code, draft, mayReplace }: FeedbackOrder,
): Promise<{ assignment: Assignment; replaced: boolean }> {
  const own = departmentsOf(actor, answering).map(({ id }) => id)
  const assignment = await assignmentFor(work.db, code, own)
  requireOwn(actor, assignment)
  requireComplete(work, draft)
  const replaced = await makeWay(work, actor, assignment, mayReplace)
  const { db, now } = work
  const feedbackId = await insertFeedback(db, {
    ...draft,
    reason: needsReason(draft.outcome) ? (draft.reason ?? draft.measures) : draft.reason,
    promisedDate: draft.outcome === 'in_progress' ? draft.promisedDate : null,
    assignmentId: assignment.id,
    at: now,
    personId: actor.id,
  })
  const status = replaced ? moveAssignment('review', 'unsubmit') : assignment.status
  await updateAssignment(db, assignment.id, {
    status: moveAssignment(status, 'submit'),
    ...(assignment.acknowledgedAt === null ? { acknowledged_at: now, acknowledged_by: actor.id } : {}),
  })
  await withdrawNudges(work, assignment.id)
  await dropPending(db, assignment.id, 'answered', now)
  await addEvents(db, [
    {
      at: now,
      what: 'feedback',
      item: code,
      assignment: assignment.id,
      person: actor.id,
      detail: { outcome: draft.outcome },
    },
  ])
  const answered = await assignmentById(db, assignment.id)
  await planNudges(work, [answered])
  await askForReview(work, answered, feedbackId)
  await refreshCards(work, [assignment.id])
  return { assignment: answered, replaced }
}

function requireComplete({ app, now }: Work, draft: FeedbackDraft): void {
  if (draft.measures.trim() === '') throw new UserError((t) => t.errors.missing(t.form.measures))
  if (draft.outcome !== 'in_progress') return
  if (draft.promisedDate === null) throw new UserError((t) => t.errors.promiseNeeded)
  const today = localDate(now, app.voice.timezone)
  if (draft.promisedDate < today) throw new UserError((t) => t.errors.promisePassed)
  if (draft.promisedDate > addDays(today, furthestPromiseDays))
    throw new UserError((t) => t.errors.promiseTooFar)
}

/** @returns whether an earlier feedback of the actor's stepped aside. @throws {UserError} where it may not */
async function makeWay(
  work: Work,
  actor: Actor,
  assignment: Assignment,
  mayReplace: boolean,
): Promise<boolean> {
  if (canMoveAssignment(assignment.status, 'submit')) return false
  const { feedback, item, reviewDate, status } = assignment
  if (status === 'suspended' && reviewDate !== null) {
    const date = work.app.voice.date(reviewDate)
    throw new UserError((t) => t.requests.suspension.noFeedback(item.code, date))
  }
  if (status !== 'review' || !feedback) {
    throw new UserError((t) => t.errors.finished(item.code, t.assignmentStatuses[status]))
  }
  if (!mayReplace || feedback.byId !== actor.id) {
    throw new UserError((t) =>
      t.errors.alreadySubmitted(item.code, feedback.by, work.app.voice.moment(feedback.at)),
    )
  }
  await supersedeFeedback(work.db, feedback.id)
  return true
}

async function askForReview(work: Work, assignment: Assignment, feedbackId: number): Promise<void> {
  const { feedback } = assignment
  if (!feedback) throw new Error('a submitted assignment has feedback')
  await postToTaskForce(work, {
    kind: 'review',
    message: reviewCard(
      { assignment, feedback, late: feedback.at > lateFrom(assignment, work.app.office()) },
      work.app.voice,
    ),
    assignments: [assignment.id],
    feedback: feedbackId,
  })
}
