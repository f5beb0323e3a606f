import { performance } from 'node:perf_hooks'
import { ScanStatus, type Wechaty } from 'wechaty'
import { isGatewayLoss } from './gateway-error.ts'
import { within } from './within.ts'

/** One life of the puppet, from its start until it is silent, cut or closed. */
export interface Session {
  /** `undefined` once the puppet shows a sign of life; else why there was none. */
  opened: Promise<Error | undefined>
  /** Resolves when what was open does not answer any more. */
  lost: Promise<Error>
  /** Something failed: if it was the gateway, the session is lost. */
  noteFailure(error: unknown): void
  /** Asks the puppet whether the account is still logged in: not every change brings an event. */
  followLogin(): void
  /** Lost on purpose. */
  end(why: Error): void
  close(): Promise<void>
}

/** What a session tells. */
export interface SessionEvents {
  /** Another code, or null where one is no longer good. */
  onCode(code: string | null): void
  /** The code was scanned; the phone asks whether to log in. */
  onScanned(): void
  onLogin(account: string, name: string): void
  /** Once more where the reason comes later. */
  onLogout(reason: string | undefined): void
}

/** Milliseconds. */
export interface SessionTiming {
  /** Without a sign of life for so long after its start, the puppet counts as dead. */
  attemptMs: number
  pingMs: number
  /** The same, once it has answered a ping. */
  silenceMs: number
  closeMs: number
}

/**
 * Starts the bot and watches it. `start` of wechaty resolves even where the puppet failed, and `isLoggedIn` stays true
 * when a gateway dies; so it is pinged, and only what it does counts.
 */
export function openSession(bot: Wechaty, timing: SessionTiming, events: SessionEvents): Session {
  const opened = Promise.withResolvers<Error | undefined>()
  const lost = Promise.withResolvers<Error>()
  const startedAt = performance.now()
  /** Counted, not timed: a process that was held up itself has not been unanswered. */
  let unanswered = 0
  let isOpen = false
  let isClosed = false
  let answersPings = false
  let hasStarted = false
  let failure: Error | undefined
  let account: string | undefined
  /** Who has just logged out, which the puppet says a moment before it is so. */
  let leaving: string | undefined

  function fail(error: Error): void {
    opened.resolve(error)
    lost.resolve(error)
  }
  function hear(): void {
    unanswered = 0
    if (isOpen || isClosed) return
    isOpen = true
    opened.resolve(undefined)
  }
  function noteFailure(error: unknown): void {
    if (error instanceof Error) failure = error
    if (isGatewayLoss(error)) fail(error as Error)
  }
  function login(id: string, name: string): void {
    if (account === id) return
    account = id
    events.onLogin(id, name)
  }
  function logout(reason?: string): void {
    if (account === undefined) return
    account = undefined
    events.onLogout(reason)
  }

  const listeners = {
    heartbeat: hear,
    ready: hear,
    error: noteFailure,
    dong() {
      answersPings = true
      hear()
    },
    scan(code: string, status: ScanStatus) {
      hear()
      if (status === ScanStatus.Scanned || status === ScanStatus.Confirmed) events.onScanned()
      else events.onCode(status === ScanStatus.Cancel || code === '' ? null : code)
    },
    login(user: { id: string; name(): string }) {
      hear()
      leaving = undefined
      login(user.id, user.name())
    },
    logout(user: { id: string }, reason?: string) {
      leaving = user.id
      if (user.id === account) logout(reason)
      // Not where somebody else is logged in by now.
      else if (account === undefined && reason !== undefined) events.onLogout(reason)
    },
  }
  bot.on('heartbeat', listeners.heartbeat)
  bot.on('ready', listeners.ready)
  bot.on('error', listeners.error)
  bot.on('dong', listeners.dong)
  bot.on('scan', listeners.scan)
  bot.on('login', listeners.login)
  bot.on('logout', listeners.logout)

  function check(): void {
    const isLate = performance.now() - startedAt > timing.attemptMs
    if (!isOpen && isLate) fail(failure ?? new Error('no sign of life'))
    if (answersPings && unanswered * timing.pingMs >= timing.silenceMs) fail(new Error('no answer to pings'))
    followLogin()
    if (hasStarted) ping()
  }

  /** Wechaty swallows the event where it can't find out who it was that logged in or out. */
  function followLogin(): void {
    if (!isOpen || isClosed) return
    if (!bot.isLoggedIn) {
      leaving = undefined
      logout()
    } else if (bot.puppet.currentUserId !== leaving) login(bot.puppet.currentUserId, '')
  }

  /** Some puppets answer before they have started, or when they could not. */
  function ping(): void {
    if (bot.puppet.state.active() !== true) return
    unanswered += 1
    bot.puppet.ding('duban')
  }

  /** Wechaty's own start says nothing of the puppet's. */
  function started(): void {
    hasStarted = true
    if (!bot.puppet.state.active()) fail(failure ?? new Error('the puppet did not start'))
    else check()
  }

  const timer = setInterval(check, timing.pingMs)
  bot.start().then(started, fail)

  return {
    opened: opened.promise,
    lost: lost.promise,
    noteFailure,
    followLogin() {
      if (account !== undefined) followLogin()
    },
    end: fail,
    async close() {
      isClosed = true
      clearInterval(timer)
      fail(new Error('closed'))
      bot.off('heartbeat', listeners.heartbeat)
      bot.off('ready', listeners.ready)
      bot.off('error', listeners.error)
      bot.off('dong', listeners.dong)
      bot.off('scan', listeners.scan)
      bot.off('login', listeners.login)
      bot.off('logout', listeners.logout)
      await within(timing.closeMs, bot.stop()).catch(() => {})
    },
  }
}
