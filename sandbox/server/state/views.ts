import type { SandboxChat, SandboxMessage, SandboxPerson, SandboxState } from '../../api.ts'
import { isObject } from '../card/walk.ts'
import { firstApp, nameOf, type Platform } from '../platform.ts'
import { type Chat, known, type Person, type StoredMessage } from './world.ts'

export function stateView(platform: Platform): SandboxState {
  const { bot } = firstApp(platform)
  return {
    people: [...platform.world.people.values()].map(personView),
    chats: [...platform.world.chats.values()].map((chat) => chatView(platform, chat)),
    clock: clockView(platform),
    faults: structuredClone(platform.faults),
    bot: { ...bot },
    botOnline: botOnline(platform),
  }
}

export function clockView({ clock }: Platform): SandboxState['clock'] {
  return { now: clock.now(), timezone: clock.timezone, controls: clock.controls }
}

export function botOnline(platform: Platform): boolean {
  const app = firstApp(platform)
  return app.webhookUrl !== undefined || platform.connections.online(app.app_id)
}

export function personView({ open_id, name, title }: Person): SandboxPerson {
  return { open_id, name, title }
}

export function chatView(platform: Platform, chat: Chat): SandboxChat {
  const { chat_id, name, kind, platform: where, members, dissolved } = chat
  const lastId = chat.messages.at(-1)
  const last = lastId ? known(platform.world.messages, lastId) : undefined
  return {
    chat_id,
    name,
    kind,
    ...(where && { platform: where }),
    members: [...members],
    botIsMember: chat.bots.includes(firstApp(platform).app_id),
    dissolved,
    ...(last && { last: { at: last.at, sender: last.sender, preview: preview(last) } }),
    unread: Object.fromEntries(members.map((person) => [person, unreadBy(platform, chat, person)])),
  }
}

function unreadBy(platform: Platform, chat: Chat, person: string): { count: number; mentioned: boolean } {
  const unseen = chat.messages
    .slice(chat.seen.get(person) ?? 0)
    .map((id) => known(platform.world.messages, id))
    .filter((message) => message.sender !== person && !message.recalled)
  return { count: unseen.length, mentioned: unseen.some((message) => mentions(message, person)) }
}

function mentions({ urged, mentioned }: StoredMessage, person: string): boolean {
  return urged.includes(person) || mentioned.has(person) || mentioned.has('all')
}

export function messageView(platform: Platform, message: StoredMessage): SandboxMessage {
  const { message_id, chat_id, sender, at, updated_at, msg_type, root_id, parent_id, thread_id } = message
  return {
    message_id,
    chat_id,
    sender,
    at,
    ...(updated_at && { updated_at }),
    msg_type,
    content: message.recalled ? {} : readable(message),
    mentions: mentionsView(platform, message),
    ...(root_id && { root_id }),
    ...(parent_id && { parent_id }),
    ...(thread_id && { thread_id }),
    urged: [...message.urged],
    recalled: message.recalled,
  }
}

function mentionsView(platform: Platform, message: StoredMessage): { open_id: string; name: string }[] {
  if (message.msg_type !== 'interactive')
    return message.mentions.map(({ open_id, name }) => ({ open_id, name }))
  return [...message.mentioned].map((open_id) => ({ open_id, name: nameOf(platform, open_id) }))
}

/** The content with `@name` where the platform keeps `@_user_1`. */
function readable(message: StoredMessage): unknown {
  const content = JSON.parse(message.content) as unknown
  if (message.msg_type !== 'text' || !isObject(content)) return content
  return { text: shownMentions(String(content.text), message) }
}

function shownMentions(text: string, message: StoredMessage): string {
  return text.replaceAll(/@_user_\d+|@_all/g, (key) => {
    const mention = message.mentions.find((candidate) => candidate.key === key)
    return mention ? `@${mention.name}` : key
  })
}

function preview(message: StoredMessage): string {
  if (message.recalled) return ''
  const content = JSON.parse(message.content) as Record<string, unknown>
  switch (message.msg_type) {
    case 'text':
      return shownMentions(String(content.text), message).slice(0, 100)
    case 'image':
      return '[图片]'
    case 'file':
      return `[文件] ${String(content.file_name ?? '')}`
    case 'post':
      return postTitle(content)
    case 'interactive':
      return `[卡片] ${cardTitle(content)}`.trim()
  }
}

function postTitle(content: Record<string, unknown>): string {
  const [post] = Object.values(content)
  return isObject(post) && typeof post.title === 'string' && post.title !== '' ? post.title : '[富文本]'
}

function cardTitle(card: Record<string, unknown>): string {
  const title = isObject(card.header) && isObject(card.header.title) ? card.header.title.content : undefined
  return typeof title === 'string' ? title : ''
}
