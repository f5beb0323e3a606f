import type { Platform } from '../platform.ts'
import { chatView, messageView } from './views.ts'
import { type Entry, known } from './world.ts'

/** Tells the page what an entry has changed. */
export function announceEntry(platform: Platform, entry: Entry): void {
  if (platform.bus.listenerCount('page') === 0) return
  switch (entry.op) {
    case 'chat':
      announceChat(platform, entry.chat.chat_id)
      return
    case 'seen':
      announceChat(platform, entry.chat_id)
      return
    case 'message':
      announceMessage(platform, entry.message.message_id, 'message')
      return
    case 'edit':
    case 'thread':
    case 'recall':
    case 'urge':
      announceMessage(platform, entry.message_id, 'message-updated')
      return
  }
}

function announceMessage(platform: Platform, messageId: string, type: 'message' | 'message-updated'): void {
  const message = known(platform.world.messages, messageId)
  platform.bus.emit('page', { type, message: messageView(platform, message) })
  announceChat(platform, message.chat_id)
}

function announceChat(platform: Platform, chatId: string): void {
  platform.bus.emit('page', { type: 'chat', chat: chatView(platform, known(platform.world.chats, chatId)) })
}
