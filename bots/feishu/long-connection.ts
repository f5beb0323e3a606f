import { setTimeout as wait } from 'node:timers/promises'
import type { EventDispatcher } from '@larksuiteoapi/node-sdk'
import { LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk'
import type { Logger } from 'pino'
import type { FeishuConfig } from './config.ts'
import { discoveryHttp, requestTimeoutMs } from './http.ts'
import type { sdkLogger } from './log.ts'

/** The connection over which Feishu brings events, kept up until it is stopped. */
export interface LongConnection {
  /** Resolves once connected, or after a few seconds while it goes on trying. */
  start(): Promise<void>
  stop(): void
  health(): { ok: boolean; detail?: string }
}

/** Milliseconds, except where it says seconds. */
export interface ConnectionTiming {
  /** No answer to a ping within this: the socket is half-open and is replaced. */
  pingTimeoutSeconds: number
  handshakeMs: number
  /** One attempt, the address included. */
  attemptMs: number
  /** How long `start` waits for the first connection. */
  startMs: number
  firstPauseMs: number
  longestPauseMs: number
  /** A call that is not answered within this may have been carried out or not. */
  requestMs: number
}

export const defaultTiming: ConnectionTiming = {
  pingTimeoutSeconds: 10,
  handshakeMs: 10_000,
  attemptMs: 30_000,
  startMs: 5_000,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
  requestMs: requestTimeoutMs,
}

const checkEveryMs = 100

/**
 * The SDK reconnects by itself only in some cases, first after up to two minutes, and sometimes gives up for good
 * without more than a line in its log. So a client of the SDK lives here for one connection only: when that fails or
 * is lost, for whatever reason, it is closed and after a pause a new one takes its place.
 */
export function createLongConnection(
  config: FeishuConfig,
  deps: {
    dispatcher: EventDispatcher
    log: Logger
    logger: ReturnType<typeof sdkLogger>
    timing?: Partial<ConnectionTiming>
  },
): LongConnection {
  const { dispatcher, log, logger } = deps
  const timing = { ...defaultTiming, ...deps.timing }
  const stopping = new AbortController()
  const first = Promise.withResolvers<void>()
  let session: Session | undefined
  let detail = 'not started'

  async function keepUp(): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      session = openSession(config, { dispatcher, logger, timing })
      const fault = await session.opened
      if (stopping.signal.aborted) return
      if (fault) {
        failures += 1
        detail = fault.message
        log.warn({ reason: fault.message, failures }, 'long connection failed')
      } else {
        failures = 1
        log.info('long connection established')
        first.resolve()
        detail = (await session.lost).message
        if (!stopping.signal.aborted) log.warn({ reason: detail }, 'long connection lost')
      }
      if (stopping.signal.aborted) return
      session.close({ force: true })
      await wait(pause(failures), undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  /** Doubling, and never the same for two bots that lost the platform at the same moment. */
  function pause(failures: number): number {
    const longest = Math.min(timing.longestPauseMs, timing.firstPauseMs * 2 ** (failures - 1))
    return longest * (0.5 + Math.random() / 2)
  }

  return {
    async start() {
      detail = 'connecting'
      void keepUp()
      await Promise.race([first.promise, wait(timing.startMs, undefined, { ref: false })])
    },
    stop() {
      stopping.abort()
      detail = 'stopped'
      session?.close({ force: false })
    },
    health: () =>
      session?.isConnected() ? { ok: true } : { ok: false, detail: `long connection: ${detail}` },
  }
}

interface Session {
  /** `undefined` once events can come; else why they can't. */
  opened: Promise<Error | undefined>
  /** Resolves when an open connection is gone. */
  lost: Promise<Error>
  isConnected(): boolean
  close(how: { force: boolean }): void
}

function openSession(
  config: FeishuConfig,
  {
    dispatcher,
    logger,
    timing,
  }: { dispatcher: EventDispatcher; logger: ReturnType<typeof sdkLogger>; timing: ConnectionTiming },
): Session {
  const opened = Promise.withResolvers<Error | undefined>()
  const lost = Promise.withResolvers<Error>()
  const fail = (error: Error) => {
    opened.resolve(error)
    lost.resolve(error)
  }

  const client = new WSClient({
    appId: config.appId,
    appSecret: config.appSecret,
    domain: config.domain,
    httpInstance: discoveryHttp(config.domain, fail),
    logger,
    loggerLevel: LoggerLevel.info,
    source: 'duban',
    handshakeTimeoutMs: timing.handshakeMs,
    wsConfig: { pingTimeout: timing.pingTimeoutSeconds },
    onReady: () => opened.resolve(undefined),
    onError: fail,
    onReconnecting: () => fail(new Error('the connection was cut or fell silent')),
  })

  // A refused or hanging handshake, and an app id that the SDK does not like, show in nothing but the client's state.
  const deadline = Date.now() + timing.attemptMs
  const check = setInterval(() => {
    const { state, nextConnectTime } = client.getConnectionStatus()
    if (state === 'idle' || state === 'failed') fail(new Error('the SDK gave up'))
    else if (state !== 'connected' && nextConnectTime !== undefined) fail(new Error('the handshake failed'))
    else if (Date.now() > deadline) fail(new Error('no connection in time'))
  }, checkEveryMs)
  void opened.promise.then(() => clearInterval(check))

  void client.start({ eventDispatcher: dispatcher }).catch(fail)

  return {
    opened: opened.promise,
    lost: lost.promise,
    isConnected: () => client.getConnectionStatus().state === 'connected',
    close(how) {
      fail(new Error('closed'))
      client.close(how)
    },
  }
}
