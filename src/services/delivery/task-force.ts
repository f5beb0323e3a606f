import { chatsOf, type Department, taskForces } from '../../db/departments.ts'
import type { Db } from '../../db/schema.ts'
import { type Platform, platforms } from '../../domain/platform.ts'
import type { Message } from '../../messages/message.ts'
import type { Work } from '../work.ts'
import { type Outgoing, post, postToDepartment } from './outbox.ts'

export async function hasTaskForceGroup(db: Db): Promise<boolean> {
  for (const { id } of await taskForces(db)) {
    if ((await chatsOf(db, id)).length > 0) return true
  }
  return false
}

/**
 * A message to the groups of the task force, or of these parts of it, kept for the group where it has none yet.
 * @returns the deliveries that are on their way
 */
export async function postToTaskForce(
  work: Work,
  outgoing: Omit<Outgoing, 'platform' | 'to' | 'department' | 'message'> & {
    message: Message | ((platform: Platform) => Message)
  },
  forces?: Department[],
): Promise<number[]> {
  const ids: number[] = []
  for (const { id } of forces ?? (await taskForces(work.db))) {
    const addressed = (platform: Platform) => ({
      ...outgoing,
      message: typeof outgoing.message === 'function' ? outgoing.message(platform) : outgoing.message,
      dedupeKey: outgoing.dedupeKey && `${outgoing.dedupeKey}-${platform}-${id}`,
    })
    if ((await chatsOf(work.db, id)).length === 0) {
      const [platform = platforms[0]] = work.app.messengers.keys()
      await post(work, { ...addressed(platform), platform, to: 'no-group', department: id })
    } else {
      ids.push(...(await postToDepartment(work, id, async (platform) => addressed(platform))))
    }
  }
  return ids
}
