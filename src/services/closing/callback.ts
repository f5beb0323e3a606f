import { addEvents } from '../../db/audit.ts'
import { callbacksOf, insertCallback } from '../../db/callbacks.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import { currentAssignments, leadAssignment } from '../assignment/assignments.ts'
import { refreshCards } from '../delivery/cards.ts'
import { itemOf } from '../reports/items.ts'
import type { Work } from '../work.ts'
import { reopen } from './reopen.ts'

/**
 * What the citizen or the enterprise says 回访; whoever is not satisfied gets a new round.
 * @returns the lead assignment of that round, if there is one
 * @throws {UserError} where the item is not done, or somebody has called back in this round
 */
export async function callBack(
  work: Work,
  actor: Actor,
  { code, satisfied, note }: { code: number; satisfied: boolean; note: string | null },
): Promise<Assignment | null> {
  const { db, now } = work
  const round = await roundToCallBack(work, code)
  await insertCallback(db, { item: code, round, at: now, person: actor.id, satisfied, note })
  await addEvents(db, [
    { at: now, what: 'called-back', item: code, person: actor.id, detail: { satisfied, note } },
  ])
  if (!satisfied) {
    return reopen(work, actor, { code, reason: note ?? work.app.voice.t.closing.callback.reason })
  }
  const shown = await currentAssignments(db, code)
  await refreshCards(
    work,
    shown.map(({ id }) => id),
  )
  return null
}

/** @throws {UserError} */
async function roundToCallBack({ app, db }: Work, code: number): Promise<number> {
  const item = await itemOf(db, code)
  const last = (await callbacksOf(db, code)).at(-1)
  const isDone = item.status === 'done' || item.status === 'closed'
  const round = isDone || last ? (await leadAssignment(db, code)).round : 0
  // Whoever was not satisfied has begun the round that runs now.
  const isAnswered =
    last && (last.round === round || (!last.satisfied && last.round === round - 1 && !isDone))
  if (last && isAnswered) {
    const { at, by, satisfied } = last
    throw new UserError((t) =>
      t.closing.callback.already(
        code,
        by,
        app.voice.moment(at),
        satisfied ? t.closing.satisfied : t.closing.unsatisfied,
      ),
    )
  }
  if (!isDone) {
    throw new UserError((t) => t.closing.callback.notDone(code, t.itemStatuses[item.status]))
  }
  return round
}
