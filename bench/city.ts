import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPrivateRedis } from '../sandbox/private-redis.ts'
import { type Sandbox, startSandbox } from '../sandbox/server/index.ts'
import { createLogger } from '../src/log.ts'
import { type Duban, startDuban } from '../src/main.ts'
import type { Clock } from '../src/ports.ts'
import { upsertDirectory } from '../src/services/directory/directory.ts'
import { collect } from '../src/services/intake/collect.ts'
import { type Work, work } from '../src/services/work.ts'

/** A whole Duban against the sandbox: a task force, and departments with a contact each. */
export interface City {
  sandbox: Sandbox
  duban: Duban
  departments: { name: string; chat: string; contact: string }[]
  close(): Promise<void>
}

/** A Tuesday morning in Shanghai, going on from there in real time: nothing of what is measured waits for the night. */
export function workingMorning(): Clock {
  const offset = Date.UTC(2026, 10, 24, 2, 0) - Date.now()
  return { now: () => Date.now() + offset }
}

const plenty = {
  apiPerSecond: 1e6,
  apiPerMinute: 1e7,
  groupPerSecond: 1e6,
  personPerSecond: 1e6,
  cardPatchPerSecond: 1e6,
}

export async function startCity(count: number): Promise<City> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-bench-'))
  const redis = await startPrivateRedis()
  const clock = workingMorning()
  const app = { app_id: 'cli_be9c4be9c4be9c4b', app_secret: 'sandbox', botName: '督办机器人' }
  const sandbox = await startSandbox({
    apps: [app],
    limits: plenty,
    clock: { now: clock.now, timezone: 'Asia/Shanghai', controls: [], move: async () => {} },
  })
  sandbox.setFaults({ groupMessages: true })
  const duban = await startDuban(
    {
      DATABASE_URL: `file:${folder}/duban.db`,
      DATA_DIR: folder,
      REDIS_URL: redis.url,
      FEISHU_APP_ID: app.app_id,
      FEISHU_APP_SECRET: app.app_secret,
      FEISHU_DOMAIN: sandbox.origin,
      HTTP_PORT: '0',
      LEAD_CLAIM_CODE: 'not-needed',
    },
    {
      clock,
      log: createLogger({ level: 'error' }),
      limiter: (shared) => ({ ...shared, take: async () => 0 }),
    },
  )
  const departments = Array.from({ length: count }, (_, index) => {
    const name = `第${index + 1}局`
    const contact = sandbox.addPerson({ name: `${index + 1}局联络` }).open_id
    return { name, contact, chat: sandbox.addChat({ name, members: [contact] }).chat_id }
  })
  const lead = sandbox.addPerson({ name: '陈组长' }).open_id
  const taskForce = sandbox.addChat({ name: '工作专班', members: [lead] }).chat_id
  await work(duban.app, (current) =>
    upsertDirectory(current, [
      {
        name: '工作专班',
        aliases: [],
        chats: [{ platform: 'feishu', chat_id: taskForce }],
        people: [{ name: '陈组长', platform: 'feishu', account: lead, role: 'lead' }],
      },
      ...departments.map(({ name, chat, contact }) => ({
        name,
        aliases: [],
        chats: [{ platform: 'feishu' as const, chat_id: chat }],
        people: [
          { name: `${name}联络`, platform: 'feishu' as const, account: contact, role: 'contact' as const },
        ],
      })),
    ]),
  )
  return {
    sandbox,
    duban,
    departments,
    async close() {
      await duban.stop()
      await sandbox.stop()
      await redis.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** New items, numbered. @returns their codes */
export async function addItems(current: Work, count: number): Promise<number[]> {
  const items = Array.from({ length: count }, (_, index) => ({
    external_id: null,
    source: 'hotline' as const,
    title: `第${index + 1}件：蔬菜滞销，收购车辆进不了村`,
    content: '收购车辆、人员进不了村，影响蔬菜销售。',
    category: null,
    urgency: 'normal' as const,
    petitioner: null,
    phone: null,
    address: null,
    received_at: null,
    policy: null,
  }))
  return (await collect(current, items)).map(({ code }) => code)
}
