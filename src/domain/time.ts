import { Temporal } from 'temporal-polyfill'

/**
 * Instants are epoch milliseconds; dates and times of day are those of a named IANA timezone, never the
 * machine's. An unknown timezone is a RangeError.
 */

/** A date in the configured timezone, `YYYY-MM-DD`. Such dates sort as text. */
export type LocalDate = string

/** A time of day, `HH:MM`. Such times sort as text. */
export type LocalTime = string

const dayMs = 24 * 60 * 60 * 1000

export function localDate(at: number, timezone: string): LocalDate {
  return wallClock(at, timezone).slice(0, 10)
}

export function localTime(at: number, timezone: string): LocalTime {
  return wallClock(at, timezone).slice(11, 16)
}

/**
 * The instant at which the clocks of `timezone` show `time` on `date`; the first of two where they are set back,
 * as much later as they are set forward where they skip it.
 * @throws {RangeError} on a date or time that does not exist
 */
export function instantAt(date: LocalDate, time: LocalTime, timezone: string): number {
  const local = `${date}T${time}`
  const asUtc = Date.parse(`${local}Z`)
  const exists = !Number.isNaN(asUtc) && new Date(asUtc).toISOString().startsWith(local)
  if (!exists) throw new RangeError(`${date} ${time} does not exist`)
  const offset = steadyOffset(asUtc, timezone)
  if (offset !== null) return asUtc - offset
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timezone).epochMilliseconds
}

/** @throws {RangeError} where `date` is none */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateText(utcMidnight(date) + days * dayMs)
}

/** Monday is 1, Sunday 7. */
export function weekday(date: LocalDate): number {
  return new Date(utcMidnight(date)).getUTCDay() || 7
}

/** Whether `text` is a `YYYY-MM-DD` that is in the calendar: no 30 February. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const midnight = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(midnight) && dateText(midnight) === text
}

/** Whether `at` is the first moment of a day: how a bare date is written as an instant. */
export function isStartOfDay(at: number, timezone: string): boolean {
  return at === instantAt(localDate(at, timezone), '00:00', timezone)
}

/** ISO 8601 with the offset of `timezone`, to the second or, where there are any, the milliseconds. */
export function toIso(at: number, timezone: string): string {
  return zoned(at, timezone).toString({ timeZoneName: 'never' })
}

const instantForm =
  /^(?<year>\d{4})(?<sep>[-/.])(?<month>\d{1,2})\k<sep>(?<day>\d{1,2})(?:(?:T|\s+)(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d(?:\.\d{1,3})?))?\s*(?<offset>Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * Reads a date-time as people and programs write it: ISO 8601 with or without an offset, `2026-11-30 17:30`,
 * `2026/11/30 17:30`, `2026年11月30日 17时30分`. Without an offset it is the time of `timezone`; a bare date is the
 * start of its day; 24:00, the usual end of a day in official letters, is its last second, so that the date stays.
 * @returns null where `text` is none of these or names no real date or time
 */
export function parseInstant(text: string, timezone: string): number | null {
  const found = instantForm.exec(withoutCharacters(text.normalize('NFKC').trim()))?.groups
  if (!found) return null
  const { year, month = '', day = '', hour = '0', minute = '0', second = '0', offset } = found
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isLocalDate(date)) return null
  const time = clockTime(hour, minute, second)
  if (time === null) return null
  if (!offset) return instantAt(date, time, timezone)
  const at = Date.parse(`${date}T${time}${offset.toUpperCase()}`)
  return Number.isNaN(at) ? null : at
}

/** `2026年11月30日17时30分` as `2026-11-30 17:30`. */
function withoutCharacters(text: string): string {
  return text
    .replace(/^(\d{4})年(\d{1,2})月(\d{1,2})[日号]\s*/, '$1-$2-$3 ')
    .replace(
      /(\d{1,2})[时点](?:(\d{1,2})分)?$/,
      (_, hour, minute = '0') => `${hour}:${minute.padStart(2, '0')}`,
    )
    .trim()
}

function clockTime(hour: string, minute: string, second: string): string | null {
  if (Number(hour) === 24 && Number(minute) === 0 && Number(second) === 0) return '23:59:59'
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) >= 60) return null
  return [hour, minute, second].map((part) => part.padStart(2, '0')).join(':')
}

function zoned(at: number, timezone: string) {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
}

/** What the clocks show, `YYYY-MM-DDTHH:MM:SS.sssZ`, the Z meaning nothing. */
function wallClock(at: number, timezone: string): string {
  return new Date(at + (steadyOffset(at, timezone) ?? offsetAt(at, timezone))).toISOString()
}

const steadyOffsets = new Map<string, number | null>()

/**
 * The offset of `timezone` in milliseconds on the UTC day of `at`, the day before and the day after, null where it
 * changes on the way. Kept by day, because asking the zone data each time costs ten times as much.
 */
function steadyOffset(at: number, timezone: string): number | null {
  const day = Math.floor(at / dayMs)
  const key = `${timezone} ${day}`
  const known = steadyOffsets.get(key)
  if (known !== undefined) return known
  const before = offsetAt((day - 1) * dayMs, timezone)
  const offset = before === offsetAt((day + 2) * dayMs, timezone) ? before : null
  steadyOffsets.set(key, offset)
  return offset
}

function offsetAt(at: number, timezone: string): number {
  return zoned(at, timezone).offsetNanoseconds / 1e6
}

function utcMidnight(date: LocalDate): number {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(midnight)) throw new RangeError(`"${date}" is no date`)
  return midnight
}

function dateText(utc: number): LocalDate {
  return new Date(utc).toISOString().slice(0, 10)
}
