import { departmentsToNudge, findAssignments, nextNudgeMoment, updateAssignment } from '../db/assignments.ts'
import {
  addAssignments,
  assignmentsOfDelivery,
  cancelDelivery,
  type Delivery,
  deliveryById,
  setPayload,
  unsentAmong,
} from '../db/deliveries.ts'
import { chatsOf } from '../db/departments.ts'
import {
  firedNudges,
  forgetRefusedNudges,
  insertNudge,
  linkNudge,
  nudgedByHandSince,
  nudgesOfDelivery,
  unlinkNudges,
  unsentNudgeDeliveries,
} from '../db/nudges.ts'
import { mentionsOf } from '../db/people.ts'
import type { Assignment } from '../domain/assignment.ts'
import { isLate, nudgeSubject } from '../domain/assignment-time.ts'
import {
  mergeStages,
  type NudgeStage,
  nextNudge,
  nudgeKey,
  nudgesDue,
  type Recipient,
  sendingTime,
} from '../domain/nudge-ladder.ts'
import { addWorkdays } from '../domain/office-hours.ts'
import type { Role } from '../domain/person.ts'
import { instantAt, localDate } from '../domain/time.ts'
import { UserError } from '../errors.ts'
import type { Mention, Message } from '../messages/message.ts'
import { type NudgeLine, nudgeCopy, nudgeMessage, stillAsks } from '../messages/nudge.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import { postToDepartment, postUrge } from './outbox.ts'
import { postToTaskForce } from './task-force.ts'
import { reportNudgesWithoutGroup } from './undelivered.ts'
import { type Work, work } from './work.ts'

/** An assignment that is to be nudged in this slot, at its gravest stage. */
interface Nudging {
  assignment: Assignment
  stage: NudgeStage | 'manual'
  to: Recipient[]
  nudgeIds: number[]
}

/** The copy of one slot for the task force, as far as it has come. */
interface Copy {
  nudging: Nudging[]
  deliveries: number[]
}

const manualEveryMs = 60 * 60 * 1000

/** Whoever writes meanwhile waits for one transaction at most, which is of about so many assignments. */
const atOnce = 200

/**
 * Sends every nudge that is due: one message for each group, and one copy of the slot for the task force. A transaction
 * holds some whole departments and their part of the copy, which is held back until the last of them: no crash can part
 * a nudge from its copy; it may split the copy, whose first part the next sweep sends.
 */
export async function sendDueNudges(app: App): Promise<void> {
  const copy: Copy = { nudging: [], deliveries: [] }
  for (const departments of await slicesOfDue(app)) {
    await work(app, (current) => nudgeDepartments(current, departments, copy))
  }
  const now = app.clock.now()
  for (const id of copy.deliveries) await app.queue.schedule('deliver', String(id), now)
  await scheduleNextNudge(app)
}

/** Departments with something due, together so many that a transaction has its fill. */
async function slicesOfDue(app: App): Promise<number[][]> {
  const slices: number[][] = []
  let filled = atOnce
  for (const { department, due } of await departmentsToNudge(app.db.read, app.clock.now())) {
    if (filled + due > atOnce) {
      slices.push([])
      filled = 0
    }
    slices.at(-1)?.push(department)
    filled += due
  }
  return slices
}

async function nudgeDepartments(current: Work, departments: number[], copy: Copy): Promise<void> {
  const nudging: Nudging[] = []
  for (const department of departments) {
    const waiting = await findAssignments(current.db, { department, nudgeBy: current.now })
    if ((await chatsOf(current.db, department)).length === 0) {
      await putOffNudges(current, waiting)
      continue
    }
    const group = await nudgingOf(current, waiting)
    if (group.length > 0) await postNudges(current, department, group)
    nudging.push(...group)
    await planNudges(current, waiting)
  }
  await copyToTaskForce(current, nudging, copy)
}

/** Nothing carries them, so none is used up: they are looked at again each working day, and when a group is bound. */
async function putOffNudges({ app, ...current }: Work, assignments: Assignment[]): Promise<void> {
  if (assignments.length === 0) return
  const office = app.office()
  const tomorrow = addWorkdays(localDate(current.now, office.hours.timezone), 1, office)
  const next = instantAt(tomorrow, office.hours.workStart, office.hours.timezone)
  for (const { id } of assignments) await updateAssignment(current.db, id, { next_nudge_at: next })
  current.schedule('nudge', String(next), next)
  await reportNudgesWithoutGroup({ app, ...current }, assignments)
}

/** Sees to it that a job stands for the earliest nudge that is still to come. */
export async function scheduleNextNudge(app: App): Promise<void> {
  const at = await nextNudgeMoment(app.db.read)
  if (at !== null) await app.queue.schedule('nudge', String(at), at)
}

