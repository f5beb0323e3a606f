import { chatsOf, taskForces } from '../db/departments.ts'
import type { Db } from '../db/schema.ts'
import { type Outgoing, postToDepartment } from './outbox.ts'
import type { Work } from './work.ts'

export async function hasTaskForceGroup(db: Db): Promise<boolean> {
  for (const { id } of await taskForces(db)) {
    if ((await chatsOf(db, id)).length > 0) return true
  }
  return false
}

/** A message to the task force's groups. @returns the deliveries, none where it has no group yet. */
export async function postToTaskForce(
  work: Work,
  outgoing: Omit<Outgoing, 'platform' | 'to' | 'department'>,
): Promise<number[]> {
  const ids: number[] = []
  for (const { id } of await taskForces(work.db)) {
    ids.push(
      ...(await postToDepartment(work, id, async (platform) => ({
        ...outgoing,
        dedupeKey: outgoing.dedupeKey && `${outgoing.dedupeKey}-${platform}-${id}`,
      }))),
    )
  }
  return ids
}
