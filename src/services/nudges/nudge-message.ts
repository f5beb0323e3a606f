import { findAssignments } from '../../db/assignments.ts'
import {
  assignmentsOfDelivery,
  cancelDelivery,
  type Delivery,
  deliveryById,
  setPayload,
} from '../../db/deliveries.ts'
import { nudgesOfDelivery, unlinkNudges, unsentNudgeDeliveries } from '../../db/nudges.ts'
import { isLate, nudgeSubject } from '../../domain/assignment-time.ts'
import { sendingTime } from '../../domain/nudge-ladder.ts'
import type { Message } from '../../messages/message.ts'
import { type NudgeLine, nudgeMessage, stillAsks } from '../../messages/nudge.ts'
import type { Work } from '../work.ts'
import { reviveNudges } from './nudge-plan.ts'

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

/** What a nudge message says now; null where none of its assignments is left in it. */
export async function renderNudge(current: Work, delivery: Delivery): Promise<Message | null> {
  const lines = await linesOfDelivery(current, delivery.id)
  const { mentions = [] } = JSON.parse(delivery.payload) as Message
  return lines.length === 0 ? null : nudgeMessage(lines, current.app.voice, mentions)
}

/**
 * Cancels a nudge message that the platform put off into the night: what it says comes with the next slot's, in one
 * message. Not where one of them is critical, or a lead's own, who means it; nor what may have arrived, which goes on
 * being tried under its own key, so that the reader sees it once.
 * @returns whether it was
 */
export async function nudgesInAnotherSlot(work: Work, delivery: Delivery): Promise<boolean> {
  if (delivery.kind !== 'nudge' || delivery.op !== 'send' || delivery.claimed_at !== null) return false
  const { app, db, now } = work
  const office = app.office()
  const lines = await linesOfDelivery(work, delivery.id)
  const mayGo = lines.some(
    ({ assignment, stage }) =>
      stage === 'manual' || sendingTime(now, nudgeSubject(assignment, office), office) <= now,
  )
  if (mayGo || lines.length === 0) return false
  await cancelDelivery(db, delivery.id)
  await reviveNudges(
    work,
    lines.map(({ assignment }) => assignment),
  )
  return true
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
