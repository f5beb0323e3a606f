import { existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { parseDirectoryRows } from '../src/files/directory-rows.ts'
import { parseItemRows } from '../src/files/item-rows.ts'
import { sourceNames } from '../src/files/names.ts'
import { readTable } from '../src/files/read-table.ts'
import { createLogger } from '../src/log.ts'
import { type Duban, startDuban } from '../src/main.ts'
import { collect } from '../src/services/collect.ts'
import { upsertDirectory } from '../src/services/directory.ts'
import { work } from '../src/services/work.ts'
import { movableClock } from './demo/clock.ts'
import { playHistory } from './demo/scenario.ts'
import { clockControls, moveClock } from './demo/time-travel.ts'
import { startPrivateRedis } from './private-redis.ts'
import { type Sandbox, startSandbox } from './server/index.ts'

/** `npm run demo`: a private Redis, the sandbox and the bot in one process, until Ctrl-C. */
const { values: options } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    port: { type: 'string', default: process.env.DEMO_PORT ?? '8999' },
    data: { type: 'string', default: 'data/demo' },
  },
})

const here = import.meta.dirname
const folder = path.resolve(options.data)
if (options.fresh) rmSync(folder, { recursive: true, force: true })
const isNew = !existsSync(path.join(folder, 'ready'))
// A first start that was broken off half-way begins again.
if (isNew) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const timezone = 'Asia/Shanghai'
const app = { app_id: 'cli_a5dba5dba5dba5db', app_secret: 'sandbox-only', botName: '督办机器人' }
const clock = movableClock(path.join(folder, 'clock.json'))
let duban: Duban | undefined
let playing = isNew

const redis = await startPrivateRedis()
const sandbox = await startSandbox({
  port: Number(options.port),
  apps: [app],
  limits: {
    apiPerSecond: 1000,
    apiPerMinute: 60_000,
    groupPerSecond: 1000,
    personPerSecond: 1000,
    cardPatchPerSecond: 1000,
  },
  stateFile: path.join(folder, 'sandbox.jsonl'),
  clock: {
    now: clock.now,
    timezone,
    controls: clockControls,
    move: async (control) => {
      if (duban) await moveClock(duban, clock, control)
    },
  },
})
sandbox.setFaults({ groupMessages: true })
duban = await startDuban(
  {
    DATABASE_URL: `file:${path.join(folder, 'duban.db')}`,
    DATA_DIR: path.join(folder, 'files'),
    REDIS_URL: redis.url,
    FEISHU_APP_ID: app.app_id,
    FEISHU_APP_SECRET: app.app_secret,
    FEISHU_DOMAIN: sandbox.origin,
    HTTP_PORT: '0',
    LOCALE: process.env.LOCALE ?? 'zh-CN',
    TIMEZONE: timezone,
    LEAD_CLAIM_CODE: 'not-needed-here',
  },
  {
    clock,
    log: createLogger({ level: process.env.LOG_LEVEL ?? 'error' }),
    // Days are played in seconds, which no group's limit allows for.
    limiter: (shared) => ({
      ...shared,
      take: (limits) => (playing ? Promise.resolve(0) : shared.take(limits)),
    }),
  },
)
if (isNew) await furnish(duban, sandbox)
playing = false

process.stdout.write(`\n  督办演示 / Duban demo\n\n  ${sandbox.url}\n\n  Ctrl-C 结束 / ends it\n\n`)

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    if (stopping) return
    stopping = true
    await duban?.stop()
    await sandbox.stop()
    await redis.stop()
    process.exit(0)
  })
}

/** The directory and the items of the two example files, and the working days that led up to today. */
async function furnish(started: Duban, into: Sandbox): Promise<void> {
  const { departments, faults } = parseDirectoryRows(
    await readTable(path.join(here, 'demo', 'directory.csv')),
  )
  const items = parseItemRows(await readTable(path.join(here, 'demo', 'items.csv')), {
    timezone,
    sources: sourceNames,
  })
  if (faults.length + items.faults.length > 0) throw new Error('the example files have faults')

  const { t } = started.app.voice
  for (const { name, chats, people } of departments) {
    for (const { account, name: person, role } of people) {
      into.addPerson({ open_id: account, name: person, title: `${name} · ${t.roles[role]}` })
      into.openP2p(account)
    }
    for (const { chat_id } of chats) {
      into.addChat({ chat_id, name, members: people.map(({ account }) => account) })
    }
  }
  await work(started.app, (current) => upsertDirectory(current, departments))
  await work(started.app, (current) => collect(current, items.rows))
  await playHistory(started, into, clock)
  mkdirSync(path.join(folder, 'ready'))
}
