import { updateAssignment } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import { recordReview } from '../../db/feedback.ts'
import { mentionsOf } from '../../db/people.ts'
import { type Assignment, type Feedback, isFinal, isSolved } from '../../domain/assignment.ts'
import { lateFrom } from '../../domain/assignment-time.ts'
import { due } from '../../domain/deadline.ts'
import { moveAssignment } from '../../domain/lifecycle.ts'
import { formatPolicy, redoPolicy } from '../../domain/policy.ts'
import { UserError } from '../../errors.ts'
import { answerBlocks } from '../../messages/assignment.ts'
import { line } from '../../messages/message.ts'
import { type Actor, answering } from '../actor.ts'
import { refreshCards } from '../delivery/cards.ts'
import { changesMessages } from '../delivery/courier.ts'
import { postToDepartment } from '../delivery/outbox.ts'
import { planNudges } from '../nudges/nudge-plan.ts'
import type { Work } from '../work.ts'
import { assignmentById, currentAssignments, leadAssignment } from './assignments.ts'
import { finishItem } from './finish.ts'

export interface ReviewOrder {
  code: number
  decision: { result: 'accept' } | { result: 'redo'; reason: string }
  /** The feedback that the lead saw; a newer one must be looked at first. */
  feedbackId?: number
}

/**
 * A lead accepts a department's feedback, or sends it back.
 * @throws {UserError} where there is nothing to review, or another lead was first
 */
export async function review(work: Work, actor: Actor, order: ReviewOrder): Promise<Assignment> {
  const assignment = await reviewable(work, order)
  const feedback = requirePending(work, assignment, order)
  const { db, now } = work
  const accepted = order.decision.result === 'accept'
  await recordReview(db, feedback.id, {
    result: accepted ? 'accepted' : 'redo',
    at: now,
    personId: actor.id,
    reason: order.decision.result === 'redo' ? order.decision.reason : null,
  })
  if (order.decision.result === 'redo') await redo(work, actor, assignment, order.decision.reason)
  else await accept(work, actor, assignment, feedback)
  const reviewed = await assignmentById(db, assignment.id)
  await planNudges(work, [reviewed])
  await tellDepartment(work, reviewed, feedback)
  await refreshCards(work, [assignment.id])
  return reviewed
}

async function accept(work: Work, actor: Actor, assignment: Assignment, feedback: Feedback): Promise<void> {
  const { db, now } = work
  const { outcome } = feedback
  await updateAssignment(db, assignment.id, {
    status: moveAssignment(assignment.status, isFinal(outcome) ? 'acceptFinal' : 'acceptInterim'),
    outcome,
    promised_date: feedback.promisedDate,
    promised_set_at: feedback.promisedDate === null ? null : now,
    solved_at: isSolved(outcome) ? feedback.at : null,
    accepted_at: isFinal(outcome) ? now : null,
  })
  await addEvents(db, [
    {
      at: now,
      what: 'accepted',
      item: assignment.item.code,
      assignment: assignment.id,
      person: actor.id,
      detail: { outcome },
    },
  ])
  await finishItem(work, assignment.item.code)
}

/** Work to be done again gets a due time of its own, unless what stands, a promise that was accepted too, is later. */
async function redo(work: Work, actor: Actor, assignment: Assignment, reason: string): Promise<void> {
  const { app, db, now } = work
  const again = due(redoPolicy, now, app.office())
  await updateAssignment(db, assignment.id, {
    status: moveAssignment(assignment.status, 'redo'),
    ...(again.at > lateFrom(assignment, app.office())
      ? {
          policy: formatPolicy(redoPolicy, app.voice.timezone),
          due_from: now,
          due_at: again.at,
          due_set_at: now,
          provisional: again.provisional ? 1 : 0,
          // An earlier promise would keep quiet what leads up to the new due time.
          promised_date: null,
          promised_set_at: null,
        }
      : {}),
  })
  await addEvents(db, [
    {
      at: now,
      what: 'redo',
      item: assignment.item.code,
      assignment: assignment.id,
      person: actor.id,
      detail: { reason },
    },
  ])
}

/** The department's people learn of the decision where they gave the feedback. */
async function tellDepartment(work: Work, assignment: Assignment, feedback: Feedback): Promise<void> {
  const { voice } = work.app
  const { t } = voice
  const { code } = assignment.item
  const accepted = assignment.status === 'accepted'
  const text =
    assignment.feedback?.review === 'redo'
      ? t.review.toDepartmentRedo(
          code,
          assignment.feedback.reviewReason ?? '',
          voice.moment(lateFrom(assignment, work.app.office())),
        )
      : accepted
        ? t.review.toDepartmentAccepted(code, t.outcomes[feedback.outcome])
        : t.review.toDepartmentInterim(code, voice.date(feedback.promisedDate ?? ''))
  await postToDepartment(work, assignment.department.id, async (platform) => ({
    kind: 'feedback',
    message: {
      ...line(
        text,
        accepted ? 'success' : 'warning',
        accepted ? [] : await mentionsOf(work.db, platform, assignment.department.id, answering, work.now),
      ),
      // Where the card can't show it again, how to answer stands here.
      blocks: accepted || changesMessages(work.app, platform) ? [] : answerBlocks(assignment, voice),
    },
    assignments: [assignment.id],
  }))
}

/**
 * The assignment whose feedback was meant: by the feedback on the card, else the only one that waits.
 * @throws {UserError} where several wait
 */
async function reviewable({ db }: Work, { code, feedbackId }: ReviewOrder): Promise<Assignment> {
  const all = await currentAssignments(db, code)
  const shown = all.find(({ feedback }) => feedbackId !== undefined && feedback?.id === feedbackId)
  if (shown) return shown
  const waiting = all.filter(({ status }) => status === 'review')
  if (waiting.length > 1) {
    const names = waiting.map(({ department }) => department.name)
    throw new UserError((t) => t.errors.severalToReview(code, t.list(names)))
  }
  // Where the lead department returned the item, a co-department's feedback is reviewed all the same.
  return waiting[0] ?? leadAssignment(db, code)
}

function requirePending({ app }: Work, assignment: Assignment, { code, feedbackId }: ReviewOrder): Feedback {
  const { feedback } = assignment
  if (!feedback) throw new UserError((t) => t.errors.nothingToReview(code))
  if (feedbackId !== undefined && feedback.id !== feedbackId)
    throw new UserError((t) => t.errors.feedbackChanged(code))
  if (feedback.review === 'pending') return feedback
  const by = feedback.reviewedBy
  const moment = app.voice.moment(feedback.reviewedAt ?? feedback.at)
  throw new UserError((t) =>
    t.errors.alreadyReviewed(
      code,
      by ?? t.unknownPerson,
      moment,
      feedback.review === 'accepted' ? t.review.accept : t.review.redo,
    ),
  )
}
