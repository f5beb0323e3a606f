import { addEvents } from '../../db/audit.ts'
import { itemByCode } from '../../db/items.ts'
import { privateDetailsOf } from '../../db/private-details.ts'
import { isStanding } from '../../domain/assignment.ts'
import { UserError } from '../../errors.ts'
import { privateDetailsMessage } from '../../messages/private-details.ts'
import type { Platform } from '../../ports.ts'
import { type Actor, answering, departmentsOf, hasRole } from '../actor.ts'
import { currentAssignments } from '../assignment/assignments.ts'
import { post } from '../delivery/outbox.ts'
import type { Work } from '../work.ts'

/** So many reports' details are shown at once. */
const most = 20

/**
 * Sends the citizen's details to the actor alone, and records that they were shown.
 * @throws {UserError} where the actor may not have them, or none are on file
 */
export async function showDetails(
  work: Work,
  actor: Actor,
  code: number,
  to: { platform: Platform; account: string; replyTo?: string },
): Promise<void> {
  const { db, now, app } = work
  if (!(await itemByCode(db, code))) throw new UserError((t) => t.errors.noSuchItem(code))
  const own = departmentsOf(actor, answering)
  const shares = (await currentAssignments(db, code)).filter(isStanding)
  const isOurs = shares.some(({ department }) => own.some(({ id }) => id === department.id))
  if (!isOurs && !hasRole(actor, ['lead'])) throw new UserError((t) => t.errors.notYours(code))
  const details = await privateDetailsOf(db, code, most)
  if (details.length === 0) throw new UserError((t) => t.directory.contact.none(code))
  await post(work, {
    kind: 'reply',
    platform: to.platform,
    to: { account: to.account },
    message: privateDetailsMessage(code, details, app.voice),
    replyTo: to.replyTo === undefined ? undefined : { messageId: to.replyTo },
  })
  await addEvents(db, [{ at: now, what: 'details-shown', item: code, person: actor.id }])
}
