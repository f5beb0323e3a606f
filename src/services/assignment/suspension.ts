import { updateAssignment } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import { messagesAbout } from '../../db/deliveries.ts'
import { dropPending, insertRequest, lastDone, recordDecision } from '../../db/requests.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { lateFrom } from '../../domain/assignment-time.ts'
import { resumedDue } from '../../domain/deadline.ts'
import { moveAssignment } from '../../domain/lifecycle.ts'
import { defaultPolicy, formatPolicy, parsePolicy } from '../../domain/policy.ts'
import { instantAt, type LocalDate, localDate } from '../../domain/time.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import { refreshCards } from '../delivery/cards.ts'
import { withdrawNudges } from '../nudges/nudge-message.ts'
import { planNudges } from '../nudges/nudge-plan.ts'
import type { Work } from '../work.ts'
import { assignmentById, currentAssignments, leadAssignment } from './assignments.ts'
import { pushAssignments } from './dispatch.ts'
import {
  alreadySuspended,
  ask,
  ownAtWork,
  pendingRequest,
  requireAtWork,
  requireNear,
  requireReason,
  tellDepartment,
} from './requests.ts'

/** A day less than Feishu's fourteen. */
const changeableMs = 13 * 24 * 60 * 60 * 1000

export interface SuspensionOrder {
  code: number
  /** When it is looked at again. */
  date: LocalDate
  reason: string
}

/** A department asks for a pause 申请挂账. @throws {UserError} */
export async function askSuspension(work: Work, actor: Actor, order: SuspensionOrder): Promise<Assignment> {
  const assignment = await ownAtWork(work, actor, order.code)
  requireAtWork(work, assignment)
  requireReviewDate(work, order.date)
  const reason = requireReason(order.reason)
  await ask(work, actor, assignment, { kind: 'suspension', reason, until: order.date })
  return assignment
}

/**
 * A lead suspends at once: what a department asked for, else the lead department's share. Of what is suspended already
 * the review date moves, which takes no reason.
 * @throws {UserError} where that can't be
 */
export async function suspend(
  work: Work,
  actor: Actor,
  order: SuspensionOrder,
): Promise<{ suspended: Assignment; isMoved: boolean }> {
  requireReviewDate(work, order.date)
  const all = await currentAssignments(work.db, order.code)
  if (all.some(({ requests }) => requests.suspension?.status === 'pending')) {
    const granted = await grantSuspension(work, actor, { code: order.code, date: order.date })
    return { suspended: granted, isMoved: false }
  }
  const paused = pausedShare(all, order)
  if (paused) return { suspended: await moveReviewDate(work, actor, paused, order), isMoved: true }
  return { suspended: await suspendLead(work, actor, order), isMoved: false }
}

/** The share whose review date is meant: the lead department's, or where no reason is given the only one. */
function pausedShare(all: Assignment[], { code, reason }: SuspensionOrder): Assignment | undefined {
  const paused = all.filter(({ status }) => status === 'suspended')
  const lead = paused.find(({ part }) => part === 'lead')
  if (lead || reason.trim() !== '') return lead
  if (paused.length > 1) throw severalSuspended(code, paused)
  return paused[0]
}

async function moveReviewDate(
  work: Work,
  actor: Actor,
  assignment: Assignment,
  order: SuspensionOrder,
): Promise<Assignment> {
  const { app, db, now } = work
  const { id, item } = assignment
  if (assignment.reviewDate === order.date) throw alreadySuspended(assignment, app.voice)
  const reason = order.reason.trim() === '' ? null : requireReason(order.reason)
  await updateAssignment(db, id, { review_date: order.date })
  await addEvents(db, [
    {
      at: now,
      what: 'suspension-moved',
      item: item.code,
      assignment: id,
      person: actor.id,
      detail: { until: order.date, ...(reason === null ? {} : { reason }) },
    },
  ])
  await withdrawNudges(work, id)
  const moved = await assignmentById(db, id)
  await planNudges(work, [moved])
  const text = app.voice.t.requests.suspension.moved(item.code, app.voice.date(order.date))
  await tellDepartment(work, moved, text, 'info')
  await refreshCards(work, [id])
  return moved
}

async function suspendLead(work: Work, actor: Actor, order: SuspensionOrder): Promise<Assignment> {
  const reason = requireReason(order.reason)
  const assignment = await leadAssignment(work.db, order.code)
  requireAtWork(work, assignment)
  const request = await insertRequest(work.db, {
    assignmentId: assignment.id,
    kind: 'suspension',
    reason,
    until: order.date,
    at: work.now,
    personId: actor.id,
  })
  return pause(work, actor, assignment, { request, date: order.date, reason })
}

/** A lead grants what a department asked for, with its review date or another. @throws {UserError} */
export async function grantSuspension(
  work: Work,
  actor: Actor,
  { code, requestId, date }: { code: number; requestId?: number; date?: LocalDate },
): Promise<Assignment> {
  const { assignment, request } = await pendingRequest(work, { code, requestId, kind: 'suspension' })
  requireAtWork(work, assignment)
  const until = date ?? request.until
  if (until === null) throw new UserError((t) => t.requests.suspension.needDate)
  requireReviewDate(work, until)
  return pause(work, actor, assignment, { request: request.id, date: until, reason: request.reason })
}

