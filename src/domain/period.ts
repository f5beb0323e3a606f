import type { WorkCalendar } from './calendar.ts'
import { addDays, instantAt, type LocalDate, weekday } from './time.ts'

export const periodKinds = ['day', 'week', 'month'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** A day, a week from Monday to Sunday, or a month. */
export interface Period {
  kind: PeriodKind
  first: LocalDate
  last: LocalDate
}

/** The period in which `date` lies. */
export function periodOf(kind: PeriodKind, date: LocalDate): Period {
  switch (kind) {
    case 'day':
      return { kind, first: date, last: date }
    case 'week': {
      const first = addDays(date, 1 - weekday(date))
      return { kind, first, last: addDays(first, 6) }
    }
    case 'month': {
      const first = `${date.slice(0, 8)}01`
      // Whatever the month's length, 31 days on lies in the next one.
      const next = `${addDays(first, 31).slice(0, 8)}01`
      return { kind, first, last: addDays(next, -1) }
    }
  }
}

export function periodBefore({ kind, first }: Period): Period {
  return periodOf(kind, addDays(first, -1))
}

/** From when it counts, up to but without when. */
export function spanOf({ first, last }: Period, timezone: string): { from: number; to: number } {
  return { from: instantAt(first, '00:00', timezone), to: instantAt(addDays(last, 1), '00:00', timezone) }
}

/** Whether no working day is left in its week: by a make-up day that is a Saturday, before a holiday a Thursday. */
export function isLastWorkdayOfWeek(date: LocalDate, calendar: WorkCalendar): boolean {
  if (!calendar.isWorkday(date)) return false
  const { last } = periodOf('week', date)
  for (let day = addDays(date, 1); day <= last; day = addDays(day, 1)) {
    if (calendar.isWorkday(day)) return false
  }
  return true
}
