import { mediaTypeOfImage, mediaTypeOfName, storeFile } from './files.ts'
import { post } from './messages.ts'
import { firstApp, nameOf, type Platform } from './platform.ts'
import { existing } from './refused.ts'
import { type Chat, type Entry, known, type Mention, type Person, type StoredMessage } from './state/world.ts'

/** Where a puppet is plugged in: the chats of that platform as the sandbox keeps them, under the sandbox's ids. */
export interface WechatSide {
  bot: { open_id: string; name: string }
  now(): number
  chats(): Chat[]
  /** @throws {SandboxRefusal} like all that follow, for an id that is not on WeChat */
  chat(id: string): Chat
  /** Somebody who is in one of the chats there. */
  person(id: string): Person
  /** Of anybody, the bot and those who have left among them. */
  nameOf(id: string): string
  message(id: string): StoredMessage
  file(key: string): { name: string; mediaType: string; data: Buffer }
  /** The bot's own messages; `mentions` are open_ids. */
  say(chat: string, text: string, mentions: string[]): StoredMessage
  sendFile(chat: string, file: { name: string; data: Buffer }): StoredMessage
  /** Every change from now on. Returns how to stop listening. */
  listen(listener: (event: WechatEvent) => void): () => void
}

/** Something happened in a chat that the bot's account is in. */
export type WechatEvent =
  | { type: 'message'; message: string }
  | { type: 'recalled'; message: string }
  /** open_ids, the bot's among them. */
  | { type: 'members'; chat: string; joined: string[]; left: string[] }
  | { type: 'renamed'; chat: string; before: string; after: string }

export function wechatSide(platform: Platform): WechatSide {
  const { world } = platform
  const { bot } = firstApp(platform)
  const chats = () => [...world.chats.values()].filter((chat) => chat.platform === 'wechat')
  const side: WechatSide = {
    bot,
    now: platform.clock.now,
    chats,
    chat: (id) => existing(new Map(chats().map((chat) => [chat.chat_id, chat])), id, 'chat on WeChat'),
    person: (id) => {
      const members = new Set(chats().flatMap((chat) => chat.members))
      return existing(world.people, members.has(id) ? id : '', 'person on WeChat')
    },
    nameOf: (id) => nameOf(platform, id),
    message: (id) => {
      const message = existing(world.messages, id, 'message')
      side.chat(message.chat_id)
      return message
    },
    file: (key) => {
      const { file_name, media_type } = existing(world.files, key, 'file')
      return { name: file_name, mediaType: media_type, data: platform.blobs.get(key) }
    },
    say: (chatId, text, people) => {
      const chat = side.chat(chatId)
      // The text stands as it was sent: a client of WeChat shows a mention in no other words.
      const mentions = people.map((open_id): Mention => {
        const { name } = known(world.people, open_id)
        return { key: `@${name}`, open_id, name }
      })
      const content = { msg_type: 'text' as const, content: JSON.stringify({ text }), mentions, offered: [] }
      return post(platform, chat, content, { sender: bot.open_id })
    },
    sendFile: (chatId, { name, data }) => {
      const chat = side.chat(chatId)
      const image = mediaTypeOfImage(data)
      const type = image ? 'image' : 'file'
      const { key } = storeFile(
        platform,
        { type, file_name: name, media_type: image ?? mediaTypeOfName(name) },
        data,
      )
      const content = JSON.stringify(image ? { image_key: key } : { file_key: key, file_name: name })
      return post(
        platform,
        chat,
        { msg_type: type, content, mentions: [], offered: [] },
        { sender: bot.open_id },
      )
    },
    listen: (listener) => {
      platform.bus.on('wechat', listener)
      return () => platform.bus.off('wechat', listener)
    },
  }
  return side
}

/** What an entry, not yet carried out, means to the bot's account on WeChat. */
export function wechatEvents(platform: Platform, entry: Entry): WechatEvent[] {
  switch (entry.op) {
    case 'message': {
      const { chat_id, message_id } = entry.message
      return heardIn(platform, chat_id) ? [{ type: 'message', message: message_id }] : []
    }
    case 'recall': {
      const { chat_id, message_id } = known(platform.world.messages, entry.message_id)
      return heardIn(platform, chat_id) ? [{ type: 'recalled', message: message_id }] : []
    }
    case 'chat':
      return entry.chat.platform && entry.chat.kind === 'group' ? changesOf(platform, entry.chat) : []
    default:
      return []
  }
}

function heardIn(platform: Platform, chatId: string): boolean {
  const chat = known(platform.world.chats, chatId)
  return chat.platform === 'wechat' && chat.bots.length > 0
}

function changesOf(platform: Platform, chat: Omit<Chat, 'messages' | 'seen'>): WechatEvent[] {
  const { bot } = firstApp(platform)
  const old = platform.world.chats.get(chat.chat_id)
  const people = ({ members, bots, dissolved }: typeof chat) =>
    dissolved ? [] : [...members, ...(bots.length > 0 ? [bot.open_id] : [])]
  const before = old ? people(old) : []
  const after = people(chat)
  const wasIn = before.includes(bot.open_id)
  if (!wasIn && !after.includes(bot.open_id)) return []
  if (!wasIn) return [{ type: 'members', chat: chat.chat_id, joined: [bot.open_id], left: [] }]

  const joined = after.filter((id) => !before.includes(id))
  const left = before.filter((id) => !after.includes(id))
  const events: WechatEvent[] = []
  if (joined.length + left.length > 0) events.push({ type: 'members', chat: chat.chat_id, joined, left })
  if (old && old.name !== chat.name) {
    events.push({ type: 'renamed', chat: chat.chat_id, before: old.name, after: chat.name })
  }
  return events
}
