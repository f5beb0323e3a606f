import { findAssignments } from '../../db/assignments.ts'
import { assignmentsOfDelivery, type Delivery, messagesAbout, setPayload } from '../../db/deliveries.ts'
import { feedbackOf } from '../../db/feedback.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { lateFrom } from '../../domain/assignment-time.ts'
import { returnableUntil } from '../../domain/deadline.ts'
import { assignmentCard, feedbackFormCard, taskListCard } from '../../messages/assignment.ts'
import type { Mention, Message } from '../../messages/message.ts'
import { extensionFormCard } from '../../messages/request.ts'
import { returnFormCard } from '../../messages/returned.ts'
import { reviewCard } from '../../messages/review.ts'
import type { Platform } from '../../ports.ts'
import { renderRequest } from '../assignment/requests-card.ts'
import { renderReturned } from '../assignment/return-card.ts'
import { renderDone } from '../closing/done.ts'
import { renderNudge } from '../nudges/nudge-message.ts'
import type { Work } from '../work.ts'
import { changesMessages } from './courier.ts'
import { postUpdate } from './outbox.ts'

/** The kinds of message that show an assignment's state, and so follow it. */
const living = [
  'dispatch',
  'form',
  'return-form',
  'extension-form',
  'review',
  'request',
  'returned',
  'nudge',
  'done',
] as const

/**
 * Brings every message that shows these assignments up to date. The one that was clicked too, though the answer to the
 * click brings its new content sooner: the answer may be lost, and an older update of it may still be on its way.
 */
export async function refreshCards(work: Work, assignmentIds: number[]): Promise<void> {
  const cards = new Map<number, Delivery>()
  for (const id of await withTheirLeads(work, assignmentIds)) {
    for (const card of await messagesAbout(work.db, id, living)) cards.set(card.id, card)
  }
  for (const card of cards.values()) {
    const message = await renderCard(work, card)
    if (message) await renew(work, card, message)
  }
}

/** New content for a message of ours, whether or not it is out. */
export async function renew(work: Work, card: Delivery, message: Message): Promise<void> {
  if (card.status === 'pending') await setPayload(work.db, card.id, JSON.stringify(message))
  // What was tried before may be out already: then trying again does not change it.
  if (card.status !== 'pending' || card.attempts > 0) await postUpdate(work, card, message)
}

/** A lead department sees how far its co-departments are, so what changes theirs changes its card. */
async function withTheirLeads({ db }: Work, ids: number[]): Promise<Set<number>> {
  const all = new Set(ids)
  if (ids.length === 0) return all
  for (const { others } of await findAssignments(db, { ids })) {
    for (const { id, part } of others) if (part === 'lead') all.add(id)
  }
  return all
}

/** What a living message should show now; null for the other kinds. */
export async function renderCard(work: Work, card: Delivery): Promise<Message | null> {
  // These two look up by themselves what they show.
  if (card.kind === 'nudge') return renderNudge(work, card)
  if (card.kind === 'request') return card.request_id === null ? null : renderRequest(work, card.request_id)
  const { voice } = work.app
  const ids = await assignmentsOfDelivery(work.db, card.id)
  const assignments = await findAssignments(work.db, { ids })
  const [first] = assignments
  if (!first) return null
  const { mentions } = JSON.parse(card.payload) as Message
  switch (card.kind) {
    case 'dispatch':
      return dispatchCard(work, card.platform, assignments, mentions)
    case 'form':
      return feedbackFormCard(first, voice)
    case 'return-form':
      return returnFormCard(first, returnableUntil(first.dispatchedAt, work.app.office()), voice)
    case 'extension-form': {
      const asked = first.requests.extension
      return extensionFormCard(first, asked && asked.askedAt >= card.created_at ? asked : undefined, voice)
    }
    case 'returned':
      return renderReturned(work, first)
    case 'done':
      return renderDone(work, assignments, card)
    case 'review': {
      const all = await feedbackOf(work.db, ids)
      const shown = all.find(({ feedback }) => feedback.id === card.feedback_id)
      if (!shown) return null
      return reviewCard(
        {
          assignment: first,
          feedback: shown.feedback,
          late: shown.feedback.at > lateFrom(first, work.app.office()),
        },
        voice,
      )
    }
    default:
      return null
  }
}

/** One assignment's card, or the list of several. */
export function dispatchCard(
  { app }: Work,
  platform: Platform,
  assignments: Assignment[],
  mentions: Mention[] = [],
): Message {
  const [first, another] = assignments
  if (first && !another) return assignmentCard(first, app.voice, mentions)
  // What is quoted there is known by its title: each part of a long list has one of its own.
  const hasOwnTitle = !changesMessages(app, platform)
  return taskListCard(inOrder(assignments), app.voice, { mentions, hasOwnTitle })
}

/** A list keeps the order in which its items were numbered, whatever happens to them. */
export function inOrder(assignments: Assignment[]): Assignment[] {
  return assignments.toSorted((a, b) => a.item.code - b.item.code)
}
