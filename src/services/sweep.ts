import { waitingDeliveries } from '../db/deliveries.ts'
import { forgetIncoming } from '../db/incoming.ts'
import type { App } from './app.ts'
import { leaseMs } from './delivery/deliver.ts'
import { removeOldFiles } from './delivery/stored-file.ts'
import { scheduleNextNudge } from './nudges/nudge-plan.ts'
import { scheduleNextDigest } from './reports/digest.ts'
import { scheduleExports } from './reports/export-file.ts'
import { work } from './work.ts'

/** Jobs asked for in one breath: one by one takes long after an outage, all together much memory. */
const atOnce = 200
const weekMs = 7 * 24 * 60 * 60 * 1000

/** Rebuilds every job from the database: what a crash left behind, or a Redis that lost its memory. */
export async function sweep(app: App): Promise<void> {
  const now = app.clock.now()
  const waiting = await waitingDeliveries(app.db.read, leaseMs)
  for (let from = 0; from < waiting.length; from += atOnce) {
    const some = waiting.slice(from, from + atOnce)
    await Promise.all(some.map(({ id, at }) => app.queue.schedule('deliver', String(id), at)))
  }
  await scheduleNextNudge(app)
  await scheduleNextDigest(app)
  await scheduleExports(app)
  await removeOldFiles(app)
  await app.queue.schedule('fetch', 'all', now)
  await work(app, ({ db }) => forgetIncoming(db, now - weekMs))
}
