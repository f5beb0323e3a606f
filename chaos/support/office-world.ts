import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { coreEnv, loadConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { waitForDisk } from '../../src/db/disk.ts'
import { migrate } from '../../src/db/migrate.ts'
import type { Schema } from '../../src/db/schema.ts'
import { createLogger } from '../../src/log.ts'
import { openApp } from '../../src/open-app.ts'
import { Busy, type JobName, type JobQueue, type Messenger } from '../../src/ports.ts'
import type { App } from '../../src/services/app.ts'
import { calendarWatch, recomputeDue } from '../../src/services/calendar.ts'
import { clockWatch } from '../../src/services/clock-watch.ts'
import { deliver } from '../../src/services/delivery/deliver.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { sendDueNudges } from '../../src/services/nudges/nudge.ts'
import { sendDueDigest } from '../../src/services/reports/digest.ts'
import { sweep } from '../../src/services/sweep.ts'
import { work } from '../../src/services/work.ts'
import type { Random } from '../scenario.ts'

const sweepEveryMs = 15_000

/**
 * The bot's use cases over a real database, and a platform that fails and keeps what it took; time passes only as it is
 * told to. Jobs wait by the machine's steady time, as they do in Redis; what they look at is the clock, which may jump.
 */
export interface OfficeWorld {
  app: App
  now(): number
  /** Lives through so much time, doing whatever is due in it. */
  pass(ms: number): Promise<void>
  /** So much time passes and nobody is there. */
  sleep(ms: number): void
  /** The clock is set on, or back. */
  jump(ms: number): void
  /** Every job is forgotten. */
  forget(): void
  /** The bot looks for what it missed, as it does every few seconds. */
  sweep(): Promise<void>
  /** What the platform shows, by the key under which it came. */
  shown: Map<string, { chat: string; text: string }>
  /** How often the platform failed, or the sender died. */
  failures(): number
  /** What the bot called an error, and what it warned of. */
  log: { errors: string[]; warnings: string[] }
  close(): Promise<void>
}

export const taskForce = { chat: 'oc_taskforce', person: 'ou_lead' }
export const departments = ['第一局', '第二局'].map((name, index) => ({
  name,
  chat: `oc_${index + 1}`,
  person: `ou_${index + 1}`,
}))

export async function openWorld(timezone: string, start: number, random: Random): Promise<OfficeWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-office-'))
  const db = await openDatabase<Schema>(`file:${folder}/duban.db`)
  await waitForDisk(db.write, false)
  await migrate(db)

  let steady = 0
  let ahead = start
  const now = () => steady + ahead
  const jobs = new Map<string, { name: JobName; id: string; due: number }>()
  const queue: JobQueue = {
    async schedule(name, id, at) {
      const due = steady + Math.max(0, at - now())
      const known = jobs.get(`${name} ${id}`)
      if (!known || due < known.due) jobs.set(`${name} ${id}`, { name, id, due })
    },
  }

  const shown: OfficeWorld['shown'] = new Map()
  let failures = 0
  let die = () => {}
  const messenger: Messenger = {
    platform: 'feishu',
    abilities: { changesMessages: true, sendsOnce: true, sendsInTurn: false, entriesInMessage: 1_000 },
    async send({ key, to, message }) {
      const fate = random.next()
      if (fate < 0.25) failures += 1
      if (fate < 0.08) throw new Error('reset before it was carried out')
      if (fate < 0.12) throw new Busy(1_000, 'too many')
      shown.set(key, { chat: 'chat' in to ? to.chat : to.account, text: JSON.stringify(message) })
      if (fate < 0.22) throw new Error('reset before the answer')
      if (fate < 0.25) {
        die()
        return new Promise(() => {})
      }
      return { messageId: `om_${key}` }
    },
    update: async () => {},
    urge: async () => {},
    download: async () => {
      throw new Error('nobody sends files here')
    },
    nameOf: async () => null,
  }
  const log: OfficeWorld['log'] = { errors: [], warnings: [] }
  const write = (line: string) => (/"level":"warn"/.test(line) ? log.warnings : log.errors).push(line)
  const { core } = loadConfig({ TIMEZONE: timezone, DATA_DIR: folder }, { core: coreEnv })
  const { app, office } = await openApp(core, {
    db,
    clock: { now },
    queue,
    messengers: new Map([['feishu', messenger]]),
    log: createLogger({ level: 'warn', pretty: false, to: { write } }),
  })
  await work(app, (current) =>
    upsertDirectory(current, [
      entryOf('工作专班', taskForce, 'lead'),
      ...departments.map((department) => entryOf(department.name, department, 'contact')),
    ]),
  )
  const watchCalendar = calendarWatch(app)
  watchCalendar()
  const watchClock = clockWatch(app)

  async function run(name: JobName, id: string): Promise<void> {
    switch (name) {
      case 'nudge':
        return sendDueNudges(app)
      case 'digest':
        return sendDueDigest(app)
      case 'sweep':
        if (await office.reload()) await work(app, (current) => recomputeDue(current, office.office(), 'all'))
        watchCalendar()
        await watchClock()
        return sweep(app)
      case 'deliver': {
        const again = await Promise.race([deliver(app, Number(id)), death()])
        if (again) await queue.schedule(name, id, again.retryAt)
        return
      }
      default:
    }
  }

  /** Resolves where whoever sends dies over it. */
  function death(): Promise<undefined> {
    return new Promise((resolve) => {
      die = () => {
        resolve(undefined)
        void queue.schedule('sweep', 'repeated', now() + sweepEveryMs)
      }
    })
  }

  return {
    app,
    now,
    shown,
    log,
    failures: () => failures,
    async pass(ms) {
      const end = steady + Math.round(ms)
      for (;;) {
        const [first] = [...jobs].sort(([, a], [, b]) => a.due - b.due)
        if (!first || first[1].due > end) break
        const [key, { name, id, due }] = first
        jobs.delete(key)
        // Nothing takes no time: what is asked for again and again would never end.
        steady = Math.max(steady + 1, due)
        await run(name, id)
      }
      steady = Math.max(steady, end)
    },
    sleep: (ms) => {
      steady += Math.round(ms)
    },
    jump: (ms) => {
      ahead += Math.round(ms)
    },
    forget: () => jobs.clear(),
    sweep: () => run('sweep', 'repeated'),
    async close() {
      await db.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function entryOf(name: string, { chat, person }: typeof taskForce, role: 'lead' | 'contact') {
  return {
    name,
    aliases: [],
    chats: [{ platform: 'feishu' as const, chat_id: chat }],
    people: [{ name: `${name}联络`, platform: 'feishu' as const, account: person, role }],
  }
}
