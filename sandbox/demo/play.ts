import { addWorkdays } from '../../src/domain/office-hours.ts'
import { instantAt, localDate } from '../../src/domain/time.ts'
import type { Duban } from '../../src/main.ts'
import type { Sandbox } from '../server/index.ts'
import type { MovableClock } from './clock.ts'
import type { Moment } from './history.ts'
import type { Step } from './steps.ts'
import { outboxEmpty, settleIn, travelTo } from './time-travel.ts'

const halfHourMs = 30 * 60_000

/**
 * Has the bot live through these moments, nudges and digests included, up to what the clock says now.
 * @param prepare what must be there before, done a little before the first moment
 */
export async function play(
  { moments: history, last }: { moments: Moment[]; last: Step[] },
  duban: Duban,
  sandbox: Sandbox,
  clock: MovableClock,
  prepare: () => Promise<void>,
): Promise<void> {
  const now = clock.now()
  const office = duban.app.office()
  const { timezone } = office.hours
  const today = localDate(now, timezone)
  const moments = history.map(({ daysAgo, time, steps }) => ({
    at: instantAt(addWorkdays(today, -daysAgo, office), time, timezone),
    steps,
  }))
  const [first] = moments
  if (first) clock.moveTo(first.at - halfHourMs)
  await prepare()
  if (first) await travelTo(duban, clock, first.at)
  // Of the urgent items that nobody dispatched as they came in the bot tells by itself.
  await settleIn(duban)
  // What is pressed is answered before the next thing is done; what is said is taken in by the end of the moment.
  const go = async (steps: Step[]) => {
    for (const step of steps) await step(sandbox, duban)
    await sandbox.waitFor(() => sandbox.pendingEvents() === 0, 'the bot to take in what was done')
    await outboxEmpty(duban)
  }
  for (const { at, steps } of moments) {
    await travelTo(duban, clock, at)
    await go(steps)
  }
  await travelTo(duban, clock, now)
  await settleIn(duban)
  await go(last)
  sandbox.clockMoved()
}
