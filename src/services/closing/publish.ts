import { addEvents } from '../../db/audit.ts'
import { insertPublication, publicationsOf } from '../../db/publications.ts'
import { isWebAddress } from '../../domain/closing.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import { currentAssignments, leadAssignment } from '../assignment/assignments.ts'
import { refreshCards } from '../delivery/cards.ts'
import { itemOf } from '../reports/items.ts'
import type { Work } from '../work.ts'

export interface PublicationOrder {
  code: number
  url: string
  text: string | null
  /** Published all the same where the department advised against it. */
  confirmed: boolean
}

/**
 * The public answer 公开, and where it went out; an item may have several.
 * @returns how many it has now
 * @throws {UserError} where the item is not done, the address is none, or somebody must think again
 */
export async function publish(work: Work, actor: Actor, order: PublicationOrder): Promise<number> {
  const { app, db, now } = work
  const { code, text, url } = order
  if (!isWebAddress(url)) throw new UserError((t) => t.closing.publish.badAddress(url))
  const item = await itemOf(db, code)
  if (item.status !== 'done' && item.status !== 'closed') {
    throw new UserError((t) => t.closing.publish.notDone(code, t.itemStatuses[item.status]))
  }
  const earlier = await publicationsOf(db, code)
  const same = earlier.find((publication) => publication.url === url)
  if (same) {
    throw new UserError((t) => t.closing.publish.already(code, same.by, app.voice.moment(same.at)))
  }
  const { feedback } = await leadAssignment(db, code)
  if (feedback?.mayPublish === false && !order.confirmed) {
    throw new UserError((t) => t.closing.publish.unfit(code))
  }
  await insertPublication(db, { item: code, at: now, person: actor.id, url, text })
  await addEvents(db, [{ at: now, what: 'published', item: code, person: actor.id, detail: { url } }])
  const shown = await currentAssignments(db, code)
  await refreshCards(
    work,
    shown.map(({ id }) => id),
  )
  return earlier.length + 1
}
