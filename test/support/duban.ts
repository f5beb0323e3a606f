import { onTestFinished } from 'vitest'
import type { SandboxChat, SandboxMessage, SandboxPerson } from '../../sandbox/api.ts'
import { buttonsOf, type CardButton, textOf } from '../../sandbox/card-reading.ts'
import type { PrivateRedis } from '../../sandbox/private-redis.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server/index.ts'
import type { Delivery } from '../../src/db/deliveries.ts'
import type { Role } from '../../src/domain/person.ts'
import { createLogger } from '../../src/log.ts'
import { type Duban, type StartOptions, startDuban } from '../../src/main.ts'
import type { Platform } from '../../src/ports.ts'
import { type DirectoryEntry, upsertDirectory } from '../../src/services/directory/directory.ts'
import { collect, type IncomingItem } from '../../src/services/intake/collect.ts'
import { work } from '../../src/services/work.ts'
import { testFolder } from './database.ts'
import { testRedis } from './redis.ts'
import { testApp, testClock, tickingClock } from './sandbox.ts'
import { type TestWechat, testWechat, type WechatOptions } from './wechat.ts'

export const webhookKeys = { encryptKey: 'an-encrypt-key', verificationToken: 'a-verification-token' }

const noLimits = {
  apiPerSecond: 100_000,
  apiPerMinute: 100_000,
  groupPerSecond: 100_000,
  personPerSecond: 100_000,
  cardPatchPerSecond: 100_000,
}

/** A group in the sandbox whose people are in the directory. */
export interface Office {
  name: string
  chat: SandboxChat
  people: Record<string, SandboxPerson>
}

export interface Offices {
  taskForce: Office
  agriculture: Office
  commerce: Office
}

/** The whole of Duban: real Redis, real SQLite file, the real SDK against the sandbox; a task force and two departments. */
export interface World extends Offices {
  sandbox: Sandbox
  duban: Duban
  redis: PrivateRedis
  clock: ReturnType<typeof testClock>
  env: Record<string, string>
  log: string[]
  /** The same people's groups on that platform; those of the first are the world's own. */
  on(platform: Platform): Offices
  /** @throws where WeChat is none of the platforms */
  wechat: TestWechat
  stranger: SandboxPerson
  /** Stops the bot; nothing else. */
  stop(): Promise<void>
  /** Starts the bot again, on the same files; stops it first if it runs. */
  restart(): Promise<void>
  items(...items: (Partial<IncomingItem> & { title: string })[]): Promise<number[]>
  /** Says something in a group, as one of its people. */
  say(
    office: Office,
    who: string,
    text: string,
    more?: { reply_to?: string; mentions?: string[] },
  ): SandboxMessage
  /** The bot's messages in a group, oldest first. */
  posts(office: Office): SandboxMessage[]
  /** The first of the bot's messages there whose card or text holds all these words. */
  seen(office: Office, ...words: string[]): Promise<SandboxMessage>
  /** Presses the button, or submits the form, whose label it is. */
  press(
    message: SandboxMessage,
    who: SandboxPerson,
    label: string,
    form?: Record<string, unknown>,
  ): ReturnType<Sandbox['act']>
  /** Nothing is waiting: every event was answered, every delivery sent. */
  settled(): Promise<void>
  /** The same, the clock being moved on to when what failed is to be tried again. */
  settledLater(): Promise<void>
  /** Moves the clock and lets the bot notice. */
  moveTo(at: number): Promise<void>
}

type OpenDelivery = Pick<Delivery, 'id' | 'status' | 'next_attempt_at' | 'platform' | 'chat_id'>

interface WorldOptions {
  now?: number
  /** Goes on by itself, so that what is tried again a second later is. By default the clock stands. */
  ticking?: boolean
  /** Neither the bot nor the platform keeps the limits of messages a second: for tests of many. */
  unlimited?: boolean
  connectionTiming?: StartOptions['connectionTiming']
  jobsTiming?: StartOptions['jobsTiming']
  locale?: 'zh-CN' | 'en'
  transport?: 'ws' | 'webhook'
  /** By default Feishu alone. */
  platforms?: [Platform, ...Platform[]]
  wechat?: WechatOptions
  sandbox?: Partial<SandboxOptions>
}

