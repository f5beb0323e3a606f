import {
  type Act,
  deleteRecords,
  dropRequest,
  eventsAbout,
  eventsOfAct,
  markUndone,
  newestAct,
  restoreFeedback,
  restoreItem,
  restoreRequest,
  type Standing,
  standingOf,
  type Trace,
  undoneEvents,
} from '../../db/acts.ts'
import { findAssignments, updateAssignment } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import { taskForces } from '../../db/departments.ts'
import { supersedeFeedback } from '../../db/feedback.ts'
import type { Assignment } from '../../domain/assignment.ts'
import type { EventName } from '../../domain/event.ts'
import { moveAssignment, undoAssignment, undoItem } from '../../domain/lifecycle.ts'
import { UserError } from '../../errors.ts'
import { line, type Message } from '../../messages/message.ts'
import type { Platform } from '../../ports.ts'
import { type Actor, departmentsOf, hasRole, ofDepartment } from '../actor.ts'
import { refreshCards } from '../delivery/cards.ts'
import { changesMessages } from '../delivery/courier.ts'
import { postElsewhere } from '../delivery/elsewhere.ts'
import { postToDepartment } from '../delivery/outbox.ts'
import { postToTaskForce } from '../delivery/task-force.ts'
import { withdrawNudges } from '../nudges/nudge-message.ts'
import { planNudges } from '../nudges/nudge-plan.ts'
import { refreshTriageCards } from '../triage/triage-cards.ts'
import type { Work } from '../work.ts'

/** How long a slip can be taken back. */
const undoableMs = 10 * 60 * 1000

/** What happens by itself, is only said, or only looked at: nothing is built on it, and nobody means it by `/undo`. */
const changesNothing: readonly EventName[] = [
  'nudged',
  'undelivered',
  'undone',
  'details-shown',
  'exported',
  'erased',
]

export interface Undone {
  what: EventName
  at: number
  codes: number[]
}

/**
 * Takes back the last thing that somebody did: every row is as it was; what it had made is withdrawn.
 * @throws {UserError} where there is nothing to take back, or something was built on it
 */
export async function undo(work: Work, actor: Actor): Promise<Undone> {
  const { db, now } = work
  const since = now - undoableMs
  const act = await newestAct(db, actor.id, since)
  if (!act) throw new UserError((t) => t.closing.undo.nothing)
  const own = await eventsOfAct(db, act)
  const codes = [...new Set(own.flatMap(({ item }) => item ?? []))]
  await requireNothingLater(work, actor, { act, codes, since })
  const mine = own.filter(({ personId }) => personId === actor.id)
  // What is taken from one department to be another's is withdrawn by the way.
  const { what } = mine.find((event) => event.what !== 'withdrawn') ?? mine[0] ?? { what: 'undone' }
  const touched = await restore(work, { before: act.before, codes })
  await markUndone(db, act.id, now)
  await addEvents(
    db,
    codes.map((item) => ({ at: now, what: 'undone' as const, item, person: actor.id, detail: { what } })),
  )
  const undone = { what, at: act.at, codes }
  await planNudges(
    work,
    touched.filter(({ round }) => round > 0),
  )
  await refreshCards(
    work,
    (await findAssignmentsOf(work, codes)).map(({ id }) => id),
  )
  await refreshTriageCards(work, codes)
  await tellTheOthers(work, actor, { undone, touched })
  return undone
}

/** @throws {UserError} where something was built on it, or the person did something since that can't be taken back */
async function requireNothingLater(
  { app, db }: Work,
  actor: Actor,
  { act, codes, since }: { act: Act; codes: number[]; since: number },
): Promise<void> {
  const gone = await undoneEvents(db, since)
  const stands = ({ id }: Trace) => !gone.some(({ first, last }) => id >= first && id <= last)
  const later = (await eventsAbout(db, { after: act.lastEvent, codes, personId: actor.id })).filter(
    (event) => stands(event) && !changesNothing.includes(event.what),
  )
  const built = later.find(({ item }) => item !== null && codes.includes(item))
  if (built) {
    const { by, at, item, what } = built
    throw new UserError((t) =>
      t.closing.undo.builtOn(item ?? 0, by ?? t.closing.undo.byItself, app.voice.moment(at), t.events[what]),
    )
  }
  const other = later.findLast(({ personId }) => personId === actor.id)
  if (other) throw new UserError((t) => t.closing.undo.notThis(t.events[other.what]))
}

