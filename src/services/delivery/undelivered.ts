import { findAssignments } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import { assignmentsOfDelivery, type Delivery, outcomeUnknown } from '../../db/deliveries.ts'
import { taskForces } from '../../db/departments.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { localDate } from '../../domain/time.ts'
import { line } from '../../messages/message.ts'
import type { RefusalReason } from '../../ports.ts'
import { reportUnsentFile } from '../reports/export-file.ts'
import type { Work } from '../work.ts'
import { type Payload, post } from './outbox.ts'
import { postToTaskForce } from './task-force.ts'

/** What the task force's own group need not be told of: of no use later, or a notice of the same kind. */
const passing: readonly Delivery['kind'][] = ['news', 'notice']

/** Tells the task force which department did not get what, and why; recorded in each item's history too. */
export async function reportRefused(current: Work, delivery: Delivery, reason: RefusalReason): Promise<void> {
  // An answer to what somebody asked, and has perhaps recalled, is no part of the item's history.
  if (delivery.kind === 'reply') return tellAsker(current, delivery, reason)
  if (delivery.kind === 'export') return reportUnsentFile(current, delivery, reason)
  const assignments = await assignmentsOf(current, delivery)
  await addEvents(
    current.db,
    assignments.map((assignment) => ({
      at: current.now,
      what: 'undelivered',
      item: assignment.item.code,
      assignment: assignment.id,
      detail: { reason: current.app.voice.t.undelivered.reasons[reason] },
    })),
  )
  if (delivery.department_id === null) return
  const forces = await taskForces(current.db)
  if (forces.some(({ id }) => id === delivery.department_id)) {
    if (reason === outcomeUnknown) await tellOwnGroup(current, delivery, assignments)
    return
  }
  if (assignments.length === 0) return
  await tellTaskForce(
    current,
    assignments,
    current.app.voice.t.undelivered.reasons[reason],
    `refused-${delivery.id}-${delivery.created_at}`,
  )
}

/** Whoever asked in a group, and was to be answered in private, would wait for nothing. */
async function tellAsker(current: Work, delivery: Delivery, reason: RefusalReason): Promise<void> {
  const { askedIn } = JSON.parse(delivery.payload) as Payload
  if (!askedIn) return
  const { inPrivate, reasons } = current.app.voice.t.undelivered
  const text =
    reason === 'person-out-of-scope'
      ? inPrivate.outOfReach
      : reason === outcomeUnknown
        ? inPrivate.unknown
        : inPrivate.refused(reasons[reason])
  await post(current, {
    kind: 'reply',
    platform: delivery.platform,
    to: { chat: askedIn.chat },
    replyTo: askedIn.messageId === undefined ? undefined : { messageId: askedIn.messageId },
    message: line(text, 'warning'),
  })
}

/** What the task force has to judge may be missing from its group: it is told there, once, where to look. */
async function tellOwnGroup(current: Work, delivery: Delivery, assignments: Assignment[]): Promise<void> {
  const { id, kind, platform, chat_id: chat, item_code: item, department_id: department } = delivery
  if (chat === null || department === null || passing.includes(kind)) return
  const { t } = current.app.voice
  const codes = assignments.length > 0 ? assignments.map((one) => one.item.code) : item === null ? [] : [item]
  await post(current, {
    kind: 'notice',
    platform,
    to: { chat },
    department,
    message: line(t.undelivered.mayBeMissing(codes, kind === 'review'), 'warning'),
    assignments: assignments.map((one) => one.id),
    dedupeKey: `missing-${id}-${delivery.created_at}`,
  })
}

/**
 * A message that the platform has neither taken nor refused, often by now. Of one department it is said once a day: in an
 * outage every message of a whole day fails so.
 */
export async function reportStuck(current: Work, delivery: Delivery): Promise<void> {
  const assignments = await assignmentsOf(current, delivery)
  if (delivery.department_id === null || assignments.length === 0) return
  const forces = await taskForces(current.db)
  if (forces.some(({ id }) => id === delivery.department_id)) return
  const { voice } = current.app
  const key = `stuck-${delivery.department_id}-${localDate(current.now, voice.timezone)}`
  await tellTaskForce(current, assignments, voice.t.undelivered.stuck, key)
}

/** The department has no group, so nothing can reach it: of the same items it is said once a day. */
export async function reportNoGroup(current: Work, assignments: Assignment[]): Promise<void> {
  const [first] = assignments
  if (!first) return
  const { voice } = current.app
  const codes = assignments.map(({ item }) => item.code).join('.')
  const key = `no-group-${first.department.id}-${localDate(current.now, voice.timezone)}-${codes}`
  await tellTaskForce(current, assignments, voice.t.undelivered.reasons['no-group'], key)
}

/** The same of nudges, which wait meanwhile: once a day, whatever comes due in it. */
export async function reportNudgesWithoutGroup(current: Work, assignments: Assignment[]): Promise<void> {
  const [first] = assignments
  if (!first) return
  const { voice } = current.app
  const key = `no-group-nudges-${first.department.id}-${localDate(current.now, voice.timezone)}`
  await tellTaskForce(current, assignments, voice.t.undelivered.reasons['no-group'], key)
}

async function tellTaskForce(
  current: Work,
  assignments: Assignment[],
  reason: string,
  key: string,
): Promise<void> {
  const { t } = current.app.voice
  const [first] = assignments
  const codes = t.codes(assignments.map(({ item }) => item.code))
  await postToTaskForce(current, {
    kind: 'notice',
    message: {
      title: t.undelivered.title,
      tone: 'danger',
      blocks: [{ kind: 'text', text: t.undelivered.entry(first?.department.name ?? '', codes, reason) }],
    },
    assignments: assignments.map(({ id }) => id),
    dedupeKey: key,
  })
}

async function assignmentsOf(current: Work, delivery: Delivery): Promise<Assignment[]> {
  const ids = await assignmentsOfDelivery(current.db, delivery.id)
  return ids.length === 0 ? [] : findAssignments(current.db, { ids })
}
