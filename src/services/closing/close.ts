import { addEvents, newestEventOf } from '../../db/audit.ts'
import { callbacksOf } from '../../db/callbacks.ts'
import { setItemStatus } from '../../db/items.ts'
import { canMoveItem, moveItem } from '../../domain/lifecycle.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import { currentAssignments, leadAssignment } from '../assignment/assignments.ts'
import { refreshCards } from '../delivery/cards.ts'
import { itemOf } from '../reports/items.ts'
import type { Work } from '../work.ts'

/**
 * Strikes items off the list 销号.
 * @returns those about which nobody has called back in their newest round
 * @throws {UserError} where one of them is not done; then none is closed
 */
export async function close(work: Work, actor: Actor, codes: number[]): Promise<number[]> {
  const notCalledBack: number[] = []
  const shown: number[] = []
  for (const code of new Set(codes)) {
    await closeOne(work, actor, code)
    const { round } = await leadAssignment(work.db, code)
    const callbacks = await callbacksOf(work.db, code)
    if (!callbacks.some((callback) => callback.round === round)) notCalledBack.push(code)
    shown.push(...(await currentAssignments(work.db, code)).map(({ id }) => id))
  }
  await refreshCards(work, shown)
  return notCalledBack
}

async function closeOne({ app, db, now }: Work, actor: Actor, code: number): Promise<void> {
  const item = await itemOf(db, code)
  const closed = item.status === 'closed' ? await newestEventOf(db, code, 'closed') : undefined
  if (closed) {
    throw new UserError((t) =>
      t.closing.close.already(code, closed.by ?? t.unknownPerson, app.voice.moment(closed.at)),
    )
  }
  if (!canMoveItem(item.status, 'close')) {
    throw new UserError((t) => t.errors.cannotClose(code, t.itemStatuses[item.status]))
  }
  await setItemStatus(db, code, moveItem(item.status, 'close'))
  await addEvents(db, [{ at: now, what: 'closed', item: code, person: actor.id }])
}
