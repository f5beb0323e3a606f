import { newestEventOf } from '../../db/audit.ts'
import { callbacksOf } from '../../db/callbacks.ts'
import { type Delivery, messagesAbout } from '../../db/deliveries.ts'
import { publicationsOf } from '../../db/publications.ts'
import type { Db } from '../../db/schema.ts'
import { uptakesOf } from '../../db/uptakes.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { lateFrom } from '../../domain/assignment-time.ts'
import type { Afterwards } from '../../domain/closing.ts'
import { type DoneItem, doneCard } from '../../messages/done.ts'
import type { Message } from '../../messages/message.ts'
import { currentAssignments } from '../assignment/assignments.ts'
import { postToTaskForce } from '../delivery/task-force.ts'
import type { Work } from '../work.ts'

/** The task force gets one card of what is done, which follows it from then on. */
export async function announceDone(work: Work, code: number): Promise<void> {
  const assignments = await currentAssignments(work.db, code)
  const message = await renderDone(work, assignments)
  if (!message) return
  await postToTaskForce(work, {
    kind: 'done',
    message,
    assignments: assignments.map(({ id }) => id),
    item: code,
  })
}

/** The card of what these assignments, of one round of an item, came to: a new one, or the one that was sent. */
export async function renderDone(
  work: Work,
  assignments: Assignment[],
  card?: Delivery,
): Promise<Message | null> {
  const lead = assignments.find(({ part, status }) => part === 'lead' && status !== 'returned')
  if (!lead) return null
  const { code } = lead.item
  const { feedback } = lead
  return doneCard(
    {
      lead,
      late: feedback !== null && feedback.at > lateFrom(lead, work.app.office()),
      afterwards: await afterwardsOf(work.db, code),
      closed: await closedBy(work, lead),
      since: card && (await hasNewer(work, card, lead)) ? 'undone' : await sinceDone(work, lead),
    },
    work.app.voice,
  )
}

export async function afterwardsOf(db: Db, code: number): Promise<Afterwards> {
  return {
    callbacks: await callbacksOf(db, code),
    publications: await publicationsOf(db, code),
    uptakes: await uptakesOf(db, code),
  }
}

async function closedBy({ db }: Work, { item }: Assignment): Promise<DoneItem['closed']> {
  if (item.status !== 'closed') return null
  return (await newestEventOf(db, item.code, 'closed')) ?? null
}

async function sinceDone({ db }: Work, lead: Assignment): Promise<DoneItem['since']> {
  const current = (await currentAssignments(db, lead.item.code)).find(({ part }) => part === 'lead')
  if (current && current.id !== lead.id) return current.reopened ?? 'undone'
  return lead.item.status === 'done' || lead.item.status === 'closed' ? 'nothing' : 'undone'
}

/** It was done before in the same round, which was undone: what is left to do stands on the newest card. */
async function hasNewer({ db }: Work, card: Delivery, lead: Assignment): Promise<boolean> {
  const cards = await messagesAbout(db, lead.id, ['done'])
  return cards.some(({ id, chat_id }) => chat_id === card.chat_id && id > card.id)
}
