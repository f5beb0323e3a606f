import official from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { addDays, type LocalDate, weekday } from './time.ts'

/** A day that differs from its plain Monday-to-Friday meaning: a holiday, or a make-up workday 调休补班. */
export interface CalendarDay {
  date: LocalDate
  workday: boolean
  /** 春节, say. */
  name?: string
}

export interface WorkCalendar {
  /** By the year's official table; Monday to Friday where there is none. */
  isWorkday(date: LocalDate): boolean
  /** Whether the year of `date` has a table, so that `isWorkday` is certain. */
  covers(date: LocalDate): boolean
  /** The last year before the first gap ahead: what is counted beyond it is provisional. */
  lastCoveredYear(): number
}

/**
 * The package's data, and not its functions: those answer for years without data as though these had no holidays,
 * and read dates in the machine's timezone.
 */
const officialDays: CalendarDay[] = [
  ...Object.keys(official.holidays).map((date) => ({ date, workday: false })),
  ...Object.keys(official.workdays).map((date) => ({ date, workday: true })),
]
const officialYears = yearsWithTable(officialDays)

/** The official calendar, with the years in `loaded` instead of the official ones where both have them. */
export function workCalendar(loaded: readonly CalendarDay[] = []): WorkCalendar {
  const loadedYears = yearsWithTable(loaded)
  const years = new Set([...officialYears, ...loadedYears])
  const kept = officialDays.filter(({ date }) => !loadedYears.has(yearOf(date)))
  const exceptions = new Map([...kept, ...loaded].map(({ date, workday }) => [date, workday]))
  let last = Math.max(...officialYears)
  while (years.has(last + 1)) last += 1

  return {
    isWorkday: (date) => exceptions.get(date) ?? weekday(date) <= 5,
    covers: (date) => years.has(yearOf(date)),
    lastCoveredYear: () => last,
  }
}

/** The first workday at or after `date`. */
export function workdayFrom(date: LocalDate, calendar: WorkCalendar): LocalDate {
  let day = date
  while (!calendar.isWorkday(day)) day = addDays(day, 1)
  return day
}

/**
 * The years that a list of days is the table of. A year's table also settles days around the turn to its neighbours
 * (30 and 31 December off, say): where the neighbour has no other day in the list, these few are no table of its own.
 */
function yearsWithTable(days: readonly CalendarDay[]): Set<number> {
  const inside = days.filter(({ date }) => date.slice(5) >= '01-08' && date.slice(5) <= '12-24')
  const certain = new Set(inside.map(({ date }) => yearOf(date)))
  const years = days.map(({ date }) => yearOf(date))
  return new Set(
    years.filter((year) => certain.has(year) || !(certain.has(year - 1) || certain.has(year + 1))),
  )
}

function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4))
}