/** Reckons when the next nudge of each is due; called after whatever may change that. */
export async function planNudges({ app, db, now, schedule }: Work, assignments: Assignment[]): Promise<void> {
  const fired = await firedKeys(db, assignments)
  for (const assignment of assignments) {
    const keys = fired.get(assignment.id) ?? new Set()
    const subject = nudgeSubject(assignment, app.office())
    const overdueNow = nudgesDue(subject, keys, now, app.office()).length > 0
    const next = overdueNow
      ? sendingTime(now, subject, app.office())
      : (nextNudge(subject, keys, now, app.office())?.at ?? null)
    await updateAssignment(db, assignment.id, { next_nudge_at: next })
    if (next !== null) schedule('nudge', String(next), next)
  }
}

/** What was refused is due again, now that its group can be reached. */
export async function reviveNudges(work: Work, assignments: Assignment[]): Promise<void> {
  if (assignments.length === 0) return
  await forgetRefusedNudges(
    work.db,
    assignments.map(({ id }) => id),
  )
  await planNudges(work, assignments)
}

/** Takes an assignment out of the nudge messages that have not gone out yet. */
export async function withdrawNudges(work: Work, assignmentId: number): Promise<void> {
  for (const deliveryId of await unsentNudgeDeliveries(work.db, assignmentId)) {
    await takeOut(work, assignmentId, deliveryId)
  }
}

async function takeOut(work: Work, assignmentId: number, deliveryId: number): Promise<void> {
  await unlinkNudges(work.db, assignmentId, deliveryId)
  const delivery = await deliveryById(work.db, deliveryId)
  const message = delivery && (await renderNudge(work, delivery))
  if (message) await setPayload(work.db, deliveryId, JSON.stringify(message))
  else await cancelDelivery(work.db, deliveryId)
}

/**
 * Takes out of a nudge message, before it is tried again, what was done while the platform put it off.
 * @returns the delivery as it is now; undefined where nothing is left to nudge about, and it is cancelled
 */
export async function trimNudge(work: Work, delivery: Delivery): Promise<Delivery | undefined> {
  if (delivery.kind !== 'nudge' || delivery.op !== 'send') return delivery
  const lines = await linesOfDelivery(work, delivery.id)
  const done = lines.filter((line) => !stillAsks(line))
  for (const { assignment } of done) await takeOut(work, assignment.id, delivery.id)
  return done.length < lines.length ? deliveryById(work.db, delivery.id) : undefined
}

/**
 * A lead's own nudge, at most once an hour for the same assignment.
 * @returns those that are nudged; what is with a department without a group is reported instead
 * @throws {UserError} where that is none of them
 */
export async function nudgeByHand(
  current: Work,
  actor: Actor,
  assignments: Assignment[],
): Promise<Assignment[]> {
  const open = assignments.filter(({ status }) => status === 'sent' || status === 'working')
  if (open.length === 0) throw new UserError((t) => t.nudge.nothing)
  const { db, now, app } = current
  const { reachable, unreachable } = await byGroup(current, open)
  if (reachable.length === 0) {
    const names = new Set(unreachable.map(({ department }) => department.name))
    throw new UserError((t) => t.nudge.noGroup(t.list([...names])))
  }
  const recent = await nudgedByHandSince(
    db,
    reachable.map(({ id }) => id),
    now - manualEveryMs,
  )
  const due = reachable.filter(({ id }) => !recent.has(id))
  const [first] = reachable
  if (due.length === 0 && first) {
    const at = recent.get(first.id) ?? now
    throw new UserError((t) => t.nudge.tooSoon(first.item.code, app.voice.moment(at)))
  }
  const byDepartment = Map.groupBy(due, (assignment) => assignment.department.id)
  for (const [department, group] of byDepartment) {
    const nudging: Nudging[] = []
    for (const assignment of group) {
      const nudgeId = await insertNudge(db, {
        assignmentId: assignment.id,
        stage: 'manual',
        nominalAt: now,
        at: now,
        by: actor.id,
      })
      nudging.push({
        assignment,
        stage: 'manual',
        to: isLate(assignment, now, app.office()) ? ['contact', 'leader'] : ['contact', 'backup'],
        nudgeIds: nudgeId === null ? [] : [nudgeId],
      })
    }
    await postNudges(current, department, nudging)
  }
  for (const group of Map.groupBy(unreachable, ({ department }) => department.id).values()) {
    await reportNudgesWithoutGroup(current, group)
  }
  return due
}

async function byGroup(
  { db }: Work,
  assignments: Assignment[],
): Promise<{ reachable: Assignment[]; unreachable: Assignment[] }> {
  const bound = new Set<number>()
  for (const id of new Set(assignments.map(({ department }) => department.id))) {
    if ((await chatsOf(db, id)).length > 0) bound.add(id)
  }
  return {
    reachable: assignments.filter(({ department }) => bound.has(department.id)),
    unreachable: assignments.filter(({ department }) => !bound.has(department.id)),
  }
}

