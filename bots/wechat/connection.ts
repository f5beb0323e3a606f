import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type PuppetModuleName, type Wechaty, WechatyBuilder, log as wechatyLog } from 'wechaty'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import type { Alarm } from '../bot.ts'
import { composeLogin } from './address.ts'
import type { WechatConfig } from './config.ts'
import type { Login } from './receive/wechaty.ts'
import { openSession, type Session, type SessionTiming } from './session.ts'
import type { LastAccount, SessionFiles } from './session-file.ts'

/** The login to WeChat, kept up until it is stopped or given up. */
export interface Connection {
  /** Resolves once logged in, or after a few seconds while it goes on trying. */
  start(): Promise<void>
  stop(): Promise<void>
  /** What can be sent through now; null while nobody is logged in or the gateway is away. Asks the puppet who that is. */
  online(): Online | null
  /** As whom the bot is logged in, or was last: what comes in at its end was said to that account. */
  login(): Login | null
  state(): ConnectionState
  health(): { ok: boolean; detail?: string }
  /** A call failed: if because the gateway is gone, it is noticed here. */
  noteFailure(error: unknown): void
}

export interface Online {
  bot: Wechaty
  login: Login
  /** Aborted at its end: what is under way then may or may not arrive. */
  ended: AbortSignal
}

export type ConnectionState =
  | { kind: 'connecting' }
  /** Somebody must scan the code, which may not be there yet. */
  | { kind: 'logged-out'; code: string | null; scanned: boolean; reason?: string }
  | { kind: 'logged-in'; name: string }
  | { kind: 'gateway-lost'; reason: string }
  | { kind: 'stopped' }

/** Milliseconds, except where it says otherwise. */
export interface ConnectionTiming extends SessionTiming {
  /** How long `start` waits for the login. */
  startMs: number
  /** A puppet that lives, but brings neither a login nor a code for so long, is logged out. */
  loginMs: number
  /** Logged out and without a code for so long, the puppet is started anew to have one. */
  codeMs: number
  firstPauseMs: number
  longestPauseMs: number
  /** A session that ends sooner was none: a gateway that comes and goes is as good as away. */
  steadyMs: number
  /** So long without the gateway, and it is given up. */
  longestLossMs: number
}

export const defaultTiming: ConnectionTiming = {
  attemptMs: 20_000,
  pingMs: 5_000,
  silenceMs: 15_000,
  closeMs: 3_000,
  startMs: 5_000,
  loginMs: 60_000,
  codeMs: 5 * 60_000,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
  steadyMs: 60_000,
  longestLossMs: 10 * 60_000,
}

export interface ConnectionDeps extends Alarm {
  log: Logger
  files: SessionFiles
  puppet?: PuppetInterface
  timing?: Partial<ConnectionTiming>
  /** For each bot that wechaty makes, before it starts. */
  onBot(bot: Wechaty): void
  /** The code to scan, each time that there is another one. */
  onCode(code: string): void
}

/**
 * A puppet is started; when it fails or its gateway is lost, for whatever reason, it is closed and after a pause a new
 * one takes its place: each restart of the same one leaves watchdogs behind. After some time only a new process is sure
 * to be rid of what is left; the other platforms go down with this one, so that time is not short.
 */