/** @returns the assignments of which something is changed by it */
async function restore(
  work: Work,
  { before, codes }: { before: Standing; codes: number[] },
): Promise<Assignment[]> {
  const { db } = work
  const now = await standingOf(db, codes)
  for (const row of before.items) {
    const current = now.items.find(({ code }) => code === row.code)
    await restoreItem(db, { ...row, status: undoItem(current?.status ?? row.status, row.status) })
  }
  const assignments = compared(before.assignments, now.assignments)
  for (const { id, status } of assignments.made) {
    await updateAssignment(db, id, {
      status: moveAssignment(status, 'withdraw'),
      next_nudge_at: null,
      // It counts for no round: the item's newest is again the one before.
      round: -id,
    })
    await withdrawNudges(work, id)
  }
  for (const { was, is } of assignments.changed) {
    const { id, next_nudge_at: _, ...row } = was
    await updateAssignment(db, id, { ...row, status: undoAssignment(is.status, row.status) })
  }
  const feedback = compared(before.feedback, now.feedback)
  for (const { was } of feedback.changed) await restoreFeedback(db, was)
  for (const { id } of feedback.made) await supersedeFeedback(db, id)
  const requests = compared(before.requests, now.requests)
  for (const { was } of requests.changed) await restoreRequest(db, was)
  for (const { id } of requests.made) await dropRequest(db, id)
  for (const table of ['callbacks', 'publications', 'uptakes'] as const) {
    const made = now[table].filter((id) => !before[table].includes(id))
    await deleteRecords(db, table, made)
  }
  const parts = [feedback, requests].flatMap(({ made, changed }) => [...made, ...changed.map(({ is }) => is)])
  const ids = new Set([
    ...[...assignments.made, ...assignments.changed.map(({ is }) => is)].map(({ id }) => id),
    ...parts.map((row) => row.assignment_id),
  ])
  return ids.size === 0 ? [] : findAssignments(db, { ids: [...ids] })
}

/** What is new, and what is no longer as it was; when the next nudge is due is reckoned anew anyway. */
function compared<Row extends { id: number }>(
  before: Row[],
  now: Row[],
): { made: Row[]; changed: { was: Row; is: Row }[] } {
  const known = new Map(before.map((row) => [row.id, row]))
  const changed: { was: Row; is: Row }[] = []
  for (const is of now) {
    const was = known.get(is.id)
    if (was && shown(was) !== shown(is)) changed.push({ was, is })
  }
  return { made: now.filter(({ id }) => !known.has(id)), changed }
}

function shown(row: object): string {
  return JSON.stringify(Object.entries({ ...row, next_nudge_at: null }).sort())
}

async function findAssignmentsOf({ db }: Work, codes: number[]): Promise<Assignment[]> {
  const all: Assignment[] = []
  for (const code of codes) all.push(...(await findAssignments(db, { item: code })))
  return all
}

/** Whoever has a card that just changed by itself hears why; in the actor's own group the answer says so. */
async function tellTheOthers(
  work: Work,
  actor: Actor,
  { undone, touched }: { undone: Undone; touched: Assignment[] },
): Promise<void> {
  const own = departmentsOf(actor, ofDepartment).map(({ id }) => id)
  const byDepartment = Map.groupBy(touched, ({ department }) => department.id)
  for (const [department, assignments] of byDepartment) {
    const codes = [...new Set(assignments.map(({ item }) => item.code))].sort((a, b) => a - b)
    const told = (platform: Platform) =>
      toldOn(platform, work, actor, { ...undone, codes, touched: assignments })
    await (own.includes(department)
      ? postElsewhere(work, department, told, assignments)
      : postToDepartment(work, department, async (platform) => ({
          kind: 'notice',
          message: told(platform),
          assignments: assignments.map(({ id }) => id),
        })))
  }
  const message = (platform: Platform) => toldOn(platform, work, actor, { ...undone, touched })
  if (hasRole(actor, ['lead'])) {
    for (const { id } of await taskForces(work.db)) await postElsewhere(work, id, message, touched)
  } else if (touched.length > 0) {
    await postToTaskForce(work, { kind: 'notice', message, assignments: touched.map(({ id }) => id) })
  }
}

/** What stands now is on the cards, or where none changes in the words. */
function toldOn(
  platform: Platform,
  { app }: Work,
  actor: Actor,
  { codes, touched, what }: Undone & { touched: Assignment[] },
): Message {
  const { t } = app.voice
  const named = t.codes(codes)
  if (changesMessages(app, platform)) {
    return line(t.closing.undo.told(actor.name, named, t.events[what]), 'warning')
  }
  const now = touched.map(({ item, status }) => t.elsewhere.nowIs(item.code, t.assignmentStatuses[status]))
  return line(
    t.elsewhere.sentences([t.elsewhere.undone(actor.name, named, t.events[what]), ...now]),
    'warning',
  )
}