/** What is due now, each assignment at its gravest stage; recorded, so that it never is again. */
async function nudgingOf({ app, db, now }: Work, assignments: Assignment[]): Promise<Nudging[]> {
  const fired = await firedKeys(db, assignments)
  const nudging: Nudging[] = []
  for (const assignment of assignments) {
    const subject = nudgeSubject(assignment, app.office())
    // Whoever wakes late, at night, has missed the moment, and lets people sleep.
    if (sendingTime(now, subject, app.office()) > now) continue
    const due = nudgesDue(subject, fired.get(assignment.id) ?? new Set(), now, app.office())
    const merged = mergeStages(due)
    if (!merged) continue
    const nudgeIds: number[] = []
    for (const { stage, nominalAt } of due) {
      const id = await insertNudge(db, { assignmentId: assignment.id, stage, nominalAt, at: now })
      // Only the gravest stage speaks, for the milder ones that came due with it too.
      if (id !== null && stage === merged.stage) nudgeIds.push(id)
    }
    nudging.push({ assignment, ...merged, nudgeIds })
  }
  return nudging
}

async function postNudges(current: Work, department: number, nudging: Nudging[]): Promise<void> {
  const lines = linesOf(current, nudging)
  const roles = rolesOf(nudging.flatMap(({ to }) => to))
  const urgent = nudging.some(({ assignment }) => assignment.item.urgency === 'critical')
  let mentions: Mention[] = []
  const deliveries = await postToDepartment(current, department, async (platform) => {
    mentions = await mentionsOf(current.db, platform, department, roles)
    return {
      kind: 'nudge',
      message: nudgeMessage(lines, current.app.voice, mentions),
      assignments: nudging.map(({ assignment }) => assignment.id),
    }
  })
  await link(current, nudging, deliveries)
  if (!urgent) return
  for (const id of deliveries) {
    const delivery = await deliveryById(current.db, id)
    if (delivery)
      await postUrge(
        current,
        delivery,
        mentions.map(({ account }) => account),
      )
  }
}

/** The daily digest tells of what stays overdue, so only the other stages are copied at once. */
async function copyToTaskForce(current: Work, nudging: Nudging[], copy: Copy): Promise<void> {
  const copied = nudging.filter(({ stage, to }) => to.includes('task-force') && stage !== 'overdue-digest')
  if (copied.length === 0) return
  const ids = copied.map(({ assignment }) => assignment.id)
  const earlier = await unsentAmong(current.db, copy.deliveries)
  if (earlier.length > 0 && earlier.length === copy.deliveries.length) {
    const message = nudgeCopy(linesOf(current, [...copy.nudging, ...copied]), current.app.voice)
    for (const id of earlier) {
      await addAssignments(current.db, id, ids)
      await setPayload(current.db, id, JSON.stringify(message))
    }
    copy.nudging.push(...copied)
    return
  }
  // Not scheduled before the slot's last department: if nobody lives to do it, the sweep does.
  const unscheduled: Work = { ...current, schedule: () => {} }
  const message = nudgeCopy(linesOf(current, copied), current.app.voice)
  copy.deliveries = await postToTaskForce(unscheduled, { kind: 'notice', message, assignments: ids })
  copy.nudging = copied
}

async function link(current: Work, nudging: Nudging[], deliveries: number[]): Promise<void> {
  for (const { nudgeIds } of nudging) {
    for (const nudgeId of nudgeIds) {
      for (const delivery of deliveries) await linkNudge(current.db, nudgeId, delivery)
    }
  }
}

/** What a nudge message says now; null where none of its assignments is left in it. */
export async function renderNudge(current: Work, delivery: Delivery): Promise<Message | null> {
  const lines = await linesOfDelivery(current, delivery.id)
  const { mentions = [] } = JSON.parse(delivery.payload) as Message
  return lines.length === 0 ? null : nudgeMessage(lines, current.app.voice, mentions)
}

async function linesOfDelivery({ app, db, now }: Work, deliveryId: number): Promise<NudgeLine[]> {
  const ids = await assignmentsOfDelivery(db, deliveryId)
  if (ids.length === 0) return []
  const nudges = await nudgesOfDelivery(db, deliveryId)
  const stages = new Map(nudges.map(({ assignmentId, stage }) => [assignmentId, stage]))
  return (await findAssignments(db, { ids })).map((assignment) => ({
    assignment,
    stage: (stages.get(assignment.id) ?? 'manual') as NudgeLine['stage'],
    late: isLate(assignment, now, app.office()),
  }))
}

function linesOf({ app, now }: Work, nudging: Nudging[]): NudgeLine[] {
  return nudging.map(({ assignment, stage }) => ({
    assignment,
    stage,
    // At the due time itself it has just become late, which the strict comparison would miss by a millisecond.
    late: isLate(assignment, now + 1, app.office()),
  }))
}

function rolesOf(to: readonly Recipient[]): Role[] {
  const roles = ['contact', 'backup', 'leader'] as const
  return roles.filter((role) => to.includes(role))
}

async function firedKeys(db: Work['db'], assignments: Assignment[]): Promise<Map<number, Set<string>>> {
  const keys = new Map<number, Set<string>>()
  if (assignments.length === 0) return keys
  const fired = await firedNudges(
    db,
    assignments.map(({ id }) => id),
  )
  for (const { assignmentId, stage, nominalAt } of fired) {
    const set = keys.get(assignmentId) ?? new Set()
    keys.set(assignmentId, set.add(nudgeKey(stage as NudgeStage, nominalAt)))
  }
  return keys
}
