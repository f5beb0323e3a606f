import type { SandboxChat, SandboxMessage, SandboxPerson } from '../api.ts'
import { type Draft, pageSize, state } from './store.ts'

/** What follows from the state; nothing here changes it. */

/** Epoch milliseconds by the sandbox's clock. */
export function now(): number {
  return state.clock.now + (Date.now() - state.clockReadAt)
}

export function person(id: string): SandboxPerson | undefined {
  return state.people.find((one) => one.open_id === id)
}

export function isBot(id: string): boolean {
  return id === state.bot.open_id
}

/** The name of a person or of the bot; the id of somebody unknown. */
export function nameOf(id: string): string {
  return isBot(id) ? state.bot.name : (person(id)?.name ?? id)
}

/** `市农业农村委员会 · 联络员` in its two parts. */
export function department(one: SandboxPerson): string {
  return one.title.split(' · ')[0] ?? ''
}

export function role(one: SandboxPerson): string {
  return one.title.split(' · ').slice(1).join(' · ')
}

/** The chats of a person, the liveliest first. */
export function chatsOf(id: string): SandboxChat[] {
  return state.chats
    .filter((chat) => chat.members.includes(id))
    .sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0) || a.name.localeCompare(b.name))
}

export function openChat(): SandboxChat | undefined {
  return state.chats.find((chat) => chat.chat_id === state.chat && chat.members.includes(state.me))
}

export function unreadOf(id: string): { count: number; mentioned: boolean } {
  const all = state.chats.filter((chat) => chat.members.includes(id)).map((chat) => chat.unread[id])
  return {
    count: all.reduce((sum, one) => sum + (one?.count ?? 0), 0),
    mentioned: all.some((one) => one?.mentioned && one.count > 0),
  }
}

export function messagesOf(chat: string): SandboxMessage[] {
  const loaded = state.messages.get(chat)
  return loaded?.phase === 'ready' ? loaded.list : []
}

export function messageById(id: string): SandboxMessage | undefined {
  for (const chat of state.messages.keys()) {
    const found = messagesOf(chat).find((message) => message.message_id === id)
    if (found) return found
  }
  return undefined
}

/** Below another message in a thread, and so not in the conversation itself. */
export function isThreadReply(message: SandboxMessage): boolean {
  return (
    message.thread_id !== undefined && message.root_id !== undefined && message.root_id !== message.message_id
  )
}

/** The conversation's own messages; a reply whose root is unknown stays visible there. */
export function mainMessages(chat: string): SandboxMessage[] {
  const all = messagesOf(chat)
  const ids = new Set(all.map((message) => message.message_id))
  return all.filter((message) => !isThreadReply(message) || !ids.has(message.root_id ?? ''))
}

/** How many old messages a chat that is opened now keeps folded away. */
export function foldable(chat: string): number {
  return Math.max(mainMessages(chat).length - pageSize, 0)
}

/** The replies below each root, oldest first. */
export function threadsOf(chat: string): Map<string, SandboxMessage[]> {
  const threads = new Map<string, SandboxMessage[]>()
  for (const message of messagesOf(chat)) {
    if (!isThreadReply(message) || !message.root_id) continue
    const replies = threads.get(message.root_id)
    if (replies) replies.push(message)
    else threads.set(message.root_id, [message])
  }
  return threads
}

/** Where a text is being written: one place for each person, chat and thread. */
export function draftKey(thread: string | undefined): string {
  return draftKeyIn(state.chat ?? '', thread)
}

export function draftKeyIn(chat: string, thread = ''): string {
  return [state.me, chat, thread].join('|')
}

export function draftAt(key: string): Draft {
  let draft = state.drafts.get(key)
  if (!draft) {
    draft = { text: '', mentions: [], files: [] }
    state.drafts.set(key, draft)
  }
  return draft
}

/** A group's name; in a private chat, whom one talks to. */
export function chatTitle(chat: SandboxChat): string {
  if (chat.kind === 'group') return chat.name
  return nameOf(chat.members.find((one) => one !== state.me) ?? state.bot.open_id) || chat.name
}
