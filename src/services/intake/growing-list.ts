import {
  addAssignments,
  deliveryById,
  holdUntil,
  platformsOf,
  setPayload,
  unsentAmong,
} from '../../db/deliveries.ts'
import { chatsOf, type Department } from '../../db/departments.ts'
import type { Assignment } from '../../domain/assignment.ts'
import type { Message } from '../../messages/message.ts'
import type { App } from '../app.ts'
import { pushAssignments } from '../assignment/dispatch.ts'
import { renderCard } from '../delivery/cards.ts'
import { scheduleDeliveries } from '../delivery/courier.ts'
import { postUrge } from '../delivery/outbox.ts'
import { type Work, work } from '../work.ts'

/** Written anew with each part, it must not become too long; a list of more is read by nobody anyway. */
const longest = 1_000

/** Longer than one transaction and the pause behind it. */
const heldMs = 60_000

/**
 * A department's list that grows while its assignments are made in many transactions, each of which brings its part of
 * the list with it. It is held back until the last one; if nobody lives to release it, it goes out a minute later as it
 * is.
 */
export interface GrowingList {
  department: Department
  /** Its cards, one for each group, that may still grow. */
  growing: number[]
  /** These, and those that have grown enough. */
  posted: number[]
  length: number
  isUrged: boolean
}

export function growingList(department: Department): GrowingList {
  return { department, growing: [], posted: [], length: 0, isUrged: false }
}

export async function growList(current: Work, list: GrowingList, assignments: Assignment[]): Promise<void> {
  if (assignments.length === 0) return
  if ((await chatsOf(current.db, list.department.id)).length === 0) {
    await pushAssignments(current, list.department, assignments)
    return
  }
  const heldBack: Work = { ...current, schedule: () => {} }
  const isCritical = assignments.some(({ item }) => item.urgency === 'critical')
  const unsent = await unsentAmong(current.db, list.growing)
  const mayGrow = unsent.length > 0 && unsent.length === list.growing.length && list.length < longest
  if (!mayGrow) {
    list.growing = await pushAssignments(heldBack, list.department, assignments)
    list.posted.push(...list.growing)
    list.length = assignments.length
    list.isUrged = isCritical
    await holdUntil(current.db, list.growing, current.now + heldMs)
    return
  }
  for (const id of unsent) {
    await addAssignments(
      current.db,
      id,
      assignments.map((assignment) => assignment.id),
    )
    const card = await deliveryById(current.db, id)
    const message = card && (await renderCard(current, card))
    if (!message) continue
    await setPayload(current.db, id, JSON.stringify(message))
    if (isCritical && !list.isUrged) await postUrge(heldBack, card, accountsIn(message))
  }
  await holdUntil(current.db, list.growing, current.now + heldMs)
  list.length += assignments.length
  list.isUrged ||= isCritical
}

export async function releaseList(app: App, { posted }: GrowingList): Promise<void> {
  await work(app, async (current) => {
    const { db, now } = current
    await holdUntil(db, posted, now)
    scheduleDeliveries(current, await platformsOf(db, posted), now)
  })
}

function accountsIn({ mentions = [] }: Message): string[] {
  return mentions.map(({ account }) => account)
}
