import { isObject, type JsonObject } from '../card/walk.ts'
import type { App, Platform } from '../platform.ts'
import type { Chat, StoredMessage } from '../state/world.ts'
import { type Refusal, refusal } from './errors.ts'

/** The body's fields. @throws {ApiError} */
export function fieldsOf(body: unknown, refuseWith: Refusal = 'params'): JsonObject {
  if (!isObject(body)) throw refusal(refuseWith, 'the body is not a json object')
  return body
}

/** A string that is not empty. @throws {ApiError} */
export function textOf(
  fields: Record<string, unknown>,
  name: string,
  refuseWith: Refusal = 'params',
): string {
  const value = fields[name]
  if (typeof value !== 'string' || value === '') throw refusal(refuseWith, `invalid ${name}`)
  return value
}

/** A page of `items`: tokens are positions. @throws {ApiError} */
export function pageOf<T>(
  items: T[],
  query: Record<string, unknown>,
): { items: T[]; page_token: string; has_more: boolean } {
  const size = query.page_size === undefined ? 20 : Number(query.page_size)
  const start = query.page_token === undefined || query.page_token === '' ? 0 : Number(query.page_token)
  if (!Number.isInteger(size) || size < 1 || size > 100) throw refusal('chatParams', 'invalid page_size')
  if (!Number.isInteger(start) || start < 0) throw refusal('chatParams', 'invalid page_token')
  const end = start + size
  const has_more = end < items.length
  return { items: items.slice(start, end), page_token: has_more ? String(end) : '', has_more }
}

/** The chat, with the bot in it and, in private, a person whom it may write to. @throws {ApiError} */
export function chatWithBot(platform: Platform, app: App, chatId: string): Chat {
  const chat = feishuChat(platform, chatId)
  if (!chat) throw refusal('receiver')
  if (chat.dissolved) throw refusal('dissolved')
  if (!chat.bots.includes(app.app_id)) throw refusal('botNotInChat')
  const [person = ''] = chat.members
  if (chat.kind === 'p2p' && !platform.world.people.get(person)?.inScope) throw refusal('outOfScope')
  return chat
}

/** What the open platform knows: chats of another platform are none to it. */
export function feishuChat(platform: Platform, chatId: string | undefined): Chat | undefined {
  const chat = platform.world.chats.get(chatId ?? '')
  return chat?.platform ? undefined : chat
}

export function feishuMessage(platform: Platform, messageId: string | undefined): StoredMessage | undefined {
  const message = platform.world.messages.get(messageId ?? '')
  return message && feishuChat(platform, message.chat_id) && message
}

/** A message that is still there. @throws {ApiError} */
export function messageById(platform: Platform, messageId: string | undefined): StoredMessage {
  const message = feishuMessage(platform, messageId)
  if (!message) throw refusal('params', 'invalid open_message_id')
  if (message.recalled) throw refusal('recalled')
  return message
}