/** A lead ends the pause: what time was left at its beginning counts from now. @throws {UserError} */
export async function resume(
  work: Work,
  actor: Actor,
  { code, departmentId }: { code: number; departmentId?: number },
): Promise<Assignment> {
  const { app, db, now } = work
  const assignment = await suspendedShare(work, code, departmentId)
  const { timezone } = app.voice
  const again = resumedDue(
    {
      policy: parsePolicy(assignment.policy, timezone) ?? defaultPolicy,
      dueAt: lateFrom(assignment, app.office()),
      suspendedAt: assignment.suspendedAt ?? now,
    },
    now,
    app.office(),
  )
  await updateAssignment(db, assignment.id, {
    status: moveAssignment(assignment.status, 'resume'),
    suspended_at: null,
    review_date: null,
    policy: formatPolicy(again.policy, timezone),
    due_from: now,
    due_at: again.due.at,
    due_set_at: now,
    provisional: again.due.provisional ? 1 : 0,
    // It is in what was left.
    promised_date: null,
    promised_set_at: null,
  })
  await addEvents(db, [
    {
      at: now,
      what: 'resumed',
      item: code,
      assignment: assignment.id,
      person: actor.id,
      detail: { to: again.due.at },
    },
  ])
  await withdrawNudges(work, assignment.id)
  const resumed = await assignmentById(db, assignment.id)
  await planNudges(work, [resumed])
  const { t, moment } = app.voice
  const text = t.requests.suspension.toDepartmentResumed(code, moment(resumed.dueAt))
  await tellDepartment(work, resumed, text, 'warning')
  await refreshCards(work, [assignment.id])
  await renewCard(work, resumed)
  return resumed
}

/** A card that has grown too old for the platform to change would stay paused: the department gets a new one. */
async function renewCard(work: Work, assignment: Assignment): Promise<void> {
  const cards = await messagesAbout(work.db, assignment.id, ['dispatch'])
  if (cards.some(({ created_at }) => created_at > work.now - changeableMs)) return
  await pushAssignments(work, assignment.department, [assignment])
}

async function pause(
  work: Work,
  actor: Actor,
  assignment: Assignment,
  { request, date, reason }: { request: number; date: LocalDate; reason: string },
): Promise<Assignment> {
  const { app, db, now } = work
  await updateAssignment(db, assignment.id, {
    status: moveAssignment(assignment.status, 'suspend'),
    suspended_at: now,
    review_date: date,
  })
  await recordDecision(db, request, {
    status: 'granted',
    at: now,
    personId: actor.id,
    until: instantAt(date, '00:00', app.voice.timezone),
  })
  await dropPending(db, assignment.id, 'suspended', now)
  await addEvents(db, [
    {
      at: now,
      what: 'suspended',
      item: assignment.item.code,
      assignment: assignment.id,
      person: actor.id,
      detail: { until: date, reason },
    },
  ])
  await withdrawNudges(work, assignment.id)
  const suspended = await assignmentById(db, assignment.id)
  await planNudges(work, [suspended])
  const { t } = app.voice
  const text = t.requests.suspension.toDepartmentSuspended(assignment.item.code, app.voice.date(date))
  await tellDepartment(work, suspended, text, 'info')
  await refreshCards(work, [assignment.id])
  return suspended
}

async function suspendedShare(work: Work, code: number, departmentId?: number): Promise<Assignment> {
  const { app, db } = work
  const all = await currentAssignments(db, code)
  if (all.length === 0) await leadAssignment(db, code)
  const meant =
    departmentId === undefined ? all : all.filter(({ department }) => department.id === departmentId)
  const [only, another] = meant.filter(({ status }) => status === 'suspended')
  if (another) {
    throw severalSuspended(
      code,
      all.filter(({ status }) => status === 'suspended'),
    )
  }
  if (only) return only
  const ids = meant.map(({ id }) => id)
  const resumed = ids.length === 0 ? undefined : await lastDone(db, ids, 'resumed')
  if (!resumed) throw new UserError((t) => t.requests.suspension.notSuspended(code))
  const moment = app.voice.moment(resumed.at)
  throw new UserError((t) =>
    t.requests.suspension.alreadyResumed(code, resumed.by ?? t.unknownPerson, moment),
  )
}

function severalSuspended(code: number, paused: Assignment[]): UserError {
  const names = paused.map(({ department }) => department.name)
  return new UserError((t) => t.requests.suspension.several(code, t.list(names)))
}

function requireReviewDate(work: Work, date: LocalDate): void {
  if (date <= localDate(work.now, work.app.voice.timezone)) {
    throw new UserError((t) => t.requests.suspension.datePassed)
  }
  requireNear(work, date)
}
