import { deliveryByMessage } from '../db/deliveries.ts'
import type { Message } from '../messages/message.ts'
import { renderCard } from '../services/delivery/cards.ts'
import type { Work } from '../services/work.ts'
import { type Call, clickedCard } from './command.ts'

/** The clicked card as it is to look after what the click did. */
export async function replacement(call: Call, work: Work): Promise<Message | undefined> {
  const messageId = clickedCard(call)
  if (messageId === undefined) return undefined
  const card = await deliveryByMessage(work.db, call.incoming.platform, [messageId])
  return card ? ((await renderCard(work, card)) ?? undefined) : undefined
}