export async function testWorld(options: WorldOptions = {}): Promise<World> {
  const { transport = 'ws', platforms = ['feishu'] } = options
  const clock = (options.ticking ? tickingClock : testClock)(options.now)
  const redis = await testRedis()
  const folder = await testFolder()
  const sandbox = await startSandbox({
    apps: [{ ...testApp, ...(transport === 'webhook' ? webhookKeys : {}) }],
    clock,
    timing: { redeliverAfterMs: [300, 1_000, 3_000] },
    ...(options.unlimited && { limits: noLimits }),
    ...options.sandbox,
  })
  onTestFinished(() => sandbox.stop())
  sandbox.setFaults({ groupMessages: true })

  const wechat = platforms.includes('wechat') ? await testWechat(sandbox, options.wechat ?? {}) : undefined
  const log: string[] = []
  const env: Record<string, string> = {
    DATABASE_URL: `file:${folder}/duban.db`,
    REDIS_URL: redis.url,
    ...(platforms.includes('feishu') && feishuEnv(sandbox, transport)),
    ...wechat?.env,
    HTTP_PORT: '0',
    LOCALE: options.locale ?? 'zh-CN',
    DATA_DIR: `${folder}/data`,
    LEAD_CLAIM_CODE: 'claim-me',
  }
  const offices = officesOn(sandbox, platforms)
  const on = (platform: Platform) => {
    const there = offices.get(platform)
    if (!there) throw new Error(`nobody is on ${platform}`)
    return there
  }
  const stranger = sandbox.addPerson({ name: '王路人' })

  const start = async () => {
    const duban = await startDuban(env, {
      clock,
      connectionTiming: options.connectionTiming,
      jobsTiming: options.jobsTiming,
      wechat: wechat?.atStart(),
      ...(options.unlimited && { limiter: () => ({ take: async () => 0, block: async () => {} }) }),
      log: createLogger({ level: 'debug', to: { write: (line) => log.push(line) } }),
    })
    if (transport === 'webhook') sandbox.setWebhook(`${duban.url}/webhook/feishu`)
    return duban
  }
  let duban = await start()
  let running = true
  onTestFinished(() => world.stop())
  for (const [platform, there] of offices) {
    await work(duban.app, (current) => upsertDirectory(current, entriesOn(platform, there, wechat)))
  }

  async function emptied(meanwhile: (open: OpenDelivery[]) => Promise<void>): Promise<void> {
    await sandbox.waitFor(() => sandbox.pendingEvents() === 0, 'all events answered')
    for (let tries = 0; tries < 1_000; tries += 1) {
      const open = await duban.app.db.read
        .selectFrom('deliveries')
        .select(['id', 'status', 'next_attempt_at', 'platform', 'chat_id'])
        .where('status', 'in', ['pending', 'sending'])
        .execute()
      if (open.length === 0) return
      await meanwhile(open)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error('the outbox does not empty')
  }

  const world: World = {
    sandbox,
    get duban() {
      return duban
    },
    redis,
    clock,
    env,
    log,
    ...on(platforms[0]),
    on,
    get wechat() {
      if (!wechat) throw new Error('WeChat is none of the platforms')
      return wechat
    },
    stranger,
    async stop() {
      if (!running) return
      running = false
      await duban.stop()
    },
    async restart() {
      await world.stop()
      duban = await start()
      running = true
    },
    items: async (...items) =>
      (await work(duban.app, (current) => collect(current, items.map(complete)))).map(({ code }) => code),
    say: (where, who, text, more) =>
      sandbox.sendText(where.chat.chat_id, personOf(where, who).open_id, text, more),
    posts: (where) => sandbox.messages(where.chat.chat_id).filter(({ sender }) => sender === botId(sandbox)),
    seen: (where, ...words) =>
      sandbox.waitFor(
        () => world.posts(where).find((message) => words.every((word) => textOf(message).includes(word))),
        `${words.join(' ')} in ${where.name}`,
      ),
    press: (message, who, label, form) => {
      const button = buttonOf(sandbox.message(message.message_id), label)
      return sandbox.act(message.message_id, {
        operator: who.open_id,
        value: button.value,
        name: button.name,
        form_value: form,
      })
    },
    settled: () => emptied(async () => {}),
    settledLater: () =>
      emptied(async (open) => {
        const times = open.map((delivery) => triedAt(delivery, open))
        const asleep = open.every(({ status }) => status === 'pending')
        if (asleep && Math.min(...times) > clock.now()) await world.moveTo(Math.max(...times))
      }),
    async moveTo(at) {
      clock.set(at)
      sandbox.clockMoved()
      await duban.app.queue.schedule('sweep', 'moved', at)
    },
  }
  return world
}

/** The button of that label, wherever in the card it is. */
export function buttonOf(message: SandboxMessage, label: string): CardButton {
  const found = buttonsOf(message).find((button) => button.label === label)
  if (!found) throw new Error(`no button ${label} in ${textOf(message)}`)
  return found
}

export function labelsOf(message: SandboxMessage): string[] {
  return buttonsOf(message).map(({ label }) => label)
}

function feishuEnv(sandbox: Sandbox, transport: 'ws' | 'webhook'): Record<string, string> {
  return {
    FEISHU_APP_ID: testApp.app_id,
    FEISHU_APP_SECRET: testApp.app_secret,
    FEISHU_DOMAIN: sandbox.origin,
    FEISHU_TRANSPORT: transport,
    ...(transport === 'webhook' && {
      FEISHU_ENCRYPT_KEY: webhookKeys.encryptKey,
      FEISHU_VERIFICATION_TOKEN: webhookKeys.verificationToken,
    }),
  }
}

/** Everybody is on each of the platforms, and in a group of their department's there. */
function officesOn(sandbox: Sandbox, platforms: Platform[]): Map<Platform, Offices> {
  const people = (title: string, names: Record<string, string>) =>
    Object.fromEntries(Object.entries(names).map(([key, name]) => [key, sandbox.addPerson({ name, title })]))
  const office = (name: string, names: Record<string, string>) => ({ name, people: people(name, names) })
  const departments = {
    taskForce: office('工作专班', { lead: '陈组长', second: '周组员' }),
    agriculture: office('市农业农村委员会', { contact: '孙联络', backup: '钱副手', leader: '赵分管' }),
    commerce: office('市商务委员会', { contact: '吴联络', leader: '郑分管' }),
  }
  const grouped = (platform: Platform, { name, people }: Pick<Office, 'name' | 'people'>): Office => {
    const members = Object.values(people).map(({ open_id }) => open_id)
    // Only friends can be written to.
    if (platform === 'wechat') for (const member of members) sandbox.openP2p(member, { platform })
    return { name, people, chat: sandbox.addChat({ name, members, platform }) }
  }
  return new Map(
    platforms.map((platform) => [
      platform,
      {
        taskForce: grouped(platform, departments.taskForce),
        agriculture: grouped(platform, departments.agriculture),
        commerce: grouped(platform, departments.commerce),
      },
    ]),
  )
}

function entriesOn(
  platform: Platform,
  { taskForce, agriculture, commerce }: Offices,
  wechat: TestWechat | undefined,
): DirectoryEntry[] {
  const entry = (where: Office, aliases: string[], roles: Record<string, Role>): DirectoryEntry => ({
    name: where.name,
    aliases,
    chats: [{ platform, chat_id: idOf('room', where.chat.chat_id) }],
    people: Object.entries(roles).map(([key, role]) => {
      const { name, open_id } = personOf(where, key)
      return { name, platform, account: idOf('contact', open_id), role }
    }),
  })
  const idOf = (kind: 'room' | 'contact', id: string) =>
    platform === 'wechat' && wechat ? wechat.addressOf(kind, id) : id
  return [
    entry(taskForce, [], { lead: 'lead', second: 'lead' }),
    entry(agriculture, ['农业农村委', '市农业农村委'], {
      contact: 'contact',
      backup: 'backup',
      leader: 'leader',
    }),
    entry(commerce, ['商务委', '市商务委'], { contact: 'contact', leader: 'leader' }),
  ]
}

export function personOf({ people, name }: Office, who: string): SandboxPerson {
  const person = people[who]
  if (!person) throw new Error(`there is no ${who} in ${name}`)
  return person
}

/** On WeChat nothing overtakes what waits for the same group. */
function triedAt({ id, platform, chat_id, next_attempt_at }: OpenDelivery, open: OpenDelivery[]): number {
  const ahead = open.filter((other) => platform === 'wechat' && other.chat_id === chat_id && other.id < id)
  return Math.max(next_attempt_at, ...ahead.map((other) => other.next_attempt_at))
}

function complete(item: Partial<IncomingItem> & { title: string }): IncomingItem {
  return {
    external_id: null,
    source: 'hotline',
    content: '',
    category: null,
    urgency: 'normal',
    petitioner: null,
    phone: null,
    address: null,
    received_at: null,
    policy: null,
    ...item,
  }
}

function botId(sandbox: Sandbox): string {
  return sandbox.state().bot.open_id
}
