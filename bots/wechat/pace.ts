import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RateLimit, RateLimiter } from '../../src/ports.ts'
import { Busy } from '../../src/ports.ts'

/** How fast one account may speak; WeChat restricts accounts that speak like a machine. */
export interface PaceTiming {
  /** Milliseconds between two messages, and how many more at random. */
  gapMs: number
  jitterMs: number
  perMinute: number
  /** From 0 to 1. */
  random(): number
  /** Milliseconds, on a clock that never goes back. */
  now(): number
  /** Resolves after so many milliseconds, or when the signal comes. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

export const defaultPace: PaceTiming = {
  gapMs: 3_000,
  jitterMs: 2_000,
  perMinute: 20,
  random: Math.random,
  now: () => performance.now(),
  wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
}

export interface Speaker {
  account: string
  /** Whoever asks may not use up what the bot has to say by itself. */
  isReply?: boolean
}

/** What the day's cap keeps back: answers wait sooner than what the bot says by itself. */
export type Held = 'replies' | 'pushes'

/** One queue for everything that one account says. */
export interface Pace {
  /**
   * Runs `speak`, which says one post, when nobody else speaks; it awaits its `turn` before each of its messages.
   * @throws {Busy} where the first message must wait for long; the later ones of the same post wait in place.
   */
  run<T>(speaker: Speaker, speak: (turn: () => Promise<void>) => Promise<T>): Promise<T>
  /** The platform asks for silence. */
  hold(ms: number): void
  /** What waits because enough was said in the last 24 hours. */
  waiting(): Held[]
  /** No more turns; resolves when nobody speaks any more. */
  close(): Promise<void>
}

const heldKinds: readonly Held[] = ['replies', 'pushes']
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** Longer than between two messages, shorter than the patience of those who wait behind. */
const patienceMs = 6_000
/** A third of the day's cap is for what nobody asked for: the pushes and nudges that the bot is there for. */
const reservedPart = 3

export interface PaceDeps {
  limiter: RateLimiter
  dailyCap: number
  /** Called when the day's cap keeps something back, for each at most once a day. */
  onFull?(what: Held): void
  timing?: Partial<PaceTiming>
}

export function createPace({ limiter, dailyCap, onFull, timing }: PaceDeps): Pace {
  const { gapMs, jitterMs, perMinute, random, now, wait } = { ...defaultPace, ...timing }
  const reserved = Math.floor(dailyCap / reservedPart)
  const closing = new AbortController()
  let tail: Promise<unknown> = Promise.resolve()
  let nextAt = 0
  let heldUntil = 0
  const full: Record<Held, { until: number; nextToldAt: number }> = {
    replies: { until: 0, nextToldAt: 0 },
    pushes: { until: 0, nextToldAt: 0 },
  }

  /** Other processes keep the gap too, and all of them the minute's and the day's limit. */
  function limitsOf(account: string): RateLimit[] {
    const gap = gapMs > 0 ? [{ key: `wechat:${account}:gap`, permits: 1, perMs: gapMs }] : []
    return [...gap, { key: `wechat:${account}:minute`, permits: perMinute, perMs: minuteMs }]
  }

  function dayOf({ account, isReply }: Speaker): RateLimit[] {
    const day = { key: `wechat:${account}:day`, permits: dailyCap, perMs: dayMs }
    return isReply ? [day, { ...day, key: `${day.key}-replies`, permits: dailyCap - reserved }] : [day]
  }

  async function first(speaker: Speaker): Promise<void> {
    await pause(nextAt - now(), refuse)
    if (heldUntil > now()) throw new Busy(heldUntil - now(), 'the platform has asked for silence')
    const limits = [...limitsOf(speaker.account), ...dayOf(speaker)]
    for (let waitMs = await limiter.take(limits); waitMs > 0; waitMs = await limiter.take(limits)) {
      if (waitMs > minuteMs) noteFull(speaker.isReply ? 'replies' : 'pushes', waitMs)
      if (waitMs > patienceMs) throw new Busy(waitMs, 'the account has said enough for now')
      await pause(waitMs, refuse)
    }
  }

  /** What was begun is finished: half a message helps nobody. It counts for the day, but is not held back by it. */
  async function later(speaker: Speaker): Promise<void> {
    await pause(nextAt - now(), hurry)
    const limits = limitsOf(speaker.account)
    for (let waitMs = await limiter.take(limits); waitMs > 0; waitMs = await limiter.take(limits)) {
      if (closing.signal.aborted) break
      await pause(waitMs, hurry)
    }
    for (const limit of dayOf(speaker)) await limiter.take([limit])
  }

  /** No other limit has anybody wait for so long. */
  function noteFull(what: Held, waitMs: number): void {
    full[what].until = now() + waitMs
    if (now() < full[what].nextToldAt) return
    full[what].nextToldAt = now() + dayMs
    onFull?.(what)
  }

  async function pause(ms: number, onClose: () => void): Promise<void> {
    if (ms > 0 && !closing.signal.aborted) await wait(ms, closing.signal)
    if (closing.signal.aborted) onClose()
  }

  return {
    async run(speaker, speak) {
      const before = tail
      const { promise, resolve } = Promise.withResolvers<void>()
      tail = promise
      await before
      let turns = 0
      try {
        return await speak(async () => {
          turns += 1
          await (turns === 1 ? first(speaker) : later(speaker))
          nextAt = now() + gapMs + random() * jitterMs
        })
      } finally {
        resolve()
      }
    },
    hold(ms) {
      heldUntil = now() + ms
    },
    waiting: () => heldKinds.filter((what) => now() < full[what].until),
    async close() {
      closing.abort()
      await tail
    },
  }
}

/** Whoever comes after this process may say it at once. */
function refuse(): never {
  throw new Busy(1_000, 'the bot is stopping')
}

/** No pause is worth half a message. */
function hurry(): void {}
