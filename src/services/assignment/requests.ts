import { addEvents } from '../../db/audit.ts'
import { mentionsOf } from '../../db/people.ts'
import { dropPending, insertRequest, recordDecision, requestById } from '../../db/requests.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { lateFrom } from '../../domain/assignment-time.ts'
import { canMoveAssignment } from '../../domain/lifecycle.ts'
import type { Request, RequestKind } from '../../domain/request.ts'
import { addDays, type LocalDate, localDate } from '../../domain/time.ts'
import { UserError } from '../../errors.ts'
import { line, type Tone } from '../../messages/message.ts'
import { decisionWords } from '../../messages/request.ts'
import type { Wording } from '../../messages/wording.ts'
import { type Actor, answering, departmentsOf, requireOwn } from '../actor.ts'
import { refreshCards } from '../delivery/cards.ts'
import { postToDepartment } from '../delivery/outbox.ts'
import { postToTaskForce } from '../delivery/task-force.ts'
import type { Work } from '../work.ts'
import { assignmentById, assignmentFor, currentAssignments, leadAssignment } from './assignments.ts'
import { renderRequest } from './requests-card.ts'

export const longestReason = 500
/** Whatever lies beyond is a slip of the pen, such as another century. */
const furthestDays = 366

/** The actor's own share of the item, on which there is work to be done. @throws {UserError} */
export async function ownAtWork(work: Work, actor: Actor, code: number): Promise<Assignment> {
  const own = departmentsOf(actor, answering).map(({ id }) => id)
  const assignment = await assignmentFor(work.db, code, own)
  requireOwn(actor, assignment)
  return assignment
}

/** @throws {UserError} where the department is not, or not any more, at work on it */
export function requireAtWork({ app }: Work, assignment: Assignment): void {
  if (canMoveAssignment(assignment.status, 'suspend')) return
  const { item, status } = assignment
  if (status === 'suspended') throw alreadySuspended(assignment, app.voice)
  throw new UserError((t) => t.errors.finished(item.code, t.assignmentStatuses[status]))
}

export function alreadySuspended(
  { item, requests, reviewDate, suspendedAt }: Assignment,
  voice: Work['app']['voice'],
): UserError {
  const by = requests.suspension?.decidedBy
  const moment = voice.moment(suspendedAt ?? 0)
  const date = reviewDate === null ? voice.t.none : voice.date(reviewDate)
  return new UserError((t) => t.requests.suspension.already(item.code, by ?? t.unknownPerson, moment, date))
}

/** @returns it without the space around it. @throws {UserError} where there is none, or too much of it */
export function requireReason(reason: string): string {
  const trimmed = reason.trim()
  if (trimmed === '') throw new UserError((t) => t.errors.needReason)
  if (trimmed.length > longestReason) {
    throw new UserError((t) => t.errors.tooLong(t.requests.reason, longestReason))
  }
  return trimmed
}

/** @throws {UserError} */
export function requireNear({ app, now }: Work, date: LocalDate): void {
  const today = localDate(now, app.voice.timezone)
  if (date > addDays(today, furthestDays)) throw new UserError((t) => t.requests.dateTooFar)
}

/**
 * A department asks; nothing changes until a lead decides. A newer request takes the place of the asker's own.
 * @throws {UserError} where a colleague's waits for a decision already
 */
export async function ask(
  work: Work,
  actor: Actor,
  assignment: Assignment,
  { kind, reason, until }: { kind: RequestKind; reason: string; until: LocalDate | null },
): Promise<void> {
  const { app, db, now } = work
  const { id, item } = assignment
  const pending = assignment.requests[kind]
  if (pending?.status === 'pending') {
    if (pending.askedById !== actor.id) {
      const moment = app.voice.moment(pending.askedAt)
      throw new UserError((t) => t.requests.alreadyAsked(item.code, pending.askedBy, moment))
    }
    await dropPending(db, id, 'replaced', now, kind)
  }
  const request = await insertRequest(db, {
    assignmentId: id,
    kind,
    reason,
    until,
    at: now,
    personId: actor.id,
  })
  await addEvents(db, [
    {
      at: now,
      what: kind === 'extension' ? 'extension-asked' : 'suspension-asked',
      item: item.code,
      assignment: id,
      person: actor.id,
      detail: { reason, ...(until === null ? {} : { until }) },
    },
  ])
  const message = await renderRequest(work, request)
  if (!message) throw new Error(`there is no request ${request}`)
  await refreshCards(work, [id])
  await postToTaskForce(work, { kind: 'request', message, assignments: [id], request })
}

