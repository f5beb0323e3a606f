import type { ClockState } from '../api.ts'

export interface SandboxOptions {
  /** 0 takes a free one. */
  port?: number
  /** Only a loopback address is taken. */
  host?: string
  apps: AppOptions[]
  clock?: SandboxClock
  /** An append-only journal: a sandbox started on it again, even after a kill, continues where it was. */
  stateFile?: string
  limits?: Partial<Limits>
  timing?: Partial<Timing>
  /** Seconds for which a browser may keep the page's files; by default it asks each time whether they have changed. */
  pageMaxAge?: number
}

/** An app as the developer console knows it. */
export interface AppOptions {
  /** `cli_` and 16 hex digits: the SDK refuses any other. */
  app_id: string
  app_secret: string
  botName: string
  encryptKey?: string
  verificationToken?: string
  /** When set, events and callbacks go there, encrypted and signed, instead of over a long connection. */
  webhookUrl?: string
}

/** The time that the messages carry. Rate-limit windows and timeouts keep real time. */
export interface SandboxClock {
  /** Epoch milliseconds. */
  now(): number
  timezone: string
  controls: ClockState['controls']
  move(controlId: string): Promise<void>
}

/** The documented limits, each per app unless it says otherwise. */
export interface Limits {
  apiPerSecond: number
  apiPerMinute: number
  /** Shared by all bots of the group. */
  groupPerSecond: number
  personPerSecond: number
  cardPatchPerSecond: number
  connections: number
}

/** Real milliseconds, except where a field says seconds. */
export interface Timing {
  answerWithinMs: number
  /** An event that was not answered comes again after each of these. Callbacks never do. */
  redeliverAfterMs: number[]
  tokenLifeSeconds: number
  callbackTokenLifeMs: number
  pingIntervalSeconds: number
  reconnectIntervalSeconds: number
  reconnectNonceSeconds: number
}

export const defaultLimits: Limits = {
  apiPerSecond: 50,
  apiPerMinute: 1000,
  groupPerSecond: 5,
  personPerSecond: 5,
  cardPatchPerSecond: 5,
  connections: 50,
}

export const defaultTiming: Timing = {
  answerWithinMs: 3_000,
  redeliverAfterMs: [15_000, 5 * 60_000, 60 * 60_000, 6 * 60 * 60_000],
  tokenLifeSeconds: 7_200,
  callbackTokenLifeMs: 30 * 60_000,
  pingIntervalSeconds: 90,
  reconnectIntervalSeconds: 1,
  reconnectNonceSeconds: 0,
}

export const systemClock: SandboxClock = {
  now: () => Date.now(),
  timezone: 'Asia/Shanghai',
  controls: [],
  move: async (controlId) => {
    throw new RangeError(`this clock has no control ${controlId}`)
  },
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/** @throws {RangeError} naming every fault. */
export function checkOptions(options: SandboxOptions): void {
  const faults: string[] = []
  if (options.host !== undefined && !loopback.has(options.host)) {
    faults.push(`host ${options.host} is no loopback address`)
  }
  if (options.apps.length === 0) faults.push('apps is empty')
  for (const app of options.apps) {
    if (!/^cli_[0-9a-fA-F]{16}$/.test(app.app_id)) {
      faults.push(`app_id ${app.app_id} is not cli_ and 16 hex digits`)
    }
    if (app.webhookUrl && !URL.canParse(app.webhookUrl)) faults.push(`webhookUrl ${app.webhookUrl} is no URL`)
  }
  if (new Set(options.apps.map((app) => app.app_id)).size !== options.apps.length) {
    faults.push('two apps share an app_id')
  }
  if (faults.length > 0) throw new RangeError(`sandbox: ${faults.join('; ')}`)
}
