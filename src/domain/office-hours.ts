import { type WorkCalendar, workdayFrom } from './calendar.ts'
import { addDays, instantAt, type LocalDate, type LocalTime, localDate, localTime } from './time.ts'

export interface OfficeHours {
  timezone: string
  workStart: LocalTime
  closeOfBusiness: LocalTime
  /** Quiet from here until `quietUntil`, over midnight where that is earlier; equal means never. */
  quietFrom: LocalTime
  quietUntil: LocalTime
}

export interface Office {
  calendar: WorkCalendar
  hours: OfficeHours
}

const hourMs = 60 * 60 * 1000

/**
 * `hours` of office time after `at`, before it where negative: only work start to close of business on workdays
 * counts. Time that is used up exactly ends on the day it ran, at its close (or, counted back, at its start).
 * @throws {RangeError} where the office is never open
 */
export function addWorkingHours(at: number, hours: number, office: Office): number {
  const { timezone, workStart, closeOfBusiness } = office.hours
  if (!Number.isFinite(hours)) throw new RangeError(`${hours} is no number of hours`)
  if (workStart >= closeOfBusiness)
    throw new RangeError(`work starts at ${workStart}, after close of business`)
  const step = hours < 0 ? -1 : 1
  let left = Math.round(Math.abs(hours) * hourMs)
  let day = localDate(at, timezone)
  let moment = at
  while (left > 0) {
    if (office.calendar.isWorkday(day)) {
      const opens = instantAt(day, workStart, timezone)
      const closes = instantAt(day, closeOfBusiness, timezone)
      const from = Math.min(Math.max(moment, opens), closes)
      const open = step > 0 ? closes - from : from - opens
      if (open >= left) return from + step * left
      left -= open
    }
    day = addDays(day, step)
    moment = step > 0 ? instantAt(day, '00:00', timezone) : instantAt(addDays(day, 1), '00:00', timezone)
  }
  return at
}

/** The `n`th workday after `date`, before it where negative; `date` itself for 0. */
export function addWorkdays(date: LocalDate, n: number, { calendar }: Office): LocalDate {
  const step = Math.sign(n)
  let day = date
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, step)
    if (calendar.isWorkday(day)) left -= 1
  }
  return day
}

/** How many workdays come after `from`, up to and with `to`; none where `to` is not later. */
export function workdaysBetween(from: LocalDate, to: LocalDate, { calendar }: Office): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (calendar.isWorkday(day)) count += 1
  }
  return count
}

/**
 * The first moment at or after `at` when a nudge may go out: on a workday, from work start on, outside quiet hours.
 * From work start rather than from the end of the night, because officials get the day's nudges at work start
 * anyway: so what the night held back joins them in one message, and nobody is called an hour before they are in.
 */
export function nextAllowed(at: number, office: Office): number {
  const { timezone, workStart, quietUntil } = office.hours
  const opens = isQuiet(workStart, office.hours) ? quietUntil : workStart
  const mayGo = (moment: number) =>
    localTime(moment, timezone) >= opens && !isQuiet(localTime(moment, timezone), office.hours)

  const today = localDate(at, timezone)
  if (office.calendar.isWorkday(today) && mayGo(at)) return at
  for (let day = workdayFrom(today, office.calendar); ; day = workdayFrom(addDays(day, 1), office.calendar)) {
    const starts = [opens, quietUntil].map((time) => instantAt(day, time, timezone)).sort((a, b) => a - b)
    const first = starts.find((moment) => moment >= at && mayGo(moment))
    if (first !== undefined) return first
  }
}

/** The first moment at or after `at` outside quiet hours, on whatever day. */
export function quietEnd(at: number, { hours }: Office): number {
  const { timezone, quietUntil } = hours
  const time = localTime(at, timezone)
  if (!isQuiet(time, hours)) return at
  const today = localDate(at, timezone)
  return instantAt(time < quietUntil ? today : addDays(today, 1), quietUntil, timezone)
}

function isQuiet(time: LocalTime, { quietFrom, quietUntil }: OfficeHours): boolean {
  if (quietFrom <= quietUntil) return time >= quietFrom && time < quietUntil
  return time >= quietFrom || time < quietUntil
}