/**
 * The request that is to be decided: the card's, else the only one that waits.
 * @throws {UserError} where it is decided already, none waits, or several do
 */
export async function pendingRequest(
  work: Work,
  { code, kind, requestId }: { code: number; kind: RequestKind; requestId?: number },
): Promise<{ assignment: Assignment; request: Request }> {
  if (requestId !== undefined) return shownRequest(work, requestId, { code, kind })
  const all = await currentAssignments(work.db, code)
  if (all.length === 0) await leadAssignment(work.db, code)
  const asked = all.flatMap((assignment) => {
    const request = assignment.requests[kind]
    return request ? [{ assignment, request }] : []
  })
  const [only, another] = asked.filter(({ request }) => request.status === 'pending')
  if (another) {
    const waiting = asked.filter(({ request }) => request.status === 'pending')
    const names = waiting.map(({ assignment }) => assignment.department.name)
    throw new UserError((t) => t.requests.severalPending(code, t.list(names)))
  }
  if (only) return only
  const newest = asked.toSorted((a, b) => b.request.id - a.request.id)[0]
  if (newest) throw alreadyDecided(work, code, newest.request)
  throw new UserError((t) => wordsOf(kind, t).none(code))
}

async function shownRequest(
  work: Work,
  requestId: number,
  { code, kind }: { code: number; kind: RequestKind },
): Promise<{ assignment: Assignment; request: Request }> {
  const found = await requestById(work.db, requestId)
  const assignment = found && (await assignmentById(work.db, found.assignmentId))
  if (!found || found.request.kind !== kind || assignment?.item.code !== code) {
    throw new UserError((t) => t.errors.badCall)
  }
  if (found.request.status !== 'pending') throw alreadyDecided(work, code, found.request)
  return { assignment, request: found.request }
}

function alreadyDecided({ app }: Work, code: number, request: Request): UserError {
  const how = decisionWords(request, app.voice)
  return new UserError((t) => t.requests.alreadyDecided(wordsOf(request.kind, t).of(code), how))
}

/** A lead refuses: the due time stands. @throws {UserError} where it is decided already */
export async function refuseRequest(
  work: Work,
  actor: Actor,
  { reason, ...order }: { kind: RequestKind; code: number; requestId?: number; reason: string },
): Promise<void> {
  const { app, db, now } = work
  const why = requireReason(reason)
  const { assignment, request } = await pendingRequest(work, order)
  const { id, item } = assignment
  await recordDecision(db, request.id, { status: 'refused', at: now, personId: actor.id, reason: why })
  const what = order.kind === 'extension' ? 'extension-refused' : 'suspension-refused'
  await addEvents(db, [
    { at: now, what, item: item.code, assignment: id, person: actor.id, detail: { reason: why } },
  ])
  const dueAt = app.voice.moment(lateFrom(assignment, app.office()))
  const text = wordsOf(order.kind, app.voice.t).toDepartmentRefused(item.code, why, dueAt)
  await tellDepartment(work, assignment, text, 'warning')
  await refreshCards(work, [id])
}

/** The department's people learn of the decision in their group. */
export async function tellDepartment(
  work: Work,
  assignment: Assignment,
  text: string,
  tone: Tone,
): Promise<void> {
  await postToDepartment(work, assignment.department.id, async (platform) => ({
    kind: 'feedback',
    message: line(
      text,
      tone,
      await mentionsOf(work.db, platform, assignment.department.id, ['contact', 'backup'], work.now),
    ),
    assignments: [assignment.id],
  }))
}

function wordsOf(kind: RequestKind, { requests }: Wording) {
  const { extension, suspension } = requests
  return { extension, suspension }[kind]
}
