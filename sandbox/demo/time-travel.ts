import { setTimeout as sleep } from 'node:timers/promises'
import { nextNudgeMoment } from '../../src/db/assignments.ts'
import { addWorkdays } from '../../src/domain/office-hours.ts'
import { instantAt, localDate } from '../../src/domain/time.ts'
import type { Duban } from '../../src/main.ts'
import { announceDue, nextListAt } from '../../src/services/intake/intake-announce.ts'
import { sendDueNudges } from '../../src/services/nudges/nudge.ts'
import { nextDigestAt, sendDueDigest } from '../../src/services/reports/digest.ts'
import type { SandboxClock } from '../server/index.ts'
import type { MovableClock } from './clock.ts'

const minuteMs = 60_000

/** What the page's clock offers; moving forward stops wherever the bot has something to say, so that it says it then. */
export const clockControls: SandboxClock['controls'] = [
  { id: 'hour', label: { zh: '过一小时', en: 'An hour later' } },
  { id: 'morning', label: { zh: '到下个工作日上午', en: 'Next working morning' } },
  { id: 'deadline', label: { zh: '到最近时限之后', en: 'Past the next deadline' } },
]

export async function moveClock(duban: Duban, clock: MovableClock, control: string): Promise<void> {
  await travelTo(duban, clock, await targetOf(duban, clock.now(), control))
  await settleIn(duban)
}

/** Stops at each moment at which the bot speaks up by itself, so that its messages bear the right time. */
export async function travelTo(duban: Duban, clock: MovableClock, target: number): Promise<void> {
  for (let said = clock.now(); ; ) {
    const voices = await voicesAfter(duban, said)
    // What the bot's own jobs said meanwhile, as the clock ran, has arrived too before it moves.
    await outboxEmpty(duban)
    const next = Math.min(...voices.map(({ at }) => at))
    if (next > target) break
    // What came due while the bot was speaking is said now: the clock runs on meanwhile, and is never put back.
    if (next > clock.now()) clock.moveTo(next)
    for (const { at, speak } of voices) if (at <= next) await speak(duban.app)
    said = next
  }
  clock.moveTo(target)
}

/** Whatever the bot does by itself it plans by its new time. */
export async function settleIn(duban: Duban): Promise<void> {
  for (const { speak } of await voicesAfter(duban, duban.app.clock.now())) await speak(duban.app)
  await outboxEmpty(duban)
}

/** Every message that is on its way has arrived. */
export async function outboxEmpty({ app }: Duban): Promise<void> {
  const patienceMs = 5_000
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(5)) {
    const waiting = await app.db.read
      .selectFrom('deliveries')
      .select('id')
      .where('status', 'in', ['pending', 'sending'])
      .where('next_attempt_at', '<=', app.clock.now() + minuteMs)
      .executeTakeFirst()
    if (!waiting) return
  }
}

interface Voice {
  at: number
  speak(app: Duban['app']): Promise<void>
}

/** When the bot next has something to say by itself, of each kind; in the past where it is late with it. */
async function voicesAfter({ app }: Duban, said: number): Promise<Voice[]> {
  const never = Number.POSITIVE_INFINITY
  return [
    { at: (await nextNudgeMoment(app.db.read)) ?? never, speak: sendDueNudges },
    { at: nextDigestAt(app, said), speak: sendDueDigest },
    { at: nextListAt(app, said) ?? never, speak: announceDue },
  ]
}

async function targetOf({ app }: Duban, now: number, control: string): Promise<number> {
  const { hours } = app.office()
  const today = localDate(now, hours.timezone)
  switch (control) {
    case 'hour':
      return now + 60 * minuteMs
    case 'morning': {
      const thisMorning = instantAt(today, hours.workStart, hours.timezone)
      const isAhead = app.office().calendar.isWorkday(today) && thisMorning > now
      const day = isAhead ? today : addWorkdays(today, 1, app.office())
      return instantAt(day, hours.workStart, hours.timezone) + minuteMs
    }
    case 'deadline': {
      const row = await app.db.read
        .selectFrom('assignments')
        .select('due_at')
        .where('status', 'in', ['sent', 'working'])
        .where('due_at', '>', now)
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst()
      return row ? row.due_at + minuteMs : now + 24 * 60 * minuteMs
    }
    default:
      throw new RangeError(`this clock has no control ${control}`)
  }
}
