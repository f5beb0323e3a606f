import { closeOf } from './deadline.ts'
import { addWorkdays, type Office } from './office-hours.ts'
import { addDays, instantAt, type LocalDate, localDate } from './time.ts'

/** `n` of `m`. */
export interface Rate {
  n: number
  m: number
}

/** What the rates must know of an assignment. Times are epoch milliseconds. */
export interface RatedAssignment {
  dispatchedAt: number
  /** When the department reported the solved outcome that was not sent back; null where there is none. */
  solvedAt: number | null
  /** False for returned, withdrawn and merged: they stand in neither number. */
  counted: boolean
}

export interface RateWindow {
  kind: 'working-days' | 'days'
  count: number
}

/** The two rates that the city is told of. */
export interface Rates {
  /** Reported solved within 3 working days, and within 7 days, of dispatch. */
  rate_3wd: Rate
  rate_7d: Rate
}

export const rateWindows = {
  rate_3wd: { kind: 'working-days', count: 3 },
  rate_7d: { kind: 'days', count: 7 },
} as const satisfies Record<keyof Rates, RateWindow>

/** Of nothing. */
export const noRates: Rates = { rate_3wd: { n: 0, m: 0 }, rate_7d: { n: 0, m: 0 } }

/** What was dispatched in `[from, until)` had time up to and with `end`. */
export interface RatedDay {
  from: number
  until: number
  end: number
}

/**
 * How many were solved within the window after dispatch, of those whose window is over: what still has time stands in
 * neither number, even if solved already, for counting early successes but not the rest would flatter.
 */
export function solvedWithin(
  rows: readonly RatedAssignment[],
  window: RateWindow,
  now: number,
  office: Office,
): Rate {
  const rate = { n: 0, m: 0 }
  const ends = new Map<LocalDate, number>()
  for (const { dispatchedAt, solvedAt, counted } of rows) {
    if (!counted) continue
    const dispatched = localDate(dispatchedAt, office.hours.timezone)
    const end = ends.get(dispatched) ?? windowEnd(window, dispatched, office)
    ends.set(dispatched, end)
    if (now <= end) continue
    rate.m += 1
    if (solvedAt !== null && solvedAt <= end) rate.n += 1
  }
  return rate
}

/** The days of dispatch, from that of `since` on, whose window is over: `solvedWithin` for those who count elsewhere. */
export function ratedDays(since: number, window: RateWindow, now: number, office: Office): RatedDay[] {
  const { timezone } = office.hours
  const days: RatedDay[] = []
  let day = localDate(since, timezone)
  let from = instantAt(day, '00:00', timezone)
  for (let end = windowEnd(window, day, office); now > end; end = windowEnd(window, day, office)) {
    day = addDays(day, 1)
    const until = instantAt(day, '00:00', timezone)
    days.push({ from, until, end })
    from = until
  }
  return days
}

export function sumOfRates(rates: Iterable<Rates>): Rates {
  const add = (a: Rate, b: Rate) => ({ n: a.n + b.n, m: a.m + b.m })
  return [...rates].reduce(
    (sum, each) => ({
      rate_3wd: add(sum.rate_3wd, each.rate_3wd),
      rate_7d: add(sum.rate_7d, each.rate_7d),
    }),
    noRates,
  )
}

/**
 * In percent, to one decimal at most; null of nothing. Rounding never makes all of nearly all, nor none of a few:
 * 100% says that n = m, and 0% that n = 0.
 */
export function percent(rate: Rate): string | null {
  const points = percentPoints(rate)
  return points === null ? null : `${points}%`
}

/** The same as a number, to reckon with. */
export function percentPoints({ n, m }: Rate): number | null {
  if (m === 0) return null
  const rounded = Math.round((n / m) * 1000) / 10
  if (n === 0 || n === m) return rounded
  return Math.min(Math.max(rounded, 0.1), 99.9)
}

/**
 * The day of dispatch does not count. Working days end at close of business, like the policy that they measure;
 * calendar days take in evenings and days off, so they end with the last day.
 */
function windowEnd({ kind, count }: RateWindow, dispatched: LocalDate, office: Office): number {
  if (kind === 'working-days') return closeOf(addWorkdays(dispatched, count, office), office)
  return instantAt(addDays(dispatched, count + 1), '00:00', office.hours.timezone) - 1
}
