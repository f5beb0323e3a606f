import { findAssignments } from '../../db/assignments.ts'
import {
  assignmentsOfDelivery,
  type Delivery,
  dispatchedIn,
  sendAfterAll,
  undeliveredTo,
} from '../../db/deliveries.ts'
import type { Chat, Department } from '../../db/departments.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { pushAssignments } from '../assignment/dispatch.ts'
import { isUnfinished } from '../assignment/unfinished.ts'
import { reviveNudges } from '../nudges/nudge-plan.ts'
import type { Work } from '../work.ts'
import { renderCard } from './cards.ts'
import { scheduleDeliveries } from './courier.ts'

/** What is said once and for all. The other kinds are made anew from what stands, or come again by themselves. */
const saidOnce = ['review', 'request', 'returned', 'notice', 'feedback', 'done'] as const

/** Sends a department's group what it should have and has not; where nothing is missing, nothing. */
export async function catchUp(work: Work, department: Department, chat: Chat): Promise<void> {
  const open = await findAssignments(work.db, { department: department.id, statuses: ['sent', 'working'] })
  const shown = await dispatchedIn(work.db, department.id, chat)
  const missing = open.filter(({ id }) => !shown.has(id))
  if (missing.length > 0) await pushAssignments(work, department, missing, [chat])
  await reviveNudges(work, open)
  for (const delivery of await undeliveredTo(work.db, department.id, chat, saidOnce)) {
    await sayAgain(work, delivery, chat)
  }
}

async function sayAgain(work: Work, delivery: Delivery, chat: Chat): Promise<void> {
  const ids = await assignmentsOfDelivery(work.db, delivery.id)
  const assignments = ids.length === 0 ? [] : await findAssignments(work.db, { ids })
  if (!isStillNews(delivery, assignments)) return
  const message = await renderCard(work, delivery)
  await sendAfterAll(work.db, delivery.id, {
    chatId: chat.chatId,
    platform: chat.platform,
    payload: message ? JSON.stringify(message) : delivery.payload,
    at: work.now,
  })
  scheduleDeliveries(work, [{ id: delivery.id, platform: chat.platform }], work.now)
}

function isStillNews({ kind, feedback_id, request_id }: Delivery, assignments: Assignment[]): boolean {
  if (kind === 'review') {
    return assignments.some(({ feedback }) => feedback?.id === feedback_id && feedback.review === 'pending')
  }
  if (kind === 'request') {
    return assignments.some(({ requests }) =>
      Object.values(requests).some(({ id, status }) => id === request_id && status === 'pending'),
    )
  }
  if (kind === 'returned')
    return assignments.some(({ item }) => item.status === 'ready' || item.status === 'open')
  if (kind === 'done') return assignments.some(({ item }) => item.status === 'done')
  return assignments.length === 0 || assignments.some(isUnfinished)
}
