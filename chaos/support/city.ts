import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type PrivateRedis, startPrivateRedis } from '../../sandbox/private-redis.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server/index.ts'
import { coreEnv, loadConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import type { Schema } from '../../src/db/schema.ts'
import { createLogger } from '../../src/log.ts'
import { openApp } from '../../src/open-app.ts'
import type { App } from '../../src/services/app.ts'
import { type DirectoryEntry, upsertDirectory } from '../../src/services/directory/directory.ts'
import { collect } from '../../src/services/intake/collect.ts'
import { work } from '../../src/services/work.ts'
import { type MovableClock, movableClock } from './clock.ts'

/** A group in the sandbox, and the open_id of who speaks for it there. */
export interface Office {
  name: string
  chat: string
  person: string
}

/** All that a bot lives in: the sandbox, a Redis, a database that knows the offices; the bot itself is started apart. */
export interface City {
  sandbox: Sandbox
  redis: PrivateRedis
  clock: MovableClock
  /** The bot's configuration. */
  env: Record<string, string>
  /** The bot's own open_id. */
  bot: string
  taskForce: Office
  departments: Office[]
  /** Looks into the database, and writes to it, beside the bot. */
  app: App
  /** New items, ready to be dispatched. @returns their codes */
  addItems(count: number): Promise<number[]>
  close(): Promise<void>
}

export interface CityOptions {
  departments: number
  /** The platform has no limits of messages a second: for a bot that need not keep them. */
  unlimited?: boolean
  sandbox?: Partial<SandboxOptions>
}

const noLimits = {
  apiPerSecond: 1e6,
  apiPerMinute: 1e7,
  groupPerSecond: 1e6,
  personPerSecond: 1e6,
  cardPatchPerSecond: 1e6,
}

/** An event that finds no bot comes again soon, and for longer than a bot is away. */
const redeliverAfterMs = [300, 1_000, ...Array.from({ length: 120 }, () => 2_000)]

const credentials = { app_id: 'cli_c4a05c4a05c4a05c', app_secret: 'sandbox-secret', botName: '督办机器人' }

export async function startCity(options: CityOptions): Promise<City> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-city-'))
  const redis = await startPrivateRedis()
  const clock = movableClock()
  const sandbox = await startSandbox({
    apps: [credentials],
    clock,
    timing: { redeliverAfterMs },
    ...(options.unlimited && { limits: noLimits }),
    ...options.sandbox,
  })
  sandbox.setFaults({ groupMessages: true })
  const env = {
    DATABASE_URL: `file:${folder}/duban.db`,
    DATA_DIR: `${folder}/data`,
    REDIS_URL: redis.url,
    FEISHU_APP_ID: credentials.app_id,
    FEISHU_APP_SECRET: credentials.app_secret,
    FEISHU_DOMAIN: sandbox.origin,
    HTTP_PORT: '0',
    LEAD_CLAIM_CODE: 'not-needed',
  }
  const office = (name: string, personName: string): Office => {
    const person = sandbox.addPerson({ name: personName, title: name }).open_id
    return { name, person, chat: sandbox.addChat({ name, members: [person] }).chat_id }
  }
  const taskForce = office('工作专班', '陈组长')
  const departments = Array.from({ length: options.departments }, (_, index) =>
    office(`第${index + 1}局`, `${index + 1}局联络`),
  )

  const db = await openDatabase<Schema>(env.DATABASE_URL)
  await migrate(db)
  const { app } = await openApp(loadConfig(env, { core: coreEnv }).core, {
    db,
    clock,
    queue: { schedule: async () => {} },
    messengers: new Map(),
    log: createLogger({ level: 'error' }),
  })
  await work(app, (current) =>
    upsertDirectory(current, [
      entryOf(taskForce, '陈组长', 'lead'),
      ...departments.map((department) => entryOf(department, `${department.name}联络`, 'contact')),
    ]),
  )

  return {
    sandbox,
    redis,
    clock,
    env,
    bot: sandbox.state().bot.open_id,
    taskForce,
    departments,
    app,
    addItems: async (count) => (await work(app, (current) => collect(current, newItems(count)))).map(codeOf),
    async close() {
      await db.close()
      await sandbox.stop()
      await redis.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function entryOf(
  { name, chat, person }: Office,
  personName: string,
  role: 'lead' | 'contact',
): DirectoryEntry {
  return {
    name,
    aliases: [],
    chats: [{ platform: 'feishu', chat_id: chat }],
    people: [{ name: personName, platform: 'feishu', account: person, role }],
  }
}

function newItems(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    external_id: null,
    source: 'hotline' as const,
    title: `第${index + 1}件：蔬菜滞销`,
    content: '收购车辆、人员进不了村，影响蔬菜销售。',
    category: null,
    urgency: 'normal' as const,
    petitioner: null,
    phone: null,
    address: null,
    received_at: null,
    policy: null,
  }))
}

function codeOf({ code }: { code: number }): number {
  return code
}
