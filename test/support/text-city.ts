import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { feishuAbilities } from '../../bots/feishu/abilities.ts'
import { wechatAbilities } from '../../bots/wechat/abilities.ts'
import { renderPages } from '../../bots/wechat/text.ts'
import { commands } from '../../src/commands/index.ts'
import { createRouter } from '../../src/commands/router.ts'
import { coreEnv, loadConfig } from '../../src/config.ts'
import { waitingDeliveries } from '../../src/db/deliveries.ts'
import type { Role } from '../../src/domain/person.ts'
import type { Message } from '../../src/messages/message.ts'
import type { Locale } from '../../src/messages/voice.ts'
import { openApp } from '../../src/open-app.ts'
import type {
  Abilities,
  Answer,
  Incoming,
  IncomingHandler,
  IncomingText,
  JobName,
  Messenger,
  Platform,
  Post,
} from '../../src/ports.ts'
import type { App } from '../../src/services/app.ts'
import { leaseOf } from '../../src/services/delivery/courier.ts'
import { deliver } from '../../src/services/delivery/deliver.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { noteLogin } from '../../src/services/directory/login.ts'
import { collect } from '../../src/services/intake/collect.ts'
import { sendDueNudges } from '../../src/services/nudges/nudge.ts'
import { work } from '../../src/services/work.ts'
import { testDatabase } from './database.ts'
import { shanghai } from './time.ts'

export const staff = {
  陈组长: { department: '工作专班', role: 'lead' },
  周组员: { department: '工作专班', role: 'lead' },
  孙联络: { department: '市农业农村委员会', role: 'contact' },
  钱副手: { department: '市农业农村委员会', role: 'backup' },
  赵分管: { department: '市农业农村委员会', role: 'leader' },
  吴联络: { department: '市商务委员会', role: 'contact' },
} as const satisfies Record<string, { department: string; role: Role }>

export type Official = keyof typeof staff | '王路人'

/** As whom the bot is logged in on WeChat. */
export const botLogin = 'padlocal/wxid_bot'

const names = [...new Set(Object.values(staff).map(({ department }) => department))]

/** A message as it stands on a platform. */
export interface Posted {
  id: string
  post: Post
  message: Message
  /** As they stand in the chat: each of them may be quoted. */
  pages: string[]
  /** All of it. */
  words: string
}

export interface Said {
  /** The platform, where there are several: the first by default. */
  on?: Platform
  /** The department in whose group it is said; by default the speaker's own. `private`: to the bot alone. */
  in?: string
  /** What is quoted: a message of the bot's, or anybody's words. */
  quote?: Posted | string
  /** An answer on a platform that tells to what. */
  below?: Posted
  mentionsBot?: boolean
  mentions?: { account: string; name: string }[]
  attachments?: IncomingText['attachments']
}

/** The bot with platforms that live in memory, the one on which nothing can be changed or sent twice among them. */
export interface TextCity {
  app: App
  handle: IncomingHandler
  now(): number
  pass(ms: number): Promise<void>
  /** Time passes in which no job runs. */
  wait(ms: number): void
  items(...titles: string[]): Promise<void>
  say(who: Official, text: string, more?: Said): Promise<void>
  press(who: Official, posted: Posted, command: string, args?: Record<string, unknown>): Promise<Answer>
  /** What the bot has said in a department's group there, oldest first, as it is now. */
  posts(department: string, on?: Platform): Posted[]
  /** What it has said there since the last time that one asked, in words. */
  news(department: string, on?: Platform): string[]
  /** What it has told somebody alone. */
  told(who: Official, on?: Platform): Posted[]
  /** The newest of its messages there that holds all these words. */
  seen(department: string, ...words: string[]): Posted
  /** Carries what is due, in the order in which the jobs would. */
  settle(): Promise<void>
  /** What sending there throws, where it does. */
  fault(on: Platform, department: string, error: Error | null): void
  /** What the platforms were asked to do. */
  calls: { platform: Platform; op: 'send' | 'update' | 'urge'; key: string }[]
  jobs: { name: JobName; id: string; at: number }[]
  /** Bugs that the bot has logged. */
  bugs: string[]
}

export function groupOf(department: string, on: Platform): string {
  return on === 'wechat' ? `${botLogin}/room/${encodeURIComponent(department)}` : `oc_${department}`
}

export function accountOf(who: Official, on: Platform): string {
  return on === 'wechat' ? `${botLogin}/contact/${encodeURIComponent(who)}` : `ou_${who}`
}

