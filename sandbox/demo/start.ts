import { existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { waitForDisk } from '../../src/db/disk.ts'
import { createLogger } from '../../src/log.ts'
import { type Duban, startDuban } from '../../src/main.ts'
import type { RateLimiter } from '../../src/ports.ts'
import { startPrivateRedis } from '../private-redis.ts'
import { type Sandbox, startSandbox } from '../server/index.ts'
import { movableClock } from './clock.ts'
import { furnish, puppetName } from './furnish.ts'
import { history } from './history.ts'
import { play } from './play.ts'
import { clockControls, moveClock } from './time-travel.ts'

export interface DemoOptions {
  /** Where everything is kept; a demo started again on it goes on from there. */
  folder: string
  /** 0, the default, takes a free one. */
  port?: number
  /** Forget what the folder keeps. */
  fresh?: boolean
  /** When a new demo begins, in epoch milliseconds; by default now. */
  startAt?: number
  /** Whether a new demo has the scripted working days behind it, as it does by default. */
  history?: boolean
  locale?: string
  logLevel?: string
}

export interface Demo {
  /** Where the page is. */
  url: string
  sandbox: Sandbox
  duban: Duban
  stop(): Promise<void>
}

const timezone = 'Asia/Shanghai'
const app = { app_id: 'cli_a5dba5dba5dba5db', app_secret: 'sandbox-only' }

/** Nobody's limits: the newcomer who moves the clock by days wants to see them at once. */
const limits = {
  apiPerSecond: 1000,
  apiPerMinute: 60_000,
  groupPerSecond: 1000,
  personPerSecond: 1000,
  cardPatchPerSecond: 1000,
}

/** The same on WeChat, whose real pace nobody would wait for. */
const wechatPace = { gapMs: 0, jitterMs: 0, perMinute: 10_000, gatherMs: 0 }

/**
 * A private Redis, the sandbox and the bot in this process, furnished with the example directory and items.
 * @throws whatever keeps one of them from starting, such as a port that is taken
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { folder, locale = 'zh-CN', logLevel = 'error' } = options
  const isNew = openFolder(folder, options.fresh ?? false)
  const clock = movableClock(path.join(folder, 'clock.json'))
  if (isNew && options.startAt !== undefined) clock.moveTo(options.startAt)

  const parts: { stop(): Promise<void> }[] = []
  const stop = async () => {
    for (const part of parts.splice(0).reverse()) await part.stop()
  }
  try {
    const loading = loadWechat()
    const redis = await startPrivateRedis()
    parts.push(redis)
    let ready: Duban | undefined
    const sandbox = await startSandbox({
      port: options.port,
      apps: [{ ...app, botName: locale === 'en' ? 'Duban' : '督办机器人' }],
      limits,
      stateFile: path.join(folder, 'sandbox.jsonl'),
      clock: {
        now: clock.now,
        timezone,
        controls: clockControls,
        move: inTurn((control) => {
          if (!ready) throw new RangeError('the demo is still being prepared')
          return moveClock(ready, clock, control)
        }),
      },
    })
    parts.push(sandbox)
    sandbox.setFaults({ groupMessages: true })
    const puppet = (await loading).createSandboxPuppet(sandbox)

    const duban = await startDuban(
      {
        DATABASE_URL: `file:${path.join(folder, 'duban.db')}`,
        DATA_DIR: path.join(folder, 'files'),
        REDIS_URL: redis.url,
        FEISHU_APP_ID: app.app_id,
        FEISHU_APP_SECRET: app.app_secret,
        FEISHU_DOMAIN: sandbox.origin,
        WECHATY_PUPPET: puppetName,
        WECHATY_LOGIN_TOKEN: 'not-needed-here-either',
        WECHATY_DAILY_CAP: '99999',
        HTTP_PORT: '0',
        LOCALE: locale,
        TIMEZONE: timezone,
        LEAD_CLAIM_CODE: 'not-needed-here',
      },
      {
        clock,
        log: createLogger({ level: logLevel }),
        limiter: (shared) => unlimitedWhile(() => ready === undefined, shared),
        wechat: { puppet, timing: wechatPace },
      },
    )
    parts.push(duban)
    if (isNew) {
      const past = (options.history ?? true) ? history : { moments: [], last: [] }
      await unhardened(duban, () => play(past, duban, sandbox, clock, () => furnish(duban, sandbox, puppet)))
      mkdirSync(readyMark(folder))
    }
    ready = duban
    return { url: sandbox.url, sandbox, duban, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** wechaty takes half a second, while Redis starts. */
async function loadWechat(): Promise<typeof import('../wechat/puppet.ts')> {
  const [puppet] = await Promise.all([import('../wechat/puppet.ts'), import('../../bots/wechat/index.ts')])
  return puppet
}

/** A start that is broken off starts over, so nothing of it need be safe on the disk before its end. */
async function unhardened({ app }: Duban, live: () => Promise<void>): Promise<void> {
  await waitForDisk(app.db.write, false)
  await live()
  await waitForDisk(app.db.write, true)
}

/** What the demo keeps in its folder; it takes nothing else away, for the folder may be anybody's. */
const kept = [
  'ready',
  'clock.json',
  'duban.db',
  'duban.db-shm',
  'duban.db-wal',
  'files',
  'sandbox.jsonl',
  'sandbox.jsonl.files',
]

/** @returns whether the demo begins anew: nothing is there yet, or only what a broken-off first start has left */
function openFolder(folder: string, fresh: boolean): boolean {
  mkdirSync(folder, { recursive: true })
  if (!fresh && existsSync(readyMark(folder))) return false
  for (const name of kept) rmSync(path.join(folder, name), { recursive: true, force: true })
  return true
}

function readyMark(folder: string): string {
  return path.join(folder, 'ready')
}

/** Calls that come while one is under way wait for it. */
function inTurn<T>(act: (argument: T) => Promise<void>): (argument: T) => Promise<void> {
  let last = Promise.resolve()
  return (argument) => {
    const next = last.then(() => act(argument))
    last = next.catch(() => {})
    return next
  }
}

/** Days are played in seconds, which no group's limit allows for. */
function unlimitedWhile(playing: () => boolean, shared: RateLimiter): RateLimiter {
  return { ...shared, take: (limits) => (playing() ? Promise.resolve(0) : shared.take(limits)) }
}
