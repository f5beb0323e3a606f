import { findAssignments, nextNudgeMoment, updateAssignment } from '../db/assignments.ts'
import { addEvents } from '../db/audit.ts'
import {
  assignmentsOfDelivery,
  cancelDelivery,
  type Delivery,
  deliveryById,
  setPayload,
} from '../db/deliveries.ts'
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
import type { Role } from '../domain/person.ts'
import { UserError } from '../errors.ts'
import type { Mention, Message } from '../messages/message.ts'
import { type NudgeLine, nudgeCopy, nudgeMessage, stillAsks } from '../messages/nudge.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import { postToDepartment, postUrge } from './outbox.ts'
import { postToTaskForce } from './task-force.ts'
import { reportNoGroup } from './undelivered.ts'
import { type Work, work } from './work.ts'

/** An assignment that is to be nudged in this slot, at its gravest stage. */
interface Nudging {
  assignment: Assignment
  stage: NudgeStage | 'manual'
  to: Recipient[]
  nudgeIds: number[]
}

const manualEveryMs = 60 * 60 * 1000

/**
 * Sends every nudge that is due: one message for each group, and one copy for the task force. One transaction for the
 * whole slot, so that no crash can part a nudge from its copy.
 */
export async function sendDueNudges(app: App): Promise<void> {
  await work(app, async (current) => {
    const waiting = await findAssignments(current.db, { nudgeBy: current.now })
    const nudging = await nudgingOf(current, waiting)
    const byDepartment = Map.groupBy(nudging, ({ assignment }) => assignment.department.id)
    for (const [department, group] of byDepartment) await postNudges(current, department, group)
    await copyToTaskForce(current, nudging)
    await planNudges(current, waiting)
  })
  await scheduleNextNudge(app)
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

/** A lead's own nudge, at most once an hour for the same assignment. @throws {UserError} */
export async function nudgeByHand(
  current: Work,
  actor: Actor,
  assignments: Assignment[],
): Promise<Assignment[]> {
  const open = assignments.filter(({ status }) => status === 'sent' || status === 'working')
  if (open.length === 0) throw new UserError((t) => t.nudge.nothing)
  const { db, now, app } = current
  const recent = await nudgedByHandSince(
    db,
    open.map(({ id }) => id),
    now - manualEveryMs,
  )
  const due = open.filter(({ id }) => !recent.has(id))
  const [first] = open
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
  await addEvents(
    db,
    due.map((assignment) => ({
      at: now,
      what: 'nudged',
      item: assignment.item.code,
      assignment: assignment.id,
      person: actor.id,
      detail: { stage: 'manual' },
    })),
  )
  return due
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
  if (deliveries.length === 0) {
    await reportNoGroup(
      current,
      nudging.map(({ assignment }) => assignment),
    )
  }
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
async function copyToTaskForce(current: Work, nudging: Nudging[]): Promise<void> {
  const copied = nudging.filter(({ stage, to }) => to.includes('task-force') && stage !== 'overdue-digest')
  if (copied.length === 0) return
  await postToTaskForce(current, {
    kind: 'notice',
    message: nudgeCopy(linesOf(current, copied), current.app.voice),
    assignments: copied.map(({ assignment }) => assignment.id),
  })
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
