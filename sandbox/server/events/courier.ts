import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type App, appOf, type Platform } from '../platform.ts'
import type { PendingEvent } from '../state/world.ts'
import { accepted, type Outcome } from './outcome.ts'
import { postToWebhook } from './webhook.ts'

/** Brings events and callbacks to the bots. */
export interface Courier {
  /** Pushes until the bot answers or the schedule is exhausted. */
  event(app: App, event: EventBody): void
  /** Pushes once and waits for the answer. Never rejects. */
  callback(app: App, event: EventBody): Promise<Outcome>
  /** Takes up what an earlier run left behind. */
  resume(): void
  stop(): void
}

export interface EventBody {
  schema: '2.0'
  header: { event_id: string; event_type: string; [field: string]: unknown }
  event: Record<string, unknown>
}

export function createCourier(platformOf: () => Platform): Courier {
  const timers = new Map<string, NodeJS.Timeout>()
  let stopped = false

  /** An event's copy, which may be late. */
  async function deliver(app: App, body: unknown): Promise<Outcome> {
    const { eventDelayMs } = platformOf().faults
    if (eventDelayMs > 0) await wait(randomInt(eventDelayMs), undefined, { ref: false })
    return stopped ? { kind: 'lost' } : push(app, body)
  }

  function push(app: App, body: unknown): Promise<Outcome> {
    const platform = platformOf()
    if (app.webhookUrl) return postToWebhook(app, app.webhookUrl, body, platform.timing.answerWithinMs)
    return platform.connections.push(app.app_id, body)
  }

  function plan(eventId: string, at: number): void {
    const timer = setTimeout(
      () => {
        timers.delete(eventId)
        void attempt(eventId)
      },
      Math.max(0, at - Date.now()),
    )
    timers.set(eventId, timer)
  }

  async function attempt(eventId: string): Promise<void> {
    const platform = platformOf()
    const pending = platform.world.pending.get(eventId)
    if (!pending || stopped) return
    const app = appOf(platform, pending.app_id)
    const copies = Array.from({ length: platform.faults.duplicateEvents }, () => deliver(app, pending.body))
    const outcomes = await Promise.all(copies)
    if (stopped) return
    const after = platform.timing.redeliverAfterMs[pending.attempts]
    if (outcomes.some(accepted) || after === undefined) {
      platform.commit({ op: 'settled', event_id: eventId })
      return
    }
    const next: PendingEvent = { ...pending, attempts: pending.attempts + 1, next_at: Date.now() + after }
    platform.commit({ op: 'pending', event: next })
    plan(eventId, next.next_at)
  }

  return {
    event: (app, body) => {
      const event_id = body.header.event_id
      platformOf().commit({
        op: 'pending',
        event: { event_id, app_id: app.app_id, body: { ...body }, attempts: 0, next_at: Date.now() },
      })
      void attempt(event_id)
    },
    callback: push,
    resume: () => {
      const platform = platformOf()
      for (const { event_id, app_id, next_at } of platform.world.pending.values()) {
        if (platform.apps.has(app_id)) plan(event_id, next_at)
        else platform.commit({ op: 'settled', event_id })
      }
    },
    stop: () => {
      stopped = true
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