export async function aTextCity(
  platforms: Platform[] = ['wechat'],
  locale: Locale = 'zh-CN',
): Promise<TextCity> {
  const database = await testDatabase()
  let now = shanghai('2026-11-20 09:30')
  const abilities: Record<Platform, Abilities> = {
    feishu: feishuAbilities,
    wechat: wechatAbilities(locale),
  }
  const [first = 'wechat'] = platforms
  const bugs: string[] = []
  const posted: Record<Platform, Posted[]> = { feishu: [], wechat: [] }
  const faults = new Map<string, Error>()
  const calls: TextCity['calls'] = []
  const jobs: TextCity['jobs'] = []

  const messengerOf = (platform: Platform): Messenger => ({
    platform,
    abilities: abilities[platform],
    async send(post) {
      calls.push({ platform, op: 'send', key: post.key })
      const fault = 'chat' in post.to ? faults.get(post.to.chat) : undefined
      if (fault) throw fault
      const known = posted[platform].find((one) => one.post.key === post.key)
      if (known && abilities[platform].sendsOnce) return { messageId: known.id }
      const id = `${platform}-${posted[platform].length + 1}`
      posted[platform].push({ id, post, ...shown(post.message, locale) })
      return { messageId: id }
    },
    async update(messageId, message) {
      calls.push({ platform, op: 'update', key: messageId })
      const known = posted[platform].find(({ id }) => id === messageId)
      if (known) Object.assign(known, shown(message, locale))
    },
    async urge(messageId) {
      calls.push({ platform, op: 'urge', key: messageId })
    },
    download: async () => ({ fileName: 'photo.jpg', mediaType: 'image/jpeg', data: Buffer.from('photo') }),
    nameOf: async () => null,
  })
  const { app } = await openApp(loadConfig({ LOCALE: locale }, { core: coreEnv }).core, {
    db: database,
    clock: { now: () => now },
    queue: {
      async schedule(name, id, at) {
        jobs.push({ name, id, at })
      },
    },
    messengers: new Map(platforms.map((platform) => [platform, messengerOf(platform)])),
    log: pino({ level: 'error' }, { write: (line: string) => bugs.push(line) }),
  })
  if (platforms.includes('wechat')) await noteLogin(app, 'wechat', botLogin)
  await work(app, (current) =>
    upsertDirectory(
      current,
      names.map((name) => ({
        name,
        aliases: [name.replace('村委员会', '村委').replace('委员会', '委')],
        chats: platforms.map((platform) => ({ platform, chat_id: groupOf(name, platform) })),
        people: Object.entries(staff)
          .filter(([, { department }]) => department === name)
          .flatMap(([who, { role }]) =>
            platforms.map((platform) => ({
              name: who,
              platform,
              account: accountOf(who as Official, platform),
              role,
            })),
          ),
      })),
    ),
  )
  const handle = createRouter(app, commands)

  const notBefore = new Map<number, number>()
  const settle = async () => {
    for (let round = 0; round < 50; round += 1) {
      const waiting = await waitingDeliveries(app.db.read, (platform) => leaseOf(app, platform))
      const due = waiting.filter(({ id, at }) => Math.max(at, notBefore.get(id) ?? 0) <= now)
      if (due.length === 0) return
      for (const { id } of due) {
        const again = await deliver(app, id)
        if (again) notBefore.set(id, again.retryAt)
      }
    }
    throw new Error('the outbox does not empty')
  }
  const base = (who: Official, on: Platform, where: string) => {
    const isPrivate = where === 'private'
    return {
      platform: on,
      ids: [randomUUID()],
      at: now,
      chat: {
        id: isPrivate ? accountOf(who, on) : groupOf(where, on),
        kind: isPrivate ? ('private' as const) : ('group' as const),
      },
      sender: { account: accountOf(who, on) },
    }
  }
  const home = (who: Official) => (who === '王路人' ? '工作专班' : staff[who].department)
  const take = async (incoming: Incoming) => {
    // A moment passes between any two things that people do.
    now += 1_000
    const answer = await handle({ ...incoming, at: now })
    await settle()
    return answer
  }
  const read = new Map<string, number>()
  const city: TextCity = {
    app,
    handle,
    fault(on, department, error) {
      if (error) faults.set(groupOf(department, on), error)
      else faults.delete(groupOf(department, on))
    },
    calls,
    jobs,
    bugs,
    now: () => now,
    wait(ms) {
      now += ms
    },
    async pass(ms) {
      now += ms
      await sendDueNudges(app)
      await settle()
    },
    async items(...titles) {
      await work(app, (current) =>
        collect(
          current,
          titles.map((title, index) => ({
            external_id: null,
            source: 'hotline',
            title,
            content: `来电反映：${title}（${index + 1}）`,
            category: null,
            urgency: 'normal',
            petitioner: '李某',
            phone: '13800138000',
            address: null,
            received_at: null,
            policy: null,
          })),
        ),
      )
    },
    async say(who, text, { on = first, in: where = home(who), quote, below, ...more } = {}) {
      await take({
        ...base(who, on, where),
        kind: 'text',
        messageId: randomUUID(),
        text,
        mentionsBot: false,
        mentions: [],
        replyTo: below ? [below.id] : [],
        attachments: [],
        ...(quote !== undefined && { quoted: typeof quote === 'string' ? quote : quote.words }),
        ...(on === 'wechat' && where !== 'private' && { mayBeBare: true }),
        ...more,
      })
    },
    press: (who, { id }, command, args = {}) =>
      take({ ...base(who, 'feishu', home(who)), kind: 'action', messageId: id, command, args }),
    posts: (department, on = first) =>
      posted[on].filter(({ post }) => 'chat' in post.to && post.to.chat === groupOf(department, on)),
    news(department, on = first) {
      const all = city.posts(department, on)
      const key = `${department} ${on}`
      const fresh = all.slice(read.get(key) ?? 0)
      read.set(key, all.length)
      return fresh.map(({ words }) => words)
    },
    told: (who, on = first) =>
      posted[on].filter(({ post }) =>
        'account' in post.to ? post.to.account === accountOf(who, on) : post.to.chat === accountOf(who, on),
      ),
    seen(department, ...words) {
      const found = city.posts(department).findLast((one) => words.every((word) => one.words.includes(word)))
      if (!found) throw new Error(`${department} has not seen ${words.join(' ')}`)
      return found
    },
    settle,
  }
  return city
}

/** A message as a platform without cards writes it, in as many as it takes. */
function pagesOf(message: Message, locale: Locale): string[] {
  const at = (message.mentions ?? []).map(({ name }) => `@${name}\u2005`).join('')
  const [first = '', ...more] = renderPages(message, locale).pages
  return [at === '' ? first : `${at}\n${first}`, ...more]
}

function shown(message: Message, locale: Locale): Pick<Posted, 'message' | 'pages' | 'words'> {
  const pages = pagesOf(message, locale)
  return { message, pages, words: pages.join('\n') }
}
