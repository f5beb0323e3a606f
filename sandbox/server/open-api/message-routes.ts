import { isObject } from '../card/walk.ts'
import { type Below, post, privateChat } from '../messages.ts'
import type { App, Platform } from '../platform.ts'
import { type Chat, known, type StoredMessage, uuidKey } from '../state/world.ts'
import { cardContent, checkContent } from './content.ts'
import { type ApiError, refusal } from './errors.ts'
import { chatWithBot, feishuMessage, fieldsOf, messageById, textOf } from './input.ts'
import { messageData } from './message-data.ts'
import { type ApiCall, type Route, throttle } from './route.ts'

const hourMs = 60 * 60_000
const updatableMs = 14 * 24 * hourMs

export const messageRoutes: Route[] = [
  { method: 'POST', path: '/open-apis/im/v1/messages', handle: create },
  { method: 'POST', path: '/open-apis/im/v1/messages/:message_id/reply', handle: reply },
  { method: 'PATCH', path: '/open-apis/im/v1/messages/:message_id', handle: patch },
  { method: 'PATCH', path: '/open-apis/im/v1/messages/:message_id/urgent_app', handle: urge },
  { method: 'GET', path: '/open-apis/im/v1/messages/:message_id', handle: get },
]

function create({ app, query, body }: ApiCall, platform: Platform): unknown {
  const fields = fieldsOf(body)
  const earlier = sameUuid(platform, app, fields.uuid)
  if (earlier) return messageData(earlier)
  const chat = receiver(platform, app, query.receive_id_type, textOf(fields, 'receive_id'))
  throttleChat(platform, chat)
  const content = checkContent(platform, app, fields.msg_type, fields.content)
  return messageData(post(platform, chat, content, asBot(app, fields.uuid)))
}

function reply({ app, params, body }: ApiCall, platform: Platform): unknown {
  const fields = fieldsOf(body)
  const earlier = sameUuid(platform, app, fields.uuid)
  if (earlier) return messageData(earlier)
  const inThread = fields.reply_in_thread ?? false
  if (typeof inThread !== 'boolean') throw refusal('params', 'invalid reply_in_thread')
  const parent = messageById(platform, params.message_id)
  const chat = chatWithBot(platform, app, parent.chat_id)
  throttleChat(platform, chat)
  const content = checkContent(platform, app, fields.msg_type, fields.content)
  return messageData(post(platform, chat, content, asBot(app, fields.uuid, { parent, inThread })))
}

/** Replaces a card. */
function patch({ app, params, body }: ApiCall, platform: Platform): unknown {
  const message = ownMessage(platform, app, params.message_id, 'notPermitted')
  if (message.msg_type !== 'interactive') throw refusal('params', 'the message is no card')
  if (platform.clock.now() - message.at > updatableMs) throw refusal('tooOld')
  if ([...platform.clicks.values()].includes(message.message_id)) throw cardLocked()
  const key = `card ${message.message_id}`
  throttle(platform, [{ key, limit: platform.limits.cardPatchPerSecond, perMs: 1_000 }], 'chatFrequency')
  const checked = checkContent(platform, app, 'interactive', fieldsOf(body).content)
  if (![message.content, checked.content].every(isShared)) {
    throw refusal('cardInvalid', 'ErrCode: 200621; ErrMsg: update_multi must be set to true; ')
  }
  replaceCard(platform, message, JSON.parse(checked.content))
  return {}
}

/** While somebody's click waits for its answer the card cannot be updated from beside. */
function cardLocked(): ApiError {
  return refusal('cardInvalid', 'ErrCode: 11310; ErrMsg: card action is lock; ')
}

/** The reference asks for `update_multi` in so many words, before and after. */
function isShared(content: string): boolean {
  const card: unknown = JSON.parse(content)
  return isObject(card) && isObject(card.config) && card.config.update_multi === true
}

/** @throws {ApiError} where the platform would not take the card. */
export function replaceCard(platform: Platform, message: StoredMessage, card: unknown): void {
  const { content, offered } = cardContent(platform, card)
  platform.commit({ op: 'edit', message_id: message.message_id, content, offered, at: platform.clock.now() })
}

/** 加急 within the app; ids outside the chat come back as invalid. */
function urge({ app, params, query, body }: ApiCall, platform: Platform): unknown {
  const message = ownMessage(platform, app, params.message_id, 'notSender')
  if (query.user_id_type !== 'open_id') throw refusal('params', 'invalid user_id_type')
  const ids = fieldsOf(body).user_id_list
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > 200)
    throw refusal('params', 'invalid user_id_list')
  const { members } = known(platform.world.chats, message.chat_id)
  const valid = ids.filter((id): id is string => typeof id === 'string' && members.includes(id))
  if (valid.length > 0) platform.commit({ op: 'urge', message_id: message.message_id, people: valid })
  return { invalid_user_id_list: ids.filter((id) => !valid.includes(id as string)) }
}

function get({ app, params }: ApiCall, platform: Platform): unknown {
  const message = feishuMessage(platform, params.message_id)
  if (!message) throw refusal('params', 'invalid open_message_id')
  chatWithBot(platform, app, message.chat_id)
  return { items: [messageData(message)] }
}

function receiver(platform: Platform, app: App, idType: unknown, id: string): Chat {
  if (idType === 'chat_id') return chatWithBot(platform, app, id)
  if (idType !== 'open_id') throw refusal('params', `invalid receive_id_type: ${String(idType)}`)
  if (!id.startsWith('ou_')) throw refusal('receiver')
  if (!platform.world.people.get(id)?.inScope) throw refusal('outOfScope')
  return privateChat(platform, app.app_id, id)
}

function ownMessage(
  platform: Platform,
  app: App,
  messageId: string | undefined,
  refuseWith: 'notPermitted' | 'notSender',
): StoredMessage {
  const message = messageById(platform, messageId)
  chatWithBot(platform, app, message.chat_id)
  if (message.app_id !== app.app_id) throw refusal(refuseWith)
  return message
}

function throttleChat(platform: Platform, chat: Chat): void {
  const limit = chat.kind === 'group' ? platform.limits.groupPerSecond : platform.limits.personPerSecond
  throttle(platform, [{ key: chat.chat_id, limit, perMs: 1_000 }], 'chatFrequency')
}

/** The message that the same app sent with the same uuid within the hour. @throws {ApiError} */
function sameUuid(platform: Platform, app: App, uuid: unknown): StoredMessage | undefined {
  if (uuid === undefined || uuid === '') return undefined
  if (typeof uuid !== 'string' || uuid.length > 50) throw refusal('params', 'invalid uuid')
  const messageId = platform.world.uuids.get(uuidKey(app.app_id, uuid))
  const message = messageId ? platform.world.messages.get(messageId) : undefined
  return message && platform.clock.now() - message.at < hourMs ? message : undefined
}

function asBot(app: App, uuid: unknown, below?: Below) {
  return {
    sender: app.bot.open_id,
    app_id: app.app_id,
    ...(typeof uuid === 'string' && uuid !== '' && { uuid }),
    ...(below && { below }),
  }
}
