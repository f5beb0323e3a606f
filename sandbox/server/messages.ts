import { newId } from './ids.ts'
import type { Content } from './open-api/content.ts'
import type { Platform } from './platform.ts'
import { type Chat, known, type NewMessage, type StoredMessage } from './state/world.ts'

/** A message's place below another. */
export interface Below {
  parent: StoredMessage
  inThread: boolean
}

interface Sent {
  sender: string
  app_id?: string
  uuid?: string
  below?: Below
}

/** Puts a message into the chat, below another if asked. A thread begins with its first answer. */
export function post(platform: Platform, chat: Chat, content: Content, sent: Sent): StoredMessage {
  const { msg_type, mentions, offered } = content
  const message: NewMessage = {
    message_id: newId('message'),
    chat_id: chat.chat_id,
    sender: sent.sender,
    ...(sent.app_id && { app_id: sent.app_id }),
    at: platform.clock.now(),
    msg_type,
    content: content.content,
    mentions,
    ...(sent.below && placeBelow(platform, sent.below)),
    ...(sent.uuid && { uuid: sent.uuid }),
  }
  platform.commit({ op: 'message', message, offered })
  return known(platform.world.messages, message.message_id)
}

/** An answer names the first message and the one it answers; in a thread both are the thread's first. */
function placeBelow(platform: Platform, { parent, inThread }: Below) {
  const root_id = parent.root_id ?? parent.message_id
  if (!inThread && !parent.thread_id) return { root_id, parent_id: parent.message_id }
  if (parent.thread_id) {
    const first = threadStart(platform, parent)
    return { root_id: first, parent_id: first, thread_id: parent.thread_id }
  }
  const thread_id = newId('thread')
  platform.commit({ op: 'thread', message_id: parent.message_id, thread_id })
  return { root_id: parent.message_id, parent_id: parent.message_id, thread_id }
}

function threadStart(platform: Platform, message: StoredMessage): string {
  const root = message.root_id ? platform.world.messages.get(message.root_id) : undefined
  return root?.thread_id === message.thread_id ? (root?.message_id ?? message.message_id) : message.message_id
}

/** The private chat of a person and an app's bot, made when there is none yet; on Feishu unless it says otherwise. */
export function privateChat(
  platform: Platform,
  appId: string,
  openId: string,
  on: Pick<Chat, 'platform'> = {},
): Chat {
  for (const chat of platform.world.chats.values()) {
    const isTheirs = chat.kind === 'p2p' && chat.members[0] === openId && chat.bots.includes(appId)
    if (isTheirs && chat.platform === on.platform) return chat
  }
  const person = known(platform.world.people, openId)
  const chat_id = newId('chat')
  platform.commit({
    op: 'chat',
    chat: {
      chat_id,
      name: person.name,
      kind: 'p2p',
      ...on,
      members: [openId],
      bots: [appId],
      dissolved: false,
    },
  })
  return known(platform.world.chats, chat_id)
}
