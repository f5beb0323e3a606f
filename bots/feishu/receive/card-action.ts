import { z } from 'zod'
import type { IncomingAction } from '../../../src/ports.ts'
import { ownName } from '../card/names.ts'
import type { ChatInfo } from '../chats.ts'
import { Dropped, epochMs, read } from './read.ts'

const id = z.string().min(1)

const envelope = z.object({
  event_id: id,
  create_time: z.string().regex(/^\d{1,17}$/),
  operator: z.object({ open_id: id }),
  context: z.object({ open_message_id: id, open_chat_id: id }),
})

const pressed = z.object({
  action: z.object({
    value: z.object({ command: id, args: z.record(z.string(), z.unknown()).default({}) }),
    form_value: z.record(z.string(), z.unknown()).nullish(),
  }),
})

/** `card.action.trigger`; the event names its chat by id alone, so its kind is asked for. */
export async function readCardAction(
  event: unknown,
  kindOf: (chatId: string) => Promise<ChatInfo['kind']>,
): Promise<IncomingAction | Dropped> {
  const parsed = read(envelope, event)
  if (parsed instanceof Dropped) return parsed
  const press = read(pressed, event)
  if (press instanceof Dropped) return press
  const { value, form_value } = press.action
  const chatId = parsed.context.open_chat_id
  return {
    kind: 'action',
    platform: 'feishu',
    ids: [parsed.event_id],
    at: epochMs(parsed.create_time),
    chat: { id: chatId, kind: await kindOf(chatId) },
    sender: { account: parsed.operator.open_id },
    messageId: parsed.context.open_message_id,
    command: value.command,
    args: { ...value.args, ...formArgs(form_value ?? {}) },
  }
}

/** The form's values under its fields' own names; `2026-11-30 +0800` is the date alone. */
function formArgs(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [ownName(name), dateAlone(value)]))
}

function dateAlone(value: unknown): unknown {
  const date = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2}) [+-]\d{4}$/.exec(value) : null
  return date ? date[1] : value
}
