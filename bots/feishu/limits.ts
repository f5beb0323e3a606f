import { setTimeout as wait } from 'node:timers/promises'
import type { RateLimit, RateLimiter } from '../../src/ports.ts'
import { Busy } from '../../src/ports.ts'

/** The calls that Feishu counts each for itself. */
export type Api =
  | 'message.create'
  | 'message.reply'
  | 'message.patch'
  | 'message.urgent'
  | 'message.resource'
  | 'file.create'
  | 'chat.get'
  | 'bot.info'
  | 'contact.user'

/** Milliseconds that are waited in place; a longer wait is the caller's. */
const patienceMs = 300

/** 50 a second and 1000 a minute for each API of an app. */
export function apiLimits(appId: string, api: Api): RateLimit[] {
  return [
    { key: apiKey(appId, api), permits: 50, perMs: 1_000 },
    { key: `${apiKey(appId, api)}:minute`, permits: 1_000, perMs: 60_000 },
  ]
}

export function apiKey(appId: string, api: Api): string {
  return `feishu:${appId}:${api}`
}

/** 5 a second to one group, which all its bots share, or to one person. */
export function receiverLimit(receiver: string): RateLimit {
  return { key: `feishu:to:${receiver}`, permits: 5, perMs: 1_000 }
}

/** 5 patches a second of one card. */
export function patchLimit(messageId: string): RateLimit {
  return { key: `feishu:patch:${messageId}`, permits: 5, perMs: 1_000 }
}

/** Takes the permits, waiting a moment for them if need be. @throws {Busy} */
export async function takePermits(limiter: RateLimiter, limits: RateLimit[]): Promise<void> {
  let patience = patienceMs
  for (;;) {
    const waitMs = await limiter.take(limits)
    if (waitMs <= 0) return
    if (waitMs > patience)
      throw new Busy(waitMs, `the limit of ${limits.map((limit) => limit.key).join(', ')} is reached`)
    patience -= waitMs
    await wait(waitMs)
  }
}
