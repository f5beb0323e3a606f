import { readSetting, writeSetting } from '../../db/settings.ts'
import { quietEnd } from '../../domain/office-hours.ts'
import { isLastWorkdayOfWeek } from '../../domain/period.ts'
import { addDays, instantAt, localDate } from '../../domain/time.ts'
import { digestMessage } from '../../messages/digest.ts'
import type { App } from '../app.ts'
import { calendarEnd } from '../calendar.ts'
import { hasTaskForceGroup, postToTaskForce } from '../delivery/task-force.ts'
import { work } from '../work.ts'
import { report } from './report.ts'
import { overdueRows } from './status.ts'

const digestTime = '18:00'
/** The date of the last digest: asked at every sweep of the evening, so it must be cheap to know. */
const sentSetting = 'digest-sent'

/** The task force's digest of today, once; on a day off there is none. */
export async function sendDueDigest(app: App): Promise<void> {
  const now = app.clock.now()
  if (await isDue(app, now)) await sendDigest(app, now)
  await schedule(app, nextDigestAt(app, now))
}

/** Sees to it that a job stands for the next digest; for today's too, if its time came while nobody looked. */
export async function scheduleNextDigest(app: App): Promise<void> {
  const now = app.clock.now()
  if (await isDue(app, now)) await schedule(app, todaysDigestAt(app, now))
  await schedule(app, nextDigestAt(app, now))
}

/** On the last working day of a week the week's too. */
async function sendDigest(app: App, now: number): Promise<void> {
  const { hours, calendar } = app.office()
  const today = localDate(now, hours.timezone)
  const day = await report(app, { kind: 'day', last: false }, now)
  if (day.standing) day.standing.overdue = await overdueRows(app, now)
  const daily = digestMessage(day, app.voice, calendarEnd(app.office(), now))
  const weekly = isLastWorkdayOfWeek(today, calendar)
    ? digestMessage(await report(app, { kind: 'week', last: false }, now), app.voice)
    : undefined
  await work(app, async (current) => {
    await postToTaskForce(current, { kind: 'digest', message: daily, dedupeKey: `digest-${today}` })
    if (weekly) {
      await postToTaskForce(current, { kind: 'digest', message: weekly, dedupeKey: `digest-week-${today}` })
    }
    await writeSetting(current.db, sentSetting, today)
  })
}

async function isDue(app: App, now: number): Promise<boolean> {
  const { hours, calendar } = app.office()
  const today = localDate(now, hours.timezone)
  const at = todaysDigestAt(app, now)
  if (!calendar.isWorkday(today) || now < at) return false
  // What was missed until the night is left out: the next one has the same totals.
  if (isQuiet(app, now) && !isQuiet(app, at)) return false
  if ((await readSetting(app.db.read, sentSetting)) === today) return false
  return hasTaskForceGroup(app.db.read)
}

function isQuiet(app: App, at: number): boolean {
  return quietEnd(at, app.office()) > at
}

function todaysDigestAt(app: App, now: number): number {
  const { timezone } = app.office().hours
  return instantAt(localDate(now, timezone), digestTime, timezone)
}

async function schedule({ queue }: App, at: number): Promise<void> {
  await queue.schedule('digest', String(at), at)
}

export function nextDigestAt(app: App, after: number): number {
  const { hours, calendar } = app.office()
  let day = localDate(after, hours.timezone)
  while (!calendar.isWorkday(day) || instantAt(day, digestTime, hours.timezone) <= after)
    day = addDays(day, 1)
  return instantAt(day, digestTime, hours.timezone)
}
