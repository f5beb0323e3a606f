import { findAssignments, updateAssignment } from '../db/assignments.ts'
import { retryFetches } from '../db/attachments.ts'
import { lastEventAt } from '../db/audit.ts'
import { tryAtOnce } from '../db/deliveries.ts'
import type { App } from './app.ts'
import { planNudges } from './nudges/nudge-plan.ts'
import { type Work, work } from './work.ts'

/** Two machines are never quite of the same mind. */
const toleratedMs = 10_000

/**
 * @returns what notices, asked again and again, that the clock was set back. What was put off by the wrong time would
 * wait until that comes, which may be years: it is tried at once, and nudges are reckoned anew. None comes twice, for
 * each is known by what it is about.
 */
export function clockWatch(app: App): () => Promise<void> {
  let seen: number | undefined
  return async () => {
    const now = app.clock.now()
    const before = seen ?? (await lastEventAt(app.db.read)) ?? now
    if (before - now > toleratedMs) {
      await work(app, (current) => lookAnew(current, now))
      app.log.warn({ ms: before - now }, 'the clock was set back: what waits was looked at anew')
    }
    // Only now: what could not be done is noticed again.
    seen = now
  }
}

async function lookAnew(current: Work, now: number): Promise<void> {
  await tryAtOnce(current.db, now)
  await retryFetches(current.db, now)
  await setByNow(current)
  await planNudges(current, await findAssignments(current.db, { statuses }))
}

const statuses = ['sent', 'working', 'review', 'suspended'] as const

/** What was set by the wrong time would count what is still to come as over. */
async function setByNow({ db, now }: Work): Promise<void> {
  for (const { id, dueSetAt, promisedSetAt } of await findAssignments(db, { statuses })) {
    if (Math.max(dueSetAt, promisedSetAt ?? 0) <= now) continue
    await updateAssignment(db, id, {
      due_set_at: Math.min(dueSetAt, now),
      promised_set_at: promisedSetAt && Math.min(promisedSetAt, now),
    })
  }
}
