import type { SandboxChat, SandboxEvent, SandboxMessage } from '../api.ts'
import * as api from './api.ts'
import { person } from './select.ts'
import { change, state } from './store.ts'

/** Keeps the state equal to the server's: first loads, then the stream of events. */

/** Events that came while the state was being read: it may be older than they are. */
let held: SandboxEvent[] | undefined

/** @throws when the server can't be reached. */
export async function loadState(): Promise<void> {
  held ??= []
  try {
    const fresh = await api.fetchState()
    change({ ...fresh, clockReadAt: Date.now() })
  } finally {
    const late = held ?? []
    held = undefined
    late.forEach(applyEvent)
  }
}

/** Loads a chat's messages unless they are there already; `again` loads them anew. */
export function loadMessages(chat: string, { again = false } = {}): Promise<void> {
  if (!again && state.messages.get(chat)?.phase === 'ready') return Promise.resolve()
  const underway = loads.get(chat)
  if (underway) return underway.done
  const load = { arrived: [], done: fetchInto(chat) }
  loads.set(chat, load)
  return load.done
}

/** Loads under way, and what the stream brought meanwhile: the answer may be older than that. */
const loads = new Map<string, { arrived: SandboxMessage[]; done: Promise<void> }>()

async function fetchInto(chat: string): Promise<void> {
  if (state.messages.get(chat)?.phase !== 'ready') state.messages.set(chat, { phase: 'loading' })
  change()
  try {
    const list = await api.fetchMessages(chat)
    for (const message of list) urgesSeen.add(message.message_id)
    state.messages.set(chat, { phase: 'ready', list })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (state.messages.get(chat)?.phase !== 'ready') state.messages.set(chat, { phase: 'failed', reason })
  }
  const arrived = loads.get(chat)?.arrived ?? []
  loads.delete(chat)
  arrived.forEach(upsertMessage)
  change()
}

/** Takes a message in, at its place by time, or over the one that has its id. */
export function upsertMessage(message: SandboxMessage): void {
  loads.get(message.chat_id)?.arrived.push(message)
  const loaded = state.messages.get(message.chat_id)
  if (loaded?.phase !== 'ready') return
  const { list } = loaded
  const known = list.findIndex((one) => one.message_id === message.message_id)
  if (known >= 0) list[known] = message
  else list.splice(list.findLastIndex((one) => one.at <= message.at) + 1, 0, message)
  change()
}

export function applyEvent(event: SandboxEvent): void {
  if (held) {
    held.push(event)
    return
  }
  switch (event.type) {
    case 'message':
    case 'message-updated':
      upsertMessage(event.message)
      noticeUrge(event.message)
      break
    case 'chat':
      upsertChat(event.chat)
      break
    case 'clock':
      change({ clock: event.clock, clockReadAt: Date.now() })
      break
    case 'bot':
      change({ botOnline: event.online })
  }
}

/** After the stream was interrupted: everything that is shown, once more. */
export async function catchUp(): Promise<void> {
  await loadState()
  await Promise.all([...state.messages.keys()].map((chat) => loadMessages(chat, { again: true })))
}

function upsertChat(chat: SandboxChat): void {
  const others = state.chats.filter((one) => one.chat_id !== chat.chat_id)
  change({ chats: [...others, chat] })
  // Somebody new: no event tells who.
  if (!chat.members.every((id) => person(id))) void loadState().catch(() => {})
}

const urgesSeen = new Set<string>()
let urged: (message: SandboxMessage) => void = () => {}

/** An urgent mark (加急) reaches the person at once, whatever chat is open. */
export function onUrged(listener: (message: SandboxMessage) => void): void {
  urged = listener
}

function noticeUrge(message: SandboxMessage): void {
  if (!message.urged.includes(state.me) || urgesSeen.has(message.message_id)) return
  urgesSeen.add(message.message_id)
  urged(message)
}
