import { mentionedIn } from '../card/walk.ts'

/** Everything the platform remembers. It changes only by `applyEntry`, so the journal can bring it back. */
export interface World {
  people: Map<string, Person>
  chats: Map<string, Chat>
  messages: Map<string, StoredMessage>
  files: Map<string, StoredFile>
  /** `app uuid` → message_id. */
  uuids: Map<string, string>
  /** Events that no bot has answered yet, by event id. */
  pending: Map<string, PendingEvent>
}

export interface Person {
  open_id: string
  name: string
  title: string
  /** Whether the apps may see and write to this person (可用范围). */
  inScope: boolean
}

export interface Chat {
  chat_id: string
  name: string
  kind: 'group' | 'p2p'
  /** Absent: Feishu, which knows nothing of the others. */
  platform?: 'wechat'
  members: string[]
  /** app_ids; on WeChat the first app's stands for the bot's account there. */
  bots: string[]
  dissolved: boolean
  /** message_ids, oldest first. */
  messages: string[]
  /** open_id → how many of the messages that person has seen. */
  seen: Map<string, number>
}

export type MessageType = 'text' | 'post' | 'image' | 'file' | 'interactive'

export interface StoredMessage {
  message_id: string
  chat_id: string
  /** open_id of the person or of the bot. */
  sender: string
  /** When a bot sent it. */
  app_id?: string
  at: number
  updated_at?: number
  msg_type: MessageType
  /** JSON, mentions as `@_user_1`. */
  content: string
  mentions: Mention[]
  root_id?: string
  parent_id?: string
  thread_id?: string
  urged: string[]
  recalled: boolean
  uuid?: string
  /** open_ids, `all` for everyone: worked out once, for every unread mark asks. */
  mentioned: Set<string>
  /** JSON of each callback value that the card has ever offered: somebody may still see an older version. */
  offered: Set<string>
}

export interface Mention {
  key: string
  open_id: string
  name: string
}

export interface StoredFile {
  key: string
  type: 'image' | 'file'
  file_name: string
  media_type: string
  size: number
  /** The app that uploaded it; nobody else may send it. Absent for a person's file. */
  app_id?: string
}

export interface PendingEvent {
  event_id: string
  app_id: string
  body: Record<string, unknown>
  /** How many times it has been pushed. */
  attempts: number
  /** Real time of the next push. */
  next_at: number
}

export type NewChat = Omit<Chat, 'messages' | 'seen'>
export type NewMessage = Omit<StoredMessage, 'urged' | 'recalled' | 'mentioned' | 'offered'>

/** One line of the journal. */
export type Entry =
  | { op: 'person'; person: Person }
  | { op: 'chat'; chat: NewChat }
  | { op: 'message'; message: NewMessage; offered?: string[] }
  | { op: 'edit'; message_id: string; content: string; at: number; offered: string[] }
  | { op: 'thread'; message_id: string; thread_id: string }
  | { op: 'recall'; message_id: string }
  | { op: 'urge'; message_id: string; people: string[] }
  | { op: 'seen'; chat_id: string; person: string; count: number }
  | { op: 'file'; file: StoredFile }
  | { op: 'pending'; event: PendingEvent }
  | { op: 'settled'; event_id: string }

export function emptyWorld(): World {
  return {
    people: new Map(),
    chats: new Map(),
    messages: new Map(),
    files: new Map(),
    uuids: new Map(),
    pending: new Map(),
  }
}

/** Carries out one entry, now or again when the journal is read. */
export function applyEntry(world: World, entry: Entry): void {
  switch (entry.op) {
    case 'person':
      world.people.set(entry.person.open_id, entry.person)
      return
    case 'chat': {
      const old = world.chats.get(entry.chat.chat_id)
      world.chats.set(entry.chat.chat_id, {
        ...entry.chat,
        messages: old?.messages ?? [],
        seen: old?.seen ?? new Map(),
      })
      return
    }
    case 'message':
      addMessage(world, entry.message, entry.offered ?? [])
      return
    case 'edit': {
      const message = known(world.messages, entry.message_id)
      message.content = entry.content
      message.updated_at = entry.at
      message.mentioned = mentionedBy(message)
      for (const value of entry.offered) message.offered.add(value)
      return
    }
    case 'thread':
      known(world.messages, entry.message_id).thread_id = entry.thread_id
      return
    case 'recall':
      known(world.messages, entry.message_id).recalled = true
      return
    case 'urge': {
      const message = known(world.messages, entry.message_id)
      message.urged = [...new Set([...message.urged, ...entry.people])]
      return
    }
    case 'seen':
      known(world.chats, entry.chat_id).seen.set(entry.person, entry.count)
      return
    case 'file':
      world.files.set(entry.file.key, entry.file)
      return
    case 'pending':
      world.pending.set(entry.event.event_id, entry.event)
      return
    case 'settled':
      world.pending.delete(entry.event_id)
      return
    default:
      throw new TypeError(`unknown journal entry ${JSON.stringify(entry satisfies never)}`)
  }
}

function addMessage(world: World, added: NewMessage, offered: string[]): void {
  const chat = known(world.chats, added.chat_id)
  world.messages.set(added.message_id, {
    ...added,
    urged: [],
    recalled: false,
    mentioned: mentionedBy(added),
    offered: new Set(offered),
  })
  chat.messages.push(added.message_id)
  chat.seen.set(added.sender, chat.messages.length)
  if (added.uuid && added.app_id) world.uuids.set(uuidKey(added.app_id, added.uuid), added.message_id)
}

function mentionedBy({ msg_type, content, mentions }: NewMessage): Set<string> {
  if (msg_type === 'interactive') return new Set(mentionedIn(JSON.parse(content)))
  return new Set(mentions.map(({ open_id }) => open_id))
}

export function uuidKey(appId: string, uuid: string): string {
  return `${appId} ${uuid}`
}

/** @throws {RangeError} where the caller should have asked first. */
export function known<T>(map: Map<string, T>, id: string): T {
  const found = map.get(id)
  if (found === undefined) throw new RangeError(`unknown id ${id}`)
  return found
}
