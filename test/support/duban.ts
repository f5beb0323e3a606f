import { onTestFinished } from 'vitest'
import type { SandboxChat, SandboxMessage, SandboxPerson } from '../../sandbox/api.ts'
import { buttonsOf, type CardButton, textOf } from '../../sandbox/card-reading.ts'
import { type PrivateRedis, startPrivateRedis } from '../../sandbox/private-redis.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server/index.ts'
import type { Delivery } from '../../src/db/deliveries.ts'
import { createLogger } from '../../src/log.ts'
import { type Duban, type StartOptions, startDuban } from '../../src/main.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { collect, type IncomingItem } from '../../src/services/intake/collect.ts'
import { work } from '../../src/services/work.ts'
import { testFolder } from './database.ts'
import { testApp, testClock, tickingClock } from './sandbox.ts'

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

/** The whole of Duban: real Redis, real SQLite file, the real SDK against the sandbox; a task force and two departments. */
export interface World {
  sandbox: Sandbox
  duban: Duban
  redis: PrivateRedis
  clock: ReturnType<typeof testClock>
  env: Record<string, string>
  log: string[]
  taskForce: Office
  agriculture: Office
  commerce: Office
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

type OpenDelivery = Pick<Delivery, 'status' | 'next_attempt_at'>

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
  sandbox?: Partial<SandboxOptions>
}

export async function testWorld(options: WorldOptions = {}): Promise<World> {
  const { transport = 'ws' } = options
  const clock = (options.ticking ? tickingClock : testClock)(options.now)
  const redis = await startPrivateRedis()
  onTestFinished(() => redis.stop())
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

  const log: string[] = []
  const env: Record<string, string> = {
    DATABASE_URL: `file:${folder}/duban.db`,
    REDIS_URL: redis.url,
    FEISHU_APP_ID: testApp.app_id,
    FEISHU_APP_SECRET: testApp.app_secret,
    FEISHU_DOMAIN: sandbox.origin,
    FEISHU_TRANSPORT: transport,
    ...(transport === 'webhook'
      ? {
          FEISHU_ENCRYPT_KEY: webhookKeys.encryptKey,
          FEISHU_VERIFICATION_TOKEN: webhookKeys.verificationToken,
        }
      : {}),
    HTTP_PORT: '0',
    LOCALE: options.locale ?? 'zh-CN',
    DATA_DIR: `${folder}/data`,
    LEAD_CLAIM_CODE: 'claim-me',
  }
  const taskForce = office(sandbox, '工作专班', { lead: '陈组长', second: '周组员' })
  const agriculture = office(sandbox, '市农业农村委员会', {
    contact: '孙联络',
    backup: '钱副手',
    leader: '赵分管',
  })
  const commerce = office(sandbox, '市商务委员会', { contact: '吴联络', leader: '郑分管' })
  const stranger = sandbox.addPerson({ name: '王路人' })

  const start = async () => {
    const duban = await startDuban(env, {
      clock,
      connectionTiming: options.connectionTiming,
      jobsTiming: options.jobsTiming,
      ...(options.unlimited && { limiter: () => ({ take: async () => 0, block: async () => {} }) }),
      log: createLogger({ level: 'debug', to: { write: (line) => log.push(line) } }),
    })
    if (transport === 'webhook') sandbox.setWebhook(`${duban.url}/webhook/feishu`)
    return duban
  }
  let duban = await start()
  let running = true
  onTestFinished(() => world.stop())
  await work(duban.app, (current) =>
    upsertDirectory(current, [
      entry(taskForce, [], { lead: 'lead', second: 'lead' }),
      entry(agriculture, ['农业农村委', '市农业农村委'], {
        contact: 'contact',
        backup: 'backup',
        leader: 'leader',
      }),
      entry(commerce, ['商务委', '市商务委'], { contact: 'contact', leader: 'leader' }),
    ]),
  )

  async function emptied(meanwhile: (open: OpenDelivery[]) => Promise<void>): Promise<void> {
    await sandbox.waitFor(() => sandbox.pendingEvents() === 0, 'all events answered')
    for (let tries = 0; tries < 1_000; tries += 1) {
      const open = await duban.app.db.read
        .selectFrom('deliveries')
        .select(['status', 'next_attempt_at'])
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
    taskForce,
    agriculture,
    commerce,
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
        const times = open.map(({ next_attempt_at }) => next_attempt_at)
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

function office(sandbox: Sandbox, name: string, names: Record<string, string>): Office {
  const people = Object.fromEntries(
    Object.entries(names).map(([key, person]) => [key, sandbox.addPerson({ name: person, title: name })]),
  )
  const members = Object.values(people).map(({ open_id }) => open_id)
  return { name, people, chat: sandbox.addChat({ name, members }) }
}

function entry(
  where: Office,
  aliases: string[],
  roles: Record<string, 'lead' | 'contact' | 'backup' | 'leader'>,
) {
  return {
    name: where.name,
    aliases,
    chats: [{ platform: 'feishu' as const, chat_id: where.chat.chat_id }],
    people: Object.entries(roles).map(([key, role]) => ({
      name: personOf(where, key).name,
      platform: 'feishu' as const,
      account: personOf(where, key).open_id,
      role,
    })),
  }
}

export function personOf({ people, name }: Office, who: string): SandboxPerson {
  const person = people[who]
  if (!person) throw new Error(`there is no ${who} in ${name}`)
  return person
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
