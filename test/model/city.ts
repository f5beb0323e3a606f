import { pino } from 'pino'
import { commands } from '../../src/commands/index.ts'
import { createRouter } from '../../src/commands/router.ts'
import { coreEnv, loadConfig } from '../../src/config.ts'
import { waitingDeliveries } from '../../src/db/deliveries.ts'
import type { Role } from '../../src/domain/person.ts'
import type { Message } from '../../src/messages/message.ts'
import { openApp } from '../../src/open-app.ts'
import type { Incoming, Messenger } from '../../src/ports.ts'
import type { App } from '../../src/services/app.ts'
import { leaseMs } from '../../src/services/delivery/courier.ts'
import { deliver } from '../../src/services/delivery/deliver.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { collect } from '../../src/services/intake/collect.ts'
import { sendDueNudges } from '../../src/services/nudges/nudge.ts'
import { work } from '../../src/services/work.ts'
import { testDatabase } from '../support/database.ts'
import { shanghai } from '../support/time.ts'

export const people = [
  { who: 'lead', department: '工作专班', role: 'lead' },
  { who: 'second', department: '工作专班', role: 'lead' },
  { who: 'observer', department: '工作专班', role: 'observer' },
  { who: 'contact', department: '市农业农村委员会', role: 'contact' },
  { who: 'backup', department: '市农业农村委员会', role: 'backup' },
  { who: 'leader', department: '市农业农村委员会', role: 'leader' },
  { who: 'trade', department: '市商务委员会', role: 'contact' },
  { who: 'health', department: '市卫生健康委员会', role: 'contact' },
] as const satisfies { who: string; department: string; role: Role }[]

export type Who = (typeof people)[number]['who'] | 'stranger'
export const everyone: Who[] = [...people.map(({ who }) => who), 'stranger']

/** The bot without a platform: the router, the use cases and a real database; whatever is sent is kept. */
export interface City {
  app: App
  /** Every message that stands with somebody, newest content. */
  board: Map<string, { chat: string; message: Message }>
  say(who: Who, text: string, replyTo?: string): Promise<void>
  press(who: Who, messageId: string, command: string, args: Record<string, unknown>): Promise<void>
  pass(ms: number): Promise<void>
  /** Bugs that the bot has logged. */
  bugs: string[]
}

export async function aCity(items: number): Promise<City> {
  const database = await testDatabase()
  let now = shanghai('2026-11-20 09:30')
  const bugs: string[] = []
  const board: City['board'] = new Map()
  const messenger: Messenger = {
    platform: 'feishu',
    abilities: { changesMessages: true, sendsOnce: true, sendsInTurn: false, entriesInMessage: 1_000 },
    async send({ key, to, message }) {
      const messageId = `om_${key}`
      board.set(messageId, { chat: 'chat' in to ? to.chat : to.account, message })
      return { messageId }
    },
    async update(messageId, message) {
      const known = board.get(messageId)
      if (known) board.set(messageId, { ...known, message })
    },
    urge: async () => {},
    download: async () => {
      throw new Error('nobody sends files here')
    },
    nameOf: async () => null,
  } as Messenger
  const { app } = await openApp(loadConfig({}, { core: coreEnv }).core, {
    db: database,
    clock: { now: () => now },
    queue: { schedule: async () => {} },
    messengers: new Map([['feishu', messenger]]),
    log: pino({ level: 'error' }, { write: (line: string) => bugs.push(line) }),
  })
  const names = [...new Set(people.map(({ department }) => department))]
  await work(app, (current) =>
    upsertDirectory(
      current,
      names.map((name) => ({
        name,
        aliases: [],
        chats: [{ platform: 'feishu' as const, chat_id: `oc_${name}` }],
        people: people
          .filter(({ department }) => department === name)
          .map(({ who, role }) => ({ name: who, platform: 'feishu' as const, account: who, role })),
      })),
    ),
  )
  await work(app, (current) =>
    collect(
      current,
      Array.from({ length: items }, (_, index) => ({
        external_id: `M-${index}`,
        source: index % 3 === 0 ? ('online' as const) : ('hotline' as const),
        title: `事项${index + 1}`,
        content: '蔬菜滞销，收购车进不了村',
        category: null,
        urgency: index % 3 === 0 ? ('urgent' as const) : ('normal' as const),
        petitioner: null,
        phone: null,
        address: null,
        received_at: null,
        policy: null,
      })),
    ),
  )
  const handle = createRouter(app, commands)
  let events = 0
  const base = (who: Who) => {
    const department = people.find((person) => person.who === who)?.department
    events += 1
    return {
      platform: 'feishu' as const,
      ids: [`ev-${events}`],
      at: now,
      chat: { id: `oc_${department ?? '工作专班'}`, kind: 'group' as const },
      sender: { account: who },
    }
  }
  const settle = async () => {
    for (let round = 0; round < 20; round += 1) {
      const due = (await waitingDeliveries(app.db.read, () => leaseMs)).filter(({ at }) => at <= now)
      if (due.length === 0) return
      for (const { id } of due) await deliver(app, id)
    }
  }
  const take = async (incoming: Incoming) => {
    // A moment passes between any two things that people do.
    now += 1_000
    await handle({ ...incoming, at: now })
    await settle()
  }
  return {
    app,
    board,
    bugs,
    say: (who, text, replyTo) =>
      take({
        ...base(who),
        kind: 'text',
        messageId: `om_said-${events}`,
        text,
        mentionsBot: false,
        mentions: [],
        replyTo: replyTo === undefined ? [] : [replyTo],
        attachments: [],
      }),
    press: (who, messageId, command, args) =>
      take({ ...base(who), kind: 'action', messageId, command, args }),
    async pass(ms) {
      now += ms
      await sendDueNudges(app)
      await settle()
    },
  }
}
