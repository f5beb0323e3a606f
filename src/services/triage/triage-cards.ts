import { cancelDelivery, deliveryByMessage, setItemShown, triageCardsOn } from '../../db/deliveries.ts'
import { itemByCode } from '../../db/items.ts'
import { triageOverMessage } from '../../messages/triage.ts'
import type { Platform } from '../../ports.ts'
import type { App } from '../app.ts'
import { renew } from '../delivery/cards.ts'
import { type Work, work } from '../work.ts'
import { decidedWords } from './triage-outcome.ts'

/** Called after whatever decides about an item, or takes a decision back: its cards elsewhere say so, and go on. */
export async function refreshTriageCards(current: Work, codes: readonly number[]): Promise<void> {
  const { db, app } = current
  for (const code of codes) {
    const cards = await triageCardsOn(db, code)
    const item = cards.length > 0 && (await itemByCode(db, code))
    if (!item) continue
    const words = (await decidedWords(db, item, app.voice)).trim()
    const message = triageOverMessage({ code, title: item.title }, words, app.voice)
    for (const card of cards) await renew(current, card, message)
  }
}

/** The card that was clicked goes on to another item: what becomes of this one is not for it. @returns the card's id */
export async function leaveItem(
  { db }: Work,
  { platform, messageId }: { platform: Platform; messageId: string },
): Promise<number | null> {
  const card = await deliveryByMessage(db, platform, [messageId])
  if (!card) return null
  await setItemShown(db, card.id, null)
  // An older update that is still on its way would take the place of what comes now.
  await cancelDelivery(db, card.id)
  return card.id
}

/** The card shows that item from now on. */
export async function showItem(app: App, cardId: number, code: number): Promise<void> {
  await work(app, ({ db }) => setItemShown(db, cardId, code))
}
