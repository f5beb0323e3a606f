import { addWorkdays, type Office, workdaysBetween } from './office-hours.ts'
import { hardPolicy, type Policy } from './policy.ts'
import { addDays, instantAt, isStartOfDay, type LocalDate, localDate } from './time.ts'

export interface Due {
  at: number
  /** 暂定: counted over a year whose calendar is not published, so it may move once that is loaded. */
  provisional: boolean
}

/**
 * When an assignment dispatched at `dispatchedAt` is due. The day of dispatch does not count, and the last day ends at
 * close of business (民法典 201–203). A date that was named is taken as it is, on a day off too.
 */
export function due(policy: Policy, dispatchedAt: number, office: Office): Due {
  const { timezone } = office.hours
  switch (policy.kind) {
    case 'working-days': {
      const dispatched = localDate(dispatchedAt, timezone)
      const last = addWorkdays(dispatched, policy.days, office)
      return { at: closeOf(last, office), provisional: !coversDays(addDays(dispatched, 1), last, office) }
    }
    case 'hours':
      return { at: dispatchedAt + Math.round(policy.hours * 60 * 60 * 1000), provisional: false }
    case 'until': {
      const namesDay = isStartOfDay(policy.at, timezone)
      return {
        at: namesDay ? closeOf(localDate(policy.at, timezone), office) : policy.at,
        provisional: false,
      }
    }
  }
}

/** The due time of a granted extension where the lead names no date: 5 working days in total, not 3 + 5. */
export function extendedDue(dispatchedAt: number, office: Office): Due {
  return due(hardPolicy, dispatchedAt, office)
}

/** Until when a department may return 退回 what was dispatched to it: the close of the first working day after. */
export function returnableUntil(dispatchedAt: number, office: Office): number {
  return due({ kind: 'working-days', days: 1 }, dispatchedAt, office).at
}

/** An assignment whose clock was paused 挂账: until when it had time, and since when it has stood still. */
export interface Paused {
  policy: Policy
  dueAt: number
  suspendedAt: number
}

const shortestRestMs = 60 * 60 * 1000

/**
 * When a paused assignment is due that goes on at `now`. What was left at the pause counts from there: working days, at
 * least one, and the day of resumption does not count; of a policy by the clock the time itself, at least an hour.
 */
export function resumedDue(
  { policy, dueAt, suspendedAt }: Paused,
  now: number,
  office: Office,
): { policy: Policy; due: Due } {
  if (policy.kind === 'hours') {
    const at = now + Math.max(shortestRestMs, dueAt - suspendedAt)
    return { policy, due: { at, provisional: false } }
  }
  const { timezone } = office.hours
  const left = workdaysBetween(localDate(suspendedAt, timezone), localDate(dueAt, timezone), office)
  const rest: Policy = { kind: 'working-days', days: Math.max(1, left) }
  return { policy: rest, due: due(rest, now, office) }
}

/** Close of business on `date`, whether or not it is a workday. */
export function closeOf(date: LocalDate, { hours }: Office): number {
  return instantAt(date, hours.closeOfBusiness, hours.timezone)
}

function coversDays(from: LocalDate, to: LocalDate, { calendar }: Office): boolean {
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (!calendar.covers(day)) return false
  }
  return true
}
