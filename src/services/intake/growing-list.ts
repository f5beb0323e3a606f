import {
  addAssignments,
  deliveryById,
  holdUntil,
  platformsOf,
  setPayload,
  unsentAmong,
} from '../../db/deliveries.ts'
import { type Chat, chatsOf, type Department } from '../../db/departments.ts'
import type { Assignment } from '../../domain/assignment.ts'
import type { Message } from '../../messages/message.ts'
import type { App } from '../app.ts'
import { pushAssignments } from '../assignment/dispatch.ts'
import { inOrder, renderCard } from '../delivery/cards.ts'
import { entriesInMessage, scheduleDeliveries } from '../delivery/courier.ts'
import { postUrge } from '../delivery/outbox.ts'
import { inParts } from '../delivery/parts.ts'
import { type Work, work } from '../work.ts'

/** Longer than one transaction and the pause behind it. */
const heldMs = 60_000

/**
 * A department's list that grows while its assignments are made in many transactions, each of which brings its part of
 * the list with it. It is held back until the last one; if nobody lives to release it, it goes out a minute later as it
 * is.
 */
export interface GrowingList {
  department: Department
  /** The card that may still grow, by group. */
  growing: Map<string, Growing>
  /** These, and those that have grown enough. */
  posted: number[]
}

interface Growing {
  id: number
  length: number
  isUrged: boolean
}

export function growingList(department: Department): GrowingList {
  return { department, growing: new Map(), posted: [] }
}

export async function growList(current: Work, list: GrowingList, assignments: Assignment[]): Promise<void> {
  if (assignments.length === 0) return
  const chats = await chatsOf(current.db, list.department.id)
  if (chats.length === 0) await pushAssignments(current, list.department, assignments)
  for (const chat of chats) await growIn(current, list, chat, inOrder(assignments))
}

/** The card of that group has its fill first; the rest goes onto new ones. */
async function growIn(
  current: Work,
  list: GrowingList,
  chat: Chat,
  assignments: Assignment[],
): Promise<void> {
  const group = `${chat.platform} ${chat.chatId}`
  const growing = list.growing.get(group)
  const longest = entriesInMessage(current.app, chat.platform)
  const isUnsent = growing && (await unsentAmong(current.db, [growing.id])).length > 0
  const room = isUnsent ? longest - growing.length : 0
  if (growing && room > 0) await grow(current, growing, assignments.slice(0, room))
  const rest = assignments.slice(room)
  if (rest.length === 0) return
  const ids = await pushAssignments(heldBack(current), list.department, rest, [chat])
  await holdUntil(current.db, ids, current.now + heldMs)
  list.posted.push(...ids)
  const last = inParts(current, chat.platform, rest).at(-1) ?? []
  const id = ids.at(-1)
  if (id !== undefined) list.growing.set(group, { id, length: last.length, isUrged: hasCritical(last) })
}

async function grow(current: Work, growing: Growing, assignments: Assignment[]): Promise<void> {
  const { db, now } = current
  await addAssignments(
    db,
    growing.id,
    assignments.map((assignment) => assignment.id),
  )
  growing.length += assignments.length
  const card = await deliveryById(db, growing.id)
  const message = card && (await renderCard(current, card))
  if (!message) return
  await setPayload(db, growing.id, JSON.stringify(message))
  if (hasCritical(assignments) && !growing.isUrged) {
    await postUrge(heldBack(current), card, accountsIn(message))
    growing.isUrged = true
  }
  await holdUntil(db, [growing.id], now + heldMs)
}

function heldBack(current: Work): Work {
  return { ...current, schedule: () => {} }
}

function hasCritical(assignments: Assignment[]): boolean {
  return assignments.some(({ item }) => item.urgency === 'critical')
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
