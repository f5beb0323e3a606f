import { type Chat, chatsOf, departmentsOnceOn, taskForces } from '../../db/departments.ts'
import { readSetting, writeSetting } from '../../db/settings.ts'
import type { Message, Tone } from '../../messages/message.ts'
import type { ConnectionChange, Platform } from '../../ports.ts'
import type { App } from '../app.ts'
import { type Work, work } from '../work.ts'
import { post } from './outbox.ts'

/** Said again so soon it is no news. */
const oldMs = 10 * 60 * 1000
const dayMs = 24 * 60 * 60 * 1000

/** What is told: also that the bot is somebody else there now, or again who it was before. */
export type ConnectionNews = ConnectionChange | 'other-account' | 'former-account'

const tones: Record<ConnectionNews, Tone> = {
  'logged-out': 'danger',
  'gateway-lost': 'danger',
  back: 'success',
  'other-account': 'danger',
  'former-account': 'success',
  'replies-held': 'warning',
  'pushes-held': 'warning',
}

/** What was told last of a platform's connection. */
interface Told {
  change: ConnectionNews
  at: number
}

/**
 * Tells the task force, in its groups on the other platforms, what has become of this one's connection and what to do. Where
 * it has none the log is all that tells.
 */
export async function tellOfConnection(
  app: App,
  platform: Platform,
  change: ConnectionChange,
): Promise<void> {
  app.log.warn({ platform, change }, 'the connection to a platform has changed')
  await work(app, async (current) => {
    if (await isNews(current, platform, change)) await tell(current, platform, change)
  })
}

/** The same of who the bot is there, which is news whenever it changes. */
export async function tellOfAccount(
  current: Work,
  platform: Platform,
  change: 'other-account' | 'former-account',
): Promise<void> {
  await note(current, `connection-${platform}`, change)
  await tell(current, platform, change)
}

async function tell(current: Work, platform: Platform, change: ConnectionNews): Promise<void> {
  const message = await connectionMessage(current, platform, change)
  for (const { department, chat } of await chatsBeside(current, platform)) {
    await post(current, {
      kind: 'news',
      platform: chat.platform,
      to: { chat: chat.chatId },
      department,
      message,
    })
  }
}

/** That it is back is news to those who were told that it was not. */
async function isNews(current: Work, platform: Platform, change: ConnectionChange): Promise<boolean> {
  const { db, now } = current
  // How much was said has nothing to do with how the connection stands.
  const isFull = change === 'replies-held' || change === 'pushes-held'
  const key = `${isFull ? change : 'connection'}-${platform}`
  const text = await readSetting(db, key)
  const last = text === null ? null : (JSON.parse(text) as Told)
  if (change === 'back' && (last === null || last.change === 'back')) return false
  if (last?.change === change && now - last.at < (isFull ? dayMs : oldMs)) return false
  await note(current, key, change)
  return true
}

async function note({ db, now }: Work, key: string, change: ConnectionNews): Promise<void> {
  await writeSetting(db, key, JSON.stringify({ change, at: now } satisfies Told))
}

async function connectionMessage(
  { app, db }: Work,
  platform: Platform,
  change: ConnectionNews,
): Promise<Message> {
  const { t } = app.voice
  const { platforms, titles, toBind, todo } = t.connection
  const name = platforms[platform]
  const message: Message = {
    title: titles[change](name),
    tone: tones[change],
    blocks: [{ kind: 'text', text: todo[change](name) }],
  }
  if (change !== 'other-account' && change !== 'former-account') return message
  const bound = (await departmentsOnceOn(db, platform)).map((department) => department.name)
  if (bound.length > 0) message.blocks.push({ kind: 'text', text: toBind(bound.length, t.list(bound)) })
  return message
}

/** The groups of the task force where messages still arrive, as far as it depends on this platform. */
async function chatsBeside(
  { app, db }: Work,
  platform: Platform,
): Promise<{ department: number; chat: Chat }[]> {
  const beside: { department: number; chat: Chat }[] = []
  for (const { id } of await taskForces(db)) {
    for (const chat of await chatsOf(db, id)) {
      if (chat.platform !== platform && app.messengers.has(chat.platform))
        beside.push({ department: id, chat })
    }
  }
  return beside
}
