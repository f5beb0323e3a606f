import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { coreEnv, loadConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { waitForDisk } from '../../src/db/disk.ts'
import { migrate } from '../../src/db/migrate.ts'
import type { Schema } from '../../src/db/schema.ts'
import type { Role } from '../../src/domain/person.ts'
import { createLogger } from '../../src/log.ts'
import { openApp } from '../../src/open-app.ts'
import type { Messenger } from '../../src/ports.ts'
import type { App } from '../../src/services/app.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { collect } from '../../src/services/intake/collect.ts'
import { work } from '../../src/services/work.ts'
import type { Place } from './speaker.ts'

const offices = { 工作专班: 'oc_taskforce', 第1局: 'oc_first', 第2局: 'oc_second' } as const
const staff: [department: keyof typeof offices, account: string, role: Role][] = [
  ['工作专班', 'lead', 'lead'],
  ['工作专班', 'observer', 'observer'],
  ['第1局', 'contact', 'contact'],
  ['第1局', 'backup', 'backup'],
  ['第1局', 'leader', 'leader'],
  ['第2局', 'other', 'contact'],
]

/** Everybody who may speak, wherever they may: also in groups that are not theirs, and who nobody knows. */
export const places: Place[] = [...Object.values(offices), 'oc_nobodys'].flatMap((chat) =>
  [...staff.map(([, account]) => account), 'stranger'].map((person) => ({ chat, person })),
)

/** The bot's core over a database of its own, without any platform: what is sent to it goes nowhere. */
export interface QuietCity {
  app: App
  /** What the bot has called an error. */
  bugs: string[]
  /** @throws where its database is not sound after all that */
  close(): Promise<void>
}

export async function quietCity(): Promise<QuietCity> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-quiet-'))
  const db = await openDatabase<Schema>(`file:${folder}/duban.db`)
  await waitForDisk(db.write, false)
  await migrate(db)
  const bugs: string[] = []
  const start = Date.UTC(2026, 10, 24, 2, 0)
  let moments = 0
  const { app } = await openApp(loadConfig({ DATA_DIR: folder }, { core: coreEnv }).core, {
    db,
    // A moment passes between any two things.
    clock: {
      now: () => {
        moments += 1
        return start + moments
      },
    },
    queue: { schedule: async () => {} },
    messengers: new Map([['feishu', silent]]),
    log: createLogger({ level: 'error', pretty: false, to: { write: (line) => void bugs.push(line) } }),
  })
  await work(app, (current) =>
    upsertDirectory(
      current,
      Object.entries(offices).map(([name, chat]) => ({
        name,
        aliases: [],
        chats: [{ platform: 'feishu' as const, chat_id: chat }],
        people: staff
          .filter(([department]) => department === name)
          .map(([, account, role]) => ({ name: account, platform: 'feishu' as const, account, role })),
      })),
    ),
  )
  await work(app, (current) =>
    collect(
      current,
      Array.from({ length: 12 }, (_, index) => ({
        external_id: `M-${index}`,
        source: 'hotline' as const,
        title: `第${index + 1}件`,
        content: '收购车辆进不了村',
        category: null,
        urgency: 'normal' as const,
        petitioner: '居民甲',
        phone: '13800138000',
        address: null,
        received_at: null,
        policy: null,
      })),
    ),
  )
  return {
    app,
    bugs,
    async close() {
      await db.check()
      await db.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const silent: Messenger = {
  platform: 'feishu',
  abilities: { changesMessages: true, sendsOnce: true, sendsInTurn: false, entriesInMessage: 1_000 },
  send: async ({ key }) => ({ messageId: `om_${key}` }),
  update: async () => {},
  urge: async () => {},
  download: async () => ({ fileName: 'x', mediaType: 'text/plain', data: Buffer.from('x') }),
  nameOf: async () => null,
}
