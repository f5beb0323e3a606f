import { forgetActs } from '../db/acts.ts'
import { waitingDeliveries } from '../db/deliveries.ts'
import { forgetIncoming } from '../db/incoming.ts'
import type { App } from './app.ts'
import { deliveryJob, leaseOf, sendsInTurn } from './delivery/courier.ts'
import { removeOldFiles } from './delivery/stored-file.ts'
import { scheduleNextNudge } from './nudges/nudge-plan.ts'
import { scheduleNextDigest } from './reports/digest.ts'
import { scheduleExports } from './reports/export-file.ts'
import { eraseDaily } from './retention/erase.ts'
import { work } from './work.ts'

/** Jobs asked for in one breath: one by one takes long after an outage, all together much memory. */
const atOnce = 200
const weekMs = 7 * 24 * 60 * 60 * 1000

/** Rebuilds every job from the database: what a crash left behind, or a Redis that lost its memory. */
export async function sweep(app: App): Promise<void> {
  const now = app.clock.now()
  // Whoever only reads would not notice.
  await app.storage.health()
  await scheduleWaiting(app)
  await scheduleNextNudge(app)
  await scheduleNextDigest(app)
  await scheduleExports(app)
  await removeOldFiles(app)
  await app.queue.schedule('fetch', 'all', now)
  await work(app, async ({ db }) => {
    await forgetIncoming(db, now - weekMs)
    await forgetActs(db, now)
  })
  await eraseDaily(app)
}

async function scheduleWaiting(app: App): Promise<void> {
  const waiting = await waitingDeliveries(app.db.read, (platform) => leaseOf(app, platform))
  const schedule = ({ id, platform, at }: (typeof waiting)[number]) =>
    app.queue.schedule(deliveryJob(app, platform), String(id), at)
  const inTurn = waiting.filter(({ platform }) => sendsInTurn(app, platform))
  const others = waiting.filter(({ platform }) => !sendsInTurn(app, platform))
  // The oldest first: what is asked for together may come in any order.
  for (const delivery of inTurn) await schedule(delivery)
  for (let from = 0; from < others.length; from += atOnce) {
    await Promise.all(others.slice(from, from + atOnce).map(schedule))
  }
}
