import type { EventEmitter } from 'node:events'
import type { Faults, SandboxEvent } from '../api.ts'
import type { Connections } from './events/connections.ts'
import type { Courier } from './events/courier.ts'
import type { CallLog } from './open-api/call-log.ts'
import type { CallbackTokens } from './open-api/callback-tokens.ts'
import type { RateLimits } from './open-api/rate-limits.ts'
import type { AccessTokens } from './open-api/tokens.ts'
import type { AppOptions, Limits, SandboxClock, Timing } from './options.ts'
import type { Blobs } from './state/blobs.ts'
import type { Entry, World } from './state/world.ts'
import type { WechatEvent } from './wechat.ts'

/** An app and its bot. */
export interface App extends AppOptions {
  bot: { open_id: string; name: string }
}

/** The running sandbox's parts, handed to everything that serves it. */
export interface Platform {
  apps: Map<string, App>
  clock: SandboxClock
  limits: Limits
  timing: Timing
  faults: Required<Faults>
  world: World
  blobs: Blobs
  /** Journals the entry, carries it out and tells the listeners. */
  commit(entry: Entry): void
  /** Tells the listeners of a change that is in no journal: whether the bot can be reached. */
  changed(): void
  bus: Bus
  /** `http://127.0.0.1:8999`, once it listens. */
  origin(): string
  tokens: AccessTokens
  callbackTokens: CallbackTokens
  /** Clicks that wait for their answer: callback token → message_id of the card, which is locked meanwhile. */
  clicks: Map<string, string>
  rates: RateLimits
  calls: CallLog
  connections: Connections
  courier: Courier
}

/** `page`: something that the page shows has changed. `change`: anything has, tests look again. `wechat`: for a puppet. */
export type Bus = EventEmitter<{ page: [SandboxEvent]; change: []; wechat: [WechatEvent] }>

/** The app whose bot the page shows. */
export function firstApp(platform: Pick<Platform, 'apps'>): App {
  const [app] = platform.apps.values()
  if (!app) throw new RangeError('a sandbox has at least one app')
  return app
}

/** @throws {RangeError} */
export function appOf(platform: Pick<Platform, 'apps'>, appId: string): App {
  const app = platform.apps.get(appId)
  if (!app) throw new RangeError(`unknown app ${appId}`)
  return app
}

export function botByOpenId(platform: Pick<Platform, 'apps'>, openId: string): App | undefined {
  return [...platform.apps.values()].find((app) => app.bot.open_id === openId)
}

/** A person's or a bot's name. */
export function nameOf(platform: Pick<Platform, 'apps' | 'world'>, openId: string): string {
  return platform.world.people.get(openId)?.name ?? botByOpenId(platform, openId)?.bot.name ?? openId
}
