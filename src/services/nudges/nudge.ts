import { departmentsToNudge, findAssignments, setNextNudge } from '../../db/assignments.ts'
import { addAssignments, deliveryById, platformsOf, setPayload, unsentAmong } from '../../db/deliveries.ts'
import { chatsOf } from '../../db/departments.ts'
import { type FiredNudge, insertNudges, linkNudges } from '../../db/nudges.ts'
import { mentionsOf } from '../../db/people.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { isLate, nudgeSubject } from '../../domain/assignment-time.ts'
import {
  mergeStages,
  type NudgeStage,
  nudgesDue,
  type Recipient,
  sendingTime,
} from '../../domain/nudge-ladder.ts'
import { addWorkdays } from '../../domain/office-hours.ts'
import type { Role } from '../../domain/person.ts'
import { instantAt, localDate } from '../../domain/time.ts'
import { type NudgeLine, nudgeCopy, nudgeMessage } from '../../messages/nudge.ts'
import type { App } from '../app.ts'
import { deliveryJob } from '../delivery/courier.ts'
import { post, postUrge } from '../delivery/outbox.ts'
import { inParts } from '../delivery/parts.ts'
import { postToTaskForce } from '../delivery/task-force.ts'
import { reportNudgesWithoutGroup } from '../delivery/undelivered.ts'
import { type Work, work } from '../work.ts'
import { firedKeys, planNudges, scheduleNextNudge } from './nudge-plan.ts'

/** An assignment that is to be nudged in this slot, at its gravest stage. */
export interface Nudging {
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

/** Whoever writes meanwhile waits for one transaction at most, which is of about so many assignments. */
const atOnce = 200

/**
 * Sends every nudge that is due: one message for each group, or as many as its list takes, and one copy of the slot for
 * the task force. A transaction holds some whole departments and their part of the copy, which is held back until the last of them: no
 * crash can part a nudge from its copy; it may split the copy, whose first part the next sweep sends.
 */
export async function sendDueNudges(app: App): Promise<void> {
  const copy: Copy = { nudging: [], deliveries: [] }
  for (const departments of await slicesOfDue(app)) {
    await work(app, (current) => nudgeDepartments(current, departments, copy))
  }
  const now = app.clock.now()
  for (const { id, platform } of await platformsOf(app.db.read, copy.deliveries)) {
    await app.queue.schedule(deliveryJob(app, platform), String(id), now)
  }
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
  await setNextNudge(
    current.db,
    assignments.map(({ id }) => id),
    next,
  )
  current.schedule('nudge', String(next), next)
  await reportNudgesWithoutGroup({ app, ...current }, assignments)
}

/** What is due now, each assignment at its gravest stage; recorded, so that it never is again. */
async function nudgingOf({ app, db, now }: Work, assignments: Assignment[]): Promise<Nudging[]> {
  const fired = await firedKeys(db, assignments)
  const nudging: Nudging[] = []
  const fires: FiredNudge[] = []
  for (const assignment of assignments) {
    const subject = nudgeSubject(assignment, app.office())
    // Whoever wakes late, at night, has missed the moment, and lets people sleep.
    if (sendingTime(now, subject, app.office()) > now) continue
    const due = nudgesDue(subject, fired.get(assignment.id) ?? new Set(), now, app.office())
    const merged = mergeStages(due)
    if (!merged) continue
    fires.push(...due.map((each) => ({ assignmentId: assignment.id, ...each, at: now })))
    nudging.push({ assignment, ...merged, nudgeIds: [] })
  }
  const inserted = Map.groupBy(await insertNudges(db, fires), ({ assignmentId }) => assignmentId)
  return nudging.map((one) => {
    // Only the gravest stage speaks, for the milder ones that came due with it too.
    const own = (inserted.get(one.assignment.id) ?? []).filter(({ stage }) => stage === one.stage)
    return { ...one, nudgeIds: own.map(({ id }) => id) }
  })
}

export async function postNudges(current: Work, department: number, nudging: Nudging[]): Promise<void> {
  const roles = rolesOf(nudging.flatMap(({ to }) => to))
  const ordered = nudging.toSorted((a, b) => a.assignment.item.code - b.assignment.item.code)
  for (const { platform, chatId } of await chatsOf(current.db, department)) {
    const mentions = await mentionsOf(current.db, platform, department, roles, current.now)
    for (const [at, part] of inParts(current, platform, ordered).entries()) {
      const id = await post(current, {
        kind: 'nudge',
        platform,
        to: { chat: chatId },
        department,
        // People are called once.
        message: nudgeMessage(linesOf(current, part), current.app.voice, at === 0 ? mentions : []),
        assignments: part.map(({ assignment }) => assignment.id),
      })
      const delivery = id === null ? undefined : await deliveryById(current.db, id)
      if (!delivery) continue
      await link(current, part, delivery.id)
      if (part.every(({ assignment }) => assignment.item.urgency !== 'critical')) continue
      await postUrge(
        current,
        delivery,
        mentions.map(({ account }) => account),
      )
    }
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

async function link(current: Work, nudging: Nudging[], delivery: number): Promise<void> {
  await linkNudges(
    current.db,
    nudging.flatMap(({ nudgeIds }) => nudgeIds),
    delivery,
  )
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
