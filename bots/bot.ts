import type { Logger } from 'pino'
import type { IncomingHandler, Messenger, RateLimiter } from '../src/ports.ts'

/** What a chat platform must do. */
export interface Bot extends Messenger {
  /** Resolves once it receives; a platform that is away is retried in the background. */
  start(handle: IncomingHandler): Promise<void>
  /** No new events after this; those under way are answered first. */
  stop(): Promise<void>
  health(): { ok: boolean; detail?: string }
}

/** What a bot is given by the composition root. */
export interface BotDeps {
  limiter: RateLimiter
  log: Logger
  clock: { now(): number }
}
