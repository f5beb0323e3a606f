import type { Logger } from 'pino'
import type { ConnectionChange, IncomingHandler, Messenger, RateLimiter } from '../src/ports.ts'

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

/** For a bot whose connection people must look after. */
export interface Alarm {
  /** Tells the task force, on its other platforms, that this one is not (or is again) at work. Never throws. */
  report(change: ConnectionChange): void
  /** The bot is logged in there as that one, whoever it was before: as `loginOf` its addresses. Never throws. */
  loggedIn(login: string): void
  /** The connection can only be had again by a new process: stops this one, for its supervisor to start the next. */
  giveUp(reason: string): void
}
