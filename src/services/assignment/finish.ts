import { addEvents } from '../../db/audit.ts'
import { itemByCode, setItemStatus } from '../../db/items.ts'
import { isFinal, isStanding } from '../../domain/assignment.ts'
import { isItemDone, moveItem } from '../../domain/lifecycle.ts'
import { announceDone } from '../closing/done.ts'
import type { Work } from '../work.ts'
import { currentAssignments } from './assignments.ts'
import { withdraw } from './withdraw.ts'

/** Called after whatever may have ended an item: what its departments have to do for it is done, or taken back. */
export async function finishItem(work: Work, code: number): Promise<void> {
  const { db, now } = work
  const item = await itemByCode(db, code)
  if (item?.status !== 'open') return
  const all = await currentAssignments(db, code)
  const standing = all.map(({ part, status, outcome }) => ({
    part,
    status,
    outcomeIsFinal: outcome !== null && isFinal(outcome),
  }))
  if (!isItemDone(standing, item.closing)) return
  // Where the lead is enough, nobody waits for the others any longer.
  for (const assignment of all.filter(isStanding)) {
    if (assignment.status !== 'accepted') await withdraw(work, assignment, null)
  }
  await setItemStatus(db, code, moveItem(item.status, 'finish'))
  await addEvents(db, [{ at: now, what: 'done', item: code }])
  await announceDone(work, code)
}
