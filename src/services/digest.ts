import { countsSince } from '../db/totals.ts'
import { addDays, instantAt, localDate } from '../domain/time.ts'
import { digestMessage } from '../messages/digest.ts'
import type { App } from './app.ts'
import { allTotals, overdueRows } from './status.ts'
import { postToTaskForce } from './task-force.ts'
import { work } from './work.ts'

const digestTime = '18:00'

/** The task force's digest of today, once; on a day off there is none. */
export async function sendDueDigest(app: App): Promise<void> {
  const now = app.clock.now()
  const { hours, calendar } = app.office()
  const today = localDate(now, hours.timezone)
  if (calendar.isWorkday(today) && now >= instantAt(today, digestTime, hours.timezone)) {
    const { totals, departments } = await allTotals(app, now)
    const since = await countsSince(app.db.read, instantAt(today, '00:00', hours.timezone))
    const message = digestMessage(
      {
        date: today,
        dispatchedToday: since.dispatched,
        solvedToday: since.solved,
        totals,
        departments,
        overdue: await overdueRows(app, now),
      },
      app.voice,
    )
    await work(app, (current) =>
      postToTaskForce(current, { kind: 'digest', message, dedupeKey: `digest-${today}` }),
    )
  }
  await scheduleNextDigest(app)
}

/** Sees to it that a job stands for the next digest. */
export async function scheduleNextDigest(app: App): Promise<void> {
  const at = nextDigestAt(app, app.clock.now())
  await app.queue.schedule('digest', String(at), at)
}

export function nextDigestAt(app: App, after: number): number {
  const { hours, calendar } = app.office()
  let day = localDate(after, hours.timezone)
  while (!calendar.isWorkday(day) || instantAt(day, digestTime, hours.timezone) <= after)
    day = addDays(day, 1)
  return instantAt(day, digestTime, hours.timezone)
}
