import { randomUUID } from 'node:crypto'
import { fixedId, unionId } from '../ids.ts'
import { type App, appOf, type Platform } from '../platform.ts'
import { type Chat, known, type StoredMessage } from '../state/world.ts'
import type { EventBody } from './courier.ts'

export const tenantKey = fixedId('event', 'the sandbox’s tenant').slice(0, 16)

/** A person sent a message: the bots of the chat that may see it hear of it. */
export function announceMessage(platform: Platform, message: StoredMessage): void {
  const chat = known(platform.world.chats, message.chat_id)
  if (chat.platform) return
  for (const appId of chat.bots) {
    const app = appOf(platform, appId)
    if (!mayHear(platform, app, chat, message)) continue
    platform.courier.event(
      app,
      envelope(platform, app, 'im.message.receive_v1', messageEvent(platform, chat, message)),
    )
  }
}

export function announceBotAdded(platform: Platform, app: App, chat: Chat, operator: string): void {
  announceChat(platform, app, chat, 'im.chat.member.bot.added_v1', operator)
}

export function announceBotRemoved(platform: Platform, app: App, chat: Chat, operator: string): void {
  announceChat(platform, app, chat, 'im.chat.member.bot.deleted_v1', operator)
}

export function announceDissolved(platform: Platform, app: App, chat: Chat, operator: string): void {
  announceChat(platform, app, chat, 'im.chat.disbanded_v1', operator)
}

/** The envelope of every event and callback; `createTime` is in milliseconds unless it says otherwise. */
export function envelope(
  platform: Platform,
  app: App,
  eventType: string,
  event: Record<string, unknown>,
  createTime = String(platform.clock.now()),
): EventBody {
  return {
    schema: '2.0',
    header: {
      event_id: randomUUID().replaceAll('-', ''),
      event_type: eventType,
      create_time: createTime,
      token: app.verificationToken ?? '',
      app_id: app.app_id,
      tenant_key: tenantKey,
    },
    event,
  }
}

function personIds(openId: string): { open_id: string; union_id: string; user_id: string | null } {
  return { open_id: openId, union_id: unionId(openId), user_id: null }
}

/** Without the permission `im:message.group_msg` a bot hears only what mentions it. */
function mayHear(platform: Platform, app: App, chat: Chat, message: StoredMessage): boolean {
  if (chat.kind === 'p2p' || platform.faults.groupMessages) return true
  return message.mentions.some(({ open_id }) => open_id === app.bot.open_id)
}

function messageEvent(platform: Platform, chat: Chat, message: StoredMessage): Record<string, unknown> {
  return {
    sender: { sender_id: personIds(message.sender), sender_type: 'user', tenant_key: tenantKey },
    message: {
      message_id: message.message_id,
      ...(message.root_id && { root_id: message.root_id }),
      ...(message.parent_id && { parent_id: message.parent_id }),
      ...(message.thread_id && { thread_id: message.thread_id }),
      create_time: String(message.at),
      update_time: String(message.updated_at ?? message.at),
      chat_id: message.chat_id,
      chat_type: chat.kind,
      message_type: message.msg_type,
      content: message.content,
      ...(message.mentions.length > 0 && {
        mentions: message.mentions.map(({ key, open_id, name }) => ({
          key,
          id: personIds(open_id),
          mentioned_type: platform.world.people.has(open_id) ? 'user' : 'bot',
          name,
          tenant_key: tenantKey,
        })),
      }),
    },
  }
}

function announceChat(platform: Platform, app: App, chat: Chat, eventType: string, operator: string): void {
  if (chat.platform) return
  const event = {
    chat_id: chat.chat_id,
    operator_id: personIds(operator),
    external: false,
    operator_tenant_key: tenantKey,
    name: chat.name,
    i18n_names: { zh_cn: chat.name, en_us: '', ja_jp: '' },
  }
  platform.courier.event(app, envelope(platform, app, eventType, event))
}
