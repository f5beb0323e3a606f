import { EventEmitter } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type Control, createControl } from './control.ts'
import { createConnections } from './events/connections.ts'
import { createCourier } from './events/courier.ts'
import { noFaults } from './faults.ts'
import { fixedId } from './ids.ts'
import { createCallLog } from './open-api/call-log.ts'
import { createCallbackTokens } from './open-api/callback-tokens.ts'
import { createRateLimits } from './open-api/rate-limits.ts'
import { createTokens } from './open-api/tokens.ts'
import { checkOptions, defaultLimits, defaultTiming, type SandboxOptions, systemClock } from './options.ts'
import type { App, Bus, Platform } from './platform.ts'
import { createServer } from './server.ts'
import { announceEntry } from './state/announce.ts'
import { folderBlobs, memoryBlobs } from './state/blobs.ts'
import { noJournal, openJournal } from './state/journal.ts'
import { botOnline } from './state/views.ts'
import { applyEntry, type Entry, emptyWorld } from './state/world.ts'
import { type WechatSide, wechatEvents, wechatSide } from './wechat.ts'

export type { Control } from './control.ts'
export type { Call } from './open-api/call-log.ts'
export type { AppOptions, Limits, SandboxClock, SandboxOptions, Timing } from './options.ts'

/** A running local Feishu, and the chats of a local WeChat. */
export interface Sandbox extends Control {
  wechat: WechatSide
  /** Where the page is: `http://127.0.0.1:8999/`. */
  url: string
  /** What the SDK takes as its domain: the same without the slash. */
  origin: string
  stop(): Promise<void>
}

/** Starts a local Feishu. @throws {RangeError} for bad options; whatever keeps it from listening or reading its state. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  checkOptions(options)
  const world = emptyWorld()
  const journal = options.stateFile
    ? openJournal<Entry>(options.stateFile, (entry) => applyEntry(world, entry))
    : noJournal
  const faults = noFaults()
  const limits = { ...defaultLimits, ...options.limits }
  const timing = { ...defaultTiming, ...options.timing }
  const bus: Bus = new EventEmitter()
  bus.setMaxListeners(0)
  let origin = ''

  const platform: Platform = {
    apps: new Map(options.apps.map((app) => [app.app_id, withBot(app)])),
    clock: options.clock ?? systemClock,
    limits,
    timing,
    faults,
    world,
    blobs: options.stateFile ? folderBlobs(`${options.stateFile}.files`) : memoryBlobs(),
    bus,
    origin: () => origin,
    commit: (entry) => {
      const onWechat = wechatEvents(platform, entry)
      journal.append(entry)
      applyEntry(world, entry)
      announceEntry(platform, entry)
      for (const event of onWechat) bus.emit('wechat', event)
      bus.emit('change')
    },
    changed: () => {
      bus.emit('page', { type: 'bot', online: botOnline(platform) })
      bus.emit('change')
    },
    tokens: createTokens(timing.tokenLifeSeconds),
    callbackTokens: createCallbackTokens(timing.callbackTokenLifeMs),
    clicks: new Map(),
    rates: createRateLimits(),
    calls: createCallLog(),
    connections: createConnections(faults, timing, limits, () => platform.changed()),
    courier: createCourier(() => platform),
  }

  const { server, endStreams } = createServer(platform, options.pageMaxAge)
  platform.connections.attach(server.server)
  try {
    await server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 })
  } catch (error) {
    journal.close()
    throw error
  }
  const { address, port, family } = server.server.address() as AddressInfo
  origin = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  platform.courier.resume()

  let stopping: Promise<void> | undefined
  async function stop(): Promise<void> {
    platform.courier.stop()
    endStreams()
    platform.connections.close()
    server.server.closeAllConnections()
    await server.close()
    journal.close()
  }

  return {
    ...createControl(platform),
    wechat: wechatSide(platform),
    url: `${origin}/`,
    origin,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

function withBot(app: SandboxOptions['apps'][number]): App {
  return { ...app, bot: { open_id: fixedId('person', `bot of ${app.app_id}`), name: app.botName } }
}