export function createConnection(config: WechatConfig, deps: ConnectionDeps): Connection {
  const { log, files } = deps
  const timing = { ...defaultTiming, ...deps.timing }
  const stopping = new AbortController()
  const first = Promise.withResolvers<void>()
  let state: ConnectionState = { kind: 'stopped' }
  let bot: Wechaty | undefined
  let session: Session | undefined
  let live: { online: Online; end: AbortController } | undefined
  let latest: Login | null = null
  let last: LastAccount | null = null
  let saved: Promise<void> = Promise.resolve()

  async function keepUp(): Promise<void> {
    let failures = 0
    let lostAt = performance.now()
    while (!stopping.signal.aborted) {
      const { end, wasSteady } = await liveOnce()
      if (stopping.signal.aborted) return
      if (end === codeless) continue
      failures = wasSteady ? 0 : failures + 1
      if (wasSteady) lostAt = performance.now()
      const reason = shown(end)
      log.warn({ reason, failures }, 'WeChat can not be reached')
      state = { kind: 'gateway-lost', reason }
      // One that is back at the first try is nobody's concern.
      if (failures > 0) tell('gateway-lost')
      if (failures > 0 && performance.now() - lostAt > timing.longestLossMs) {
        deps.giveUp(`WeChat can not be reached: ${reason}`)
        return
      }
      await wait(pause(failures), undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  /** Resolves with what ended the session, and whether anybody could log in through it for some time. */
  async function liveOnce(): Promise<{ end: Error; wasSteady: boolean }> {
    await files.tighten()
    const begun = performance.now()
    let wasUsable = false
    const patience = createTimer()
    const proof = createTimer()
    const present = openBot()
    const current = openSession(present, timing, {
      onCode(code) {
        wasUsable = true
        if (code === null) patience.set(timing.codeMs, () => current.end(codeless))
        else patience.clear()
        loggedOut({ code, scanned: false })
        if (code !== null) deps.onCode(code)
      },
      onScanned() {
        if (state.kind === 'logged-out') state = { ...state, scanned: true }
      },
      onLogin(account, name) {
        wasUsable = true
        patience.clear()
        const regained = loggedIn(present, account, name)
        if (regained) proof.set(timing.steadyMs, regained)
      },
      onLogout(reason) {
        const why = reason && shown(new Error(reason))
        // The puppet was asked before it told by itself, which alone says why.
        if (state.kind === 'logged-out') {
          state = { ...state, reason: why }
          return
        }
        log.warn({ reason }, 'WeChat has logged the bot out')
        proof.clear()
        patience.set(timing.codeMs, () => current.end(codeless))
        loggedOut({ code: null, scanned: false, reason: why })
      },
    })
    session = current
    const fault = await current.opened
    if (!fault && state.kind !== 'logged-in' && state.kind !== 'logged-out') {
      state = { kind: 'connecting' }
      patience.set(timing.loginMs, () => {
        loggedOut({ code: null, scanned: false })
        patience.set(timing.codeMs, () => current.end(codeless))
      })
    }
    const end = fault ?? (await current.lost)
    const wasSteady = wasUsable && performance.now() - begun >= timing.steadyMs
    patience.clear()
    proof.clear()
    endLive()
    await current.close()
    return { end, wasSteady }
  }

  /** Of a puppet that was handed in there is only the one. */
  function openBot(): Wechaty {
    if (bot && deps.puppet) return bot
    // What it writes to the console holds what people say.
    wechatyLog.level('silent')
    const { puppet, token, endpoint, authority, unencrypted } = config
    bot = WechatyBuilder.build({
      name: files.name,
      puppet: deps.puppet ?? (puppet as PuppetModuleName),
      puppetOptions: { token, endpoint, authority, tls: { disable: unencrypted } },
    })
    // Without a listener any error would end the process.
    bot.on('error', (error) => {
      // Once people talk to it, an error may repeat what they say.
      log.info(live ? { code: error.code } : { reason: shown(error) }, 'an error of the puppet')
    })
    deps.onBot(bot)
    return bot
  }

  /** @returns what is to be done once the gateway has proved steady, where it was told to be lost */
  function loggedIn(present: Wechaty, account: string, name: string): (() => void) | undefined {
    const { puppet } = config
    endLive()
    const end = new AbortController()
    latest = { puppet, account, name }
    live = { online: { bot: present, login: latest, ended: end.signal }, end }
    state = { kind: 'logged-in', name }
    log.info('logged in to WeChat')
    first.resolve()
    const known = last
    const now: LastAccount = { puppet, account }
    deps.loggedIn(composeLogin(now))
    // Whose place another account takes is told by itself.
    const told = known && isSame(known, now) ? known.told : undefined
    const back = () => {
      remember(now)
      if (told) deps.report('back')
    }
    if (told === 'gateway-lost') return back
    back()
    return undefined
  }

  function loggedOut(how: { code: string | null; scanned: boolean; reason?: string }): void {
    endLive()
    const reason = how.reason ?? (state.kind === 'logged-out' ? state.reason : undefined)
    state = { kind: 'logged-out', ...how, reason }
    tell('logged-out')
  }

  function endLive(): void {
    live?.end.abort()
    live = undefined
  }

  /** Before the first login nobody relies on WeChat: it is its operator who waits. */
  function tell(change: 'logged-out' | 'gateway-lost'): void {
    if (!last || last.told === change) return
    remember({ ...last, told: change })
    deps.report(change)
  }

  function remember(account: LastAccount): void {
    last = account
    saved = saved
      .then(() => Promise.all([files.writeAccount(account), files.tighten()]))
      .then(
        () => {},
        (err: unknown) => log.error({ err }, 'the login to WeChat could not be noted'),
      )
  }

  /** Doubling, and never the same for two bots that lost the gateway at the same moment. */
  function pause(failures: number): number {
    const longest = Math.min(timing.longestPauseMs, timing.firstPauseMs * 2 ** failures)
    return longest * (0.5 + Math.random() / 2)
  }

  /** A gateway's error may repeat the token. */
  function shown({ message }: Error): string {
    const { token } = config
    return (token ? message.replaceAll(token, '[hidden]') : message).slice(0, longestReason)
  }

  return {
    async start() {
      state = { kind: 'connecting' }
      last = await files.readAccount()
      keepUp().catch((err: unknown) => {
        log.error({ err }, 'the connection to WeChat failed')
        deps.giveUp('the connection to WeChat failed')
      })
      await Promise.race([first.promise, wait(timing.startMs, undefined, { ref: false })])
    },
    async stop() {
      stopping.abort()
      endLive()
      state = { kind: 'stopped' }
      await session?.close()
      await saved
    },
    online() {
      session?.followLogin()
      return live?.online ?? null
    },
    login() {
      session?.followLogin()
      return latest
    },
    state: () => state,
    health: () => healthOf(state),
    noteFailure: (error) => session?.noteFailure(error),
  }
}

/** Ends a session of which no code came: a new one may bring it. */
const codeless = new Error('no code came')
const longestReason = 200

function isSame(one: LastAccount, other: LastAccount): boolean {
  return one.puppet === other.puppet && one.account === other.account
}

function healthOf(state: ConnectionState): { ok: boolean; detail?: string } {
  switch (state.kind) {
    case 'logged-in':
      return { ok: true }
    case 'logged-out':
      return { ok: false, detail: 'WeChat is logged out: scan the code at /wechat/login' }
    case 'gateway-lost':
      return { ok: false, detail: `WeChat can not be reached: ${state.reason}` }
    case 'connecting':
      return { ok: false, detail: 'WeChat: connecting' }
    case 'stopped':
      return { ok: false, detail: 'WeChat: not started' }
  }
}

/** One thing to do later, the last that was set. */
function createTimer(): { set(ms: number, run: () => void): void; clear(): void } {
  let timer: NodeJS.Timeout | undefined
  return {
    set(ms, run) {
      clearTimeout(timer)
      timer = setTimeout(run, ms).unref()
    },
    clear: () => clearTimeout(timer),
  }
}
