import { tenantKey } from '../events/events.ts'
import type { StoredMessage } from '../state/world.ts'

/** A message as the platform's interface gives it. */
export function messageData(message: StoredMessage): Record<string, unknown> {
  const { message_id, root_id, parent_id, thread_id, msg_type, chat_id, app_id } = message
  return {
    message_id,
    ...(root_id && { root_id }),
    ...(parent_id && { parent_id }),
    ...(thread_id && { thread_id }),
    msg_type,
    create_time: String(message.at),
    update_time: String(message.updated_at ?? message.at),
    deleted: message.recalled,
    updated: message.updated_at !== undefined,
    chat_id,
    sender: app_id
      ? { id: app_id, id_type: 'app_id', sender_type: 'app', tenant_key: tenantKey }
      : { id: message.sender, id_type: 'open_id', sender_type: 'user', tenant_key: tenantKey },
    body: { content: message.recalled ? 'This message was recalled' : message.content },
    ...(message.mentions.length > 0 && {
      mentions: message.mentions.map(({ key, open_id, name }) => ({
        key,
        id: open_id,
        id_type: 'open_id',
        name,
        tenant_key: tenantKey,
      })),
    }),
  }
}
