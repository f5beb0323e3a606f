import { findAssignments } from '../../db/assignments.ts'
import { addEvents, newestEventOf } from '../../db/audit.ts'
import { type ItemRow, setItemStatus } from '../../db/items.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { due } from '../../domain/deadline.ts'
import { canMoveItem, moveItem } from '../../domain/lifecycle.ts'
import { choosePolicy, type Policy, parsePolicy } from '../../domain/policy.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import { currentAssignments, leadAssignment } from '../assignment/assignments.ts'
import { beginRound, pushAssignments } from '../assignment/dispatch.ts'
import { refreshCards } from '../delivery/cards.ts'
import { planNudges } from '../nudges/nudge-plan.ts'
import { itemOf } from '../reports/items.ts'
import type { Work } from '../work.ts'

/**
 * Gives an item that was done to the same departments once more 重新交办; what was before stays in its history.
 * @returns the lead assignment of the new round
 * @throws {UserError} where the item is not done
 */
export async function reopen(
  work: Work,
  actor: Actor,
  { code, reason }: { code: number; reason: string },
): Promise<Assignment> {
  const { db, now } = work
  const item = await itemOf(db, code)
  await requireDone(work, item)
  const last = await currentAssignments(db, code)
  const lead = await leadAssignment(db, code)
  await setItemStatus(db, code, moveItem(item.status, 'reopen'))
  await addEvents(db, [
    {
      at: now,
      what: 'reopened',
      item: code,
      person: actor.id,
      detail: { reason, round: lead.round + 1 },
    },
  ])
  const ids = await beginRound(work, item, {
    codes: [code],
    department: lead.department,
    co: last.filter(isHelping).map(({ department }) => department),
    policy: policyAnew(work, item),
    afresh: true,
    by: actor.id,
  })
  const assignments = await findAssignments(db, { ids })
  await planNudges(work, assignments)
  for (const assignment of assignments) await pushAssignments(work, assignment.department, [assignment])
  await refreshCards(
    work,
    last.map(({ id }) => id),
  )
  return leadAssignment(db, code)
}

/** Those too that were released when the lead was done. */
function isHelping({ part, status }: Assignment): boolean {
  return part === 'co' && status !== 'returned'
}

/** The item's own time limit, unless it names a day that is past. */
function policyAnew({ app, now }: Work, item: ItemRow): Policy {
  const own = item.policy === null ? null : parsePolicy(item.policy, app.office().hours.timezone)
  return own && due(own, now, app.office()).at > now ? own : choosePolicy(item, app.policies)
}

/** @throws {UserError} */
async function requireDone({ app, db }: Work, { code, status }: ItemRow): Promise<void> {
  if (canMoveItem(status, 'reopen')) return
  const current = status === 'open' ? await leadAssignment(db, code) : undefined
  const earlier = current?.reopened ? await newestEventOf(db, code, 'reopened') : undefined
  if (earlier) {
    throw new UserError((t) =>
      t.closing.reopen.already(code, earlier.by ?? t.unknownPerson, app.voice.moment(earlier.at)),
    )
  }
  throw new UserError((t) => t.closing.reopen.notDone(code, t.itemStatuses[status]))
}
