import { addEvents } from '../db/audit.ts'
import { itemByCode, setItemStatus } from '../db/items.ts'
import { canMoveItem, moveItem } from '../domain/lifecycle.ts'
import { UserError } from '../errors.ts'
import type { Actor } from './actor.ts'
import type { Work } from './work.ts'

/** Strikes items off the list 销号. @throws {UserError} where one of them is not done; then none is closed */
export async function close(work: Work, actor: Actor, codes: number[]): Promise<void> {
  for (const code of new Set(codes)) {
    const item = await itemByCode(work.db, code)
    if (!item) throw new UserError((t) => t.errors.noSuchItem(code))
    if (!canMoveItem(item.status, 'close')) {
      throw new UserError((t) => t.errors.cannotClose(code, t.itemStatuses[item.status]))
    }
    await setItemStatus(work.db, code, moveItem(item.status, 'close'))
    await addEvents(work.db, [{ at: work.now, what: 'closed', item: code, person: actor.id }])
  }
}
