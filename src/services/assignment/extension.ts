import { updateAssignment } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import { countGranted, recordDecision } from '../../db/requests.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { lateFrom } from '../../domain/assignment-time.ts'
import { type Due, due } from '../../domain/deadline.ts'
import { usualExtension } from '../../domain/extension.ts'
import { formatPolicy, hardPolicy, type Policy } from '../../domain/policy.ts'
import { type LocalDate, localDate } from '../../domain/time.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import { refreshCards } from '../delivery/cards.ts'
import { withdrawNudges } from '../nudges/nudge-message.ts'
import { planNudges } from '../nudges/nudge-plan.ts'
import type { Work } from '../work.ts'
import { assignmentById } from './assignments.ts'
import {
  ask,
  ownAtWork,
  pendingRequest,
  requireAtWork,
  requireNear,
  requireReason,
  tellDepartment,
} from './requests.ts'

/**
 * A department asks for more time 申请延期, before the time is up.
 * @throws {UserError} where it is up, or there is nothing to give time for
 */
export async function askExtension(
  work: Work,
  actor: Actor,
  { code, reason, until }: { code: number; reason: string; until: LocalDate | null },
): Promise<Assignment> {
  const assignment = await ownAtWork(work, actor, code)
  requireAtWork(work, assignment)
  const { voice } = work.app
  const dueAt = lateFrom(assignment, work.app.office())
  if (work.now > dueAt) throw new UserError((t) => t.requests.extension.afterDue(code, voice.moment(dueAt)))
  if (until !== null) {
    if (until <= localDate(dueAt, voice.timezone)) {
      throw new UserError((t) => t.requests.extension.notLater(voice.moment(dueAt)))
    }
    requireNear(work, until)
  }
  await ask(work, actor, assignment, { kind: 'extension', reason: requireReason(reason), until })
  return assignmentById(work.db, assignment.id)
}

export interface ExtensionOrder {
  code: number
  /** The request on the card; else the only one that waits. */
  requestId?: number
}

/**
 * A lead gives more time: until a moment that is named, or else 5 working days in total from dispatch.
 * @throws {UserError} where that is no more time, or it is decided already
 */
export async function grantExtension(
  work: Work,
  actor: Actor,
  { until, ...order }: ExtensionOrder & { until?: Policy },
): Promise<Assignment> {
  const { app, db, now } = work
  const { assignment, request } = await pendingRequest(work, { ...order, kind: 'extension' })
  const granted = await extensionOf(work, assignment, until)
  await updateAssignment(db, assignment.id, {
    policy: formatPolicy(granted.policy, app.voice.timezone),
    due_from: granted.from,
    due_at: granted.due.at,
    due_set_at: now,
    provisional: granted.due.provisional ? 1 : 0,
    // The time that is granted now takes the place of the promise, and is nudged like any other.
    promised_date: null,
    promised_set_at: null,
  })
  await recordDecision(db, request.id, {
    status: 'granted',
    at: now,
    personId: actor.id,
    until: granted.due.at,
  })
  await addEvents(db, [
    {
      at: now,
      what: 'extended',
      item: assignment.item.code,
      assignment: assignment.id,
      person: actor.id,
      detail: { to: granted.due.at, from: lateFrom(assignment, app.office()) },
    },
  ])
  await withdrawNudges(work, assignment.id)
  const extended = await assignmentById(db, assignment.id)
  await planNudges(work, [extended])
  const { t, moment } = app.voice
  const text = t.requests.extension.toDepartmentGranted(assignment.item.code, moment(extended.dueAt))
  await tellDepartment(work, extended, text, 'success')
  await refreshCards(work, [assignment.id])
  return extended
}

async function extensionOf(
  work: Work,
  assignment: Assignment,
  until: Policy | undefined,
): Promise<{ policy: Policy; due: Due; from: number }> {
  const { app, db, now } = work
  const { voice } = app
  const dueAt = lateFrom(assignment, app.office())
  if (until === undefined) {
    const earlier = await countGranted(db, assignment.id, 'extension')
    const usual = usualExtension(assignment, earlier, now, app.office())
    if (usual) return { policy: hardPolicy, due: usual, from: assignment.dispatchedAt }
    throw new UserError((t) => t.requests.extension.needDate(assignment.item.code, voice.moment(dueAt)))
  }
  const named = due(until, now, app.office())
  if (named.at <= now) throw new UserError((t) => t.errors.policyPassed(voice.moment(named.at)))
  if (named.at <= dueAt) throw new UserError((t) => t.requests.extension.notLater(voice.moment(dueAt)))
  requireNear(work, localDate(named.at, voice.timezone))
  return { policy: until, due: named, from: now }
}
