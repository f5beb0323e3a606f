import { findAssignments } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import {
  aheadOf,
  cancelDelivery,
  claimDelivery,
  type Delivery,
  deliveryById,
  dependents,
  markForRetry,
  markRefused,
  markSent,
  outcomeUnknown,
  updatesBeside,
} from '../../db/deliveries.ts'
import { instanceId } from '../../db/instance.ts'
import { nudgesFirstSent } from '../../db/nudges.ts'
import { masked } from '../../messages/masked.ts'
import { Busy, type Messenger, type Post, type RefusalReason, Refused } from '../../ports.ts'
import type { App } from '../app.ts'
import { nudgesInAnotherSlot, trimNudge } from '../nudges/nudge-message.ts'
import { type Work, work, workTogether } from '../work.ts'
import { leaseOf, scheduleDeliveries, sendsInTurn, sendsOnce } from './courier.ts'
import type { Payload } from './outbox.ts'
import { readStored } from './stored-file.ts'
import { reportRefused, reportStuck } from './undelivered.ts'

const longestBackoffMs = 5 * 60_000
const updateGapMs = 300
const turnGapMs = 1_000
/** With the growing gaps between them: about nine minutes. */
const attemptsUntilReport = 10
/** What was never tried, but always told to come later, is told of too. */
const busyUntilReportMs = 60 * 60_000

/**
 * Carries one delivery to its platform. At least once: whoever dies between the sending and the recording leaves it to
 * the next, and the platform's idempotency key keeps the reader from seeing it twice. Where the platform has none, what
 * may have arrived is not sent again, and the task force is told.
 * @returns when to try again, if it must be tried again
 */
export async function deliver(app: App, id: number): Promise<{ retryAt: number } | undefined> {
  const claimed = await workTogether(app, (current) => claim(current, id))
  if ('retryAt' in claimed) return { retryAt: claimed.retryAt }
  if (!claimed.delivery) return undefined
  const { delivery } = claimed
  const messenger = app.messengers.get(delivery.platform)
  if (!messenger)
    return retry(app, delivery, {
      ms: longestBackoffMs,
      why: 'the platform is not configured',
      ...untried(claimed),
    })
  let messageId: string | null
  try {
    messageId = await carry(app, messenger, claimed)
  } catch (error) {
    return failed(app, claimed, error)
  }
  await workTogether(app, (current) => sent(current, delivery, messageId))
  return undefined
}

interface Taken {
  delivery: Delivery
  target: Delivery | undefined
  instance: string
  /** When it was taken before and may have arrived. */
  earlier: number | null
}

type Claimed = Taken | { delivery?: undefined } | { retryAt: number }

async function claim(current: Work, id: number): Promise<Claimed> {
  const { app, db, now } = current
  const waiting = await deliveryById(db, id)
  if (waiting?.status !== 'pending' && waiting?.status !== 'sending') return {}
  const lease = leaseOf(app, waiting.platform)
  if (waiting.op === 'send' && waiting.claimed_at !== null && !sendsOnce(app, waiting.platform)) {
    // It may have arrived; while it is being sent, that will be known soon.
    const isOver = waiting.status === 'pending' || waiting.claimed_at <= now - lease
    if (isOver) await refuse(current, waiting, outcomeUnknown)
    return {}
  }
  const target = waiting.target_id === null ? undefined : await deliveryById(db, waiting.target_id)
  if (target && target.status !== 'sent') {
    // What it answers must be out first, which schedules this one; of what never goes out nothing follows.
    if (target.status === 'refused' || target.status === 'cancelled') await cancelDelivery(db, id)
    return {}
  }
  if (waiting.op === 'update') {
    const { isNewer, isUnderWay } = await updatesBeside(db, waiting)
    if (isNewer) {
      await cancelDelivery(db, id)
      return {}
    }
    if (isUnderWay) return { retryAt: now + updateGapMs }
  }
  if (waiting.status === 'pending' && (await nudgesInAnotherSlot(current, waiting))) return {}
  const ahead = sendsInTurn(app, waiting.platform) ? await aheadOf(db, waiting, now) : undefined
  if (ahead) return { retryAt: Math.max(ahead.next_attempt_at, now) + turnGapMs }
  const claimed = await claimDelivery(db, id, now, lease)
  if (claimed) {
    // What is noted as sending, or has an error, was taken before: others left it alone then.
    const isFirst = waiting.status === 'pending' && waiting.error === null
    const delivery = isFirst ? claimed : await trimNudge(current, claimed)
    return delivery ? { delivery, target, instance: await instanceId(db), earlier: waiting.claimed_at } : {}
  }
  return waiting.status === 'pending' && waiting.next_attempt_at > now
    ? { retryAt: waiting.next_attempt_at }
    : {}
}

