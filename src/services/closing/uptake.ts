import { addEvents } from '../../db/audit.ts'
import { insertUptake, uptakesOf } from '../../db/uptakes.ts'
import type { UptakeKind } from '../../domain/closing.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import { currentAssignments } from '../assignment/assignments.ts'
import { refreshCards } from '../delivery/cards.ts'
import { itemOf } from '../reports/items.ts'
import type { Work } from '../work.ts'

/**
 * It reached a leaders' meeting, or became a policy 成果转化; an item may do so several times.
 * @throws {UserError} where the item is none of its own, or that is recorded already
 */
export async function takeUp(
  work: Work,
  actor: Actor,
  { code, kind, note }: { code: number; kind: UptakeKind; note: string },
): Promise<void> {
  const { db, now } = work
  const item = await itemOf(db, code)
  if (item.status === 'merged' || item.status === 'declined') {
    throw new UserError((t) => t.closing.uptake.notFor(code, t.itemStatuses[item.status]))
  }
  const same = (await uptakesOf(db, code)).find((earlier) => earlier.kind === kind && earlier.note === note)
  if (same) {
    throw new UserError((t) => t.closing.uptake.already(code, same.by, work.app.voice.moment(same.at)))
  }
  await insertUptake(db, { item: code, at: now, person: actor.id, kind, note })
  await addEvents(db, [{ at: now, what: 'uptake', item: code, person: actor.id, detail: { kind, note } }])
  const shown = await currentAssignments(db, code)
  await refreshCards(
    work,
    shown.map(({ id }) => id),
  )
}
