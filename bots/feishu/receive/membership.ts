import { z } from 'zod'
import type { IncomingMembership } from '../../../src/ports.ts'
import type { ChatInfo } from '../chats.ts'
import { Dropped, epochMs, read } from './read.ts'

const membershipEvent = z.object({
  event_id: z.string().min(1),
  create_time: z.string().regex(/^\d{1,17}$/),
  chat_id: z.string().min(1),
  operator_id: z.object({ open_id: z.string().nullish() }).nullish(),
  name: z.string().nullish(),
})

export const membershipEvents = {
  'im.chat.member.bot.added_v1': 'joined',
  'im.chat.member.bot.deleted_v1': 'removed',
  'im.chat.disbanded_v1': 'dissolved',
} as const satisfies Record<string, IncomingMembership['change']>

/** The bot came into a group or left it. Accounts differ on whether the event's name is the group's: it is asked for. */
export async function readMembership(
  event: unknown,
  change: IncomingMembership['change'],
  find: (chatId: string) => Promise<ChatInfo>,
): Promise<IncomingMembership | Dropped> {
  const parsed = read(membershipEvent, event)
  if (parsed instanceof Dropped) return parsed
  const chatName = change === 'joined' ? ((await find(parsed.chat_id)).name ?? parsed.name) : parsed.name
  return {
    kind: 'membership',
    platform: 'feishu',
    ids: [parsed.event_id],
    at: epochMs(parsed.create_time),
    chat: { id: parsed.chat_id, kind: 'group' },
    sender: { account: parsed.operator_id?.open_id ?? '' },
    change,
    ...(chatName && { chatName }),
  }
}