/** @returns the platform's id of the message that it made, if it made one. */
async function carry(
  app: App,
  messenger: Messenger,
  { delivery, target, instance }: Taken,
): Promise<string | null> {
  const targetMessage = target?.message_id ?? delivery.target_message_id ?? undefined
  switch (delivery.op) {
    case 'send': {
      const to = delivery.chat_id !== null ? { chat: delivery.chat_id } : { account: delivery.account ?? '' }
      const { file, askedIn: _, ...message } = payloadOf(delivery)
      const post: Post = {
        // With the time, for a restored backup gives out the same ids again.
        key: `${instance}-${delivery.id}-${delivery.created_at.toString(36)}`,
        to,
        message,
        replyTo: targetMessage,
        inThread: delivery.in_thread === 1,
        file: file && (await readStored(app, file)),
      }
      return sendsOnce(app, delivery.platform)
        ? (await messenger.send(post)).messageId
        : sendAtMostOnce(app, messenger, post)
    }
    case 'update':
      await messenger.update(required(targetMessage), payloadOf(delivery))
      return null
    case 'urge':
      await messenger.urge(required(targetMessage), JSON.parse(delivery.payload) as string[])
      return null
  }
}

/** @throws {Refused | Busy} any other fault leaves it open whether it arrived. */
async function sendAtMostOnce(app: App, messenger: Messenger, post: Post): Promise<string> {
  try {
    return (await messenger.send(post)).messageId
  } catch (error) {
    if (error instanceof Refused || error instanceof Busy) throw error
    app.log.warn({ key: post.key, err: error }, 'nobody knows whether a message arrived')
    throw new Refused(outcomeUnknown, 'nobody knows whether it arrived')
  }
}

/** Only who is written to in person sees a citizen's details. */
function payloadOf({ account, payload }: Delivery): Payload {
  const message = JSON.parse(payload) as Payload
  return account === null ? { ...message, ...masked(message) } : message
}

async function sent(current: Work, delivery: Delivery, messageId: string | null): Promise<void> {
  const { db, now } = current
  await markSent(db, delivery.id, { at: now, messageId })
  scheduleDeliveries(current, await dependents(db, delivery.id), now)
  if (delivery.op !== 'send' || delivery.kind !== 'nudge') return
  const nudges = await nudgesFirstSent(db, delivery.id)
  if (nudges.length === 0) return
  const assignments = await findAssignments(db, { ids: nudges.map(({ assignmentId }) => assignmentId) })
  const codes = new Map(assignments.map((assignment) => [assignment.id, assignment.item.code]))
  // A nudge counts once a platform took it, and once only where the department has several groups.
  await addEvents(
    db,
    nudges.map(({ assignmentId, stage, by }) => ({
      at: now,
      what: 'nudged',
      item: codes.get(assignmentId),
      assignment: assignmentId,
      person: by,
      detail: { stage },
    })),
  )
}

async function failed(app: App, taken: Taken, error: unknown): Promise<{ retryAt: number } | undefined> {
  const { delivery } = taken
  if (error instanceof Busy) {
    const isStuck = app.clock.now() - delivery.created_at >= busyUntilReportMs
    const why = isStuck ? 'the platform has been busy for long' : 'the platform is busy'
    if (isStuck && delivery.op === 'send' && delivery.error !== why) {
      await work(app, (current) => reportStuck(current, delivery))
    }
    return retry(app, delivery, { ms: error.retryAfterMs, why, ...untried(taken) })
  }
  if (error instanceof Refused) {
    app.log.warn(
      { delivery: delivery.id, op: delivery.op, reason: error.reason },
      'the platform refused a delivery',
    )
    await work(app, (current) => refuse(current, delivery, error.reason))
    return undefined
  }
  const backoff = Math.min(longestBackoffMs, 1000 * 2 ** Math.min(delivery.attempts - 1, 10))
  app.log.warn(
    { delivery: delivery.id, attempts: delivery.attempts, err: error, backoff },
    'a delivery failed',
  )
  if (delivery.op === 'send' && delivery.attempts >= attemptsUntilReport) {
    await work(app, (current) => reportStuck(current, delivery))
  }
  const why = error instanceof Error ? error.message : 'unknown'
  const { claimed_at: claimedAt, attempts } = delivery
  return retry(app, delivery, { ms: backoff, why, claimedAt, attempts })
}

async function refuse(current: Work, delivery: Delivery, reason: RefusalReason): Promise<void> {
  await markRefused(current.db, delivery.id, reason)
  for (const { id } of await dependents(current.db, delivery.id)) await cancelDelivery(current.db, id)
  if (delivery.op === 'send') await reportRefused(current, delivery, reason)
}

/** As it was before it was taken: nothing was tried. */
function untried({ delivery, earlier }: Taken): { claimedAt: number | null; attempts: number } {
  return { claimedAt: earlier, attempts: delivery.attempts - 1 }
}

async function retry(
  app: App,
  delivery: Delivery,
  { ms, why, ...taken }: { ms: number; why: string; claimedAt: number | null; attempts: number },
): Promise<{ retryAt: number }> {
  const retryAt = app.clock.now() + ms
  await work(app, ({ db }) => markForRetry(db, delivery.id, { at: retryAt, error: why, ...taken }))
  return { retryAt }
}

function required(messageId: string | undefined): string {
  if (messageId === undefined) throw new Error('the message to change has no id')
  return messageId
}
