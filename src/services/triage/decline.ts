import { addEvents } from '../../db/audit.ts'
import { itemByCode, setItemStatus } from '../../db/items.ts'
import { returnedOf } from '../../db/returns.ts'
import { canMoveItem, moveItem } from '../../domain/lifecycle.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import { refreshCards } from '../delivery/cards.ts'
import type { Work } from '../work.ts'
import { releaseDepartments } from './merge.ts'
import { refreshTriageCards } from './triage-cards.ts'
import { decidedWords } from './triage-outcome.ts'

/** Refuses an item 不予受理. @throws {UserError} where it no longer waits to be judged */
export async function decline(work: Work, actor: Actor, code: number, reason: string): Promise<void> {
  const { db, now, app } = work
  const item = await itemByCode(db, code)
  if (!item) throw new UserError((t) => t.errors.noSuchItem(code))
  if (!canMoveItem(item.status, 'decline')) {
    const decided = await decidedWords(db, item, app.voice)
    throw new UserError((t) => t.triage.errors.cannotDecline(decided))
  }
  await releaseDepartments(work, actor, code)
  await setItemStatus(db, code, moveItem(item.status, 'decline'))
  await addEvents(db, [{ at: now, what: 'declined', item: code, person: actor.id, detail: { reason } }])
  await refreshCards(work, await returnedOf(db, code))
  await refreshTriageCards(work, [code])
}
