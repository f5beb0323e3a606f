import fc from 'fast-check'
import { type CalendarDay, workCalendar } from '../../src/domain/calendar.ts'
import type { Office, OfficeHours } from '../../src/domain/office-hours.ts'
import { instantAt, toIso } from '../../src/domain/time.ts'

/** Offices for the tests of rules about time, and random moments in them. */

const usualHours = {
  workStart: '09:00',
  closeOfBusiness: '17:30',
  quietFrom: '21:00',
  quietUntil: '08:00',
} satisfies Partial<OfficeHours>

export function officeIn(
  timezone: string,
  hours: Partial<OfficeHours> = {},
  loaded: CalendarDay[] = [],
): Office {
  return { calendar: workCalendar(loaded), hours: { ...usualHours, ...hours, timezone } }
}

export const shanghai = officeIn('Asia/Shanghai')

/** `2026-11-20 10:00` as an instant in the office's timezone, and back as `2026-11-20 10:00`. */
export function moment(text: string, office: Office = shanghai): number {
  const [date = '', time = ''] = text.split(' ')
  return instantAt(date, time, office.hours.timezone)
}

export function shown(at: number, office: Office = shanghai): string {
  return toIso(at, office.hours.timezone).slice(0, 16).replace('T', ' ')
}

/** East and west of UTC, with and without daylight saving (half an hour of it too), quiet by night, by day, never. */
export const anyOffice = fc.constantFrom(
  shanghai,
  officeIn('America/New_York'),
  officeIn('Europe/Berlin', { workStart: '07:00', closeOfBusiness: '15:30' }),
  officeIn('Australia/Lord_Howe', { quietFrom: '12:00', quietUntil: '14:00' }),
  officeIn('America/Santiago', { quietFrom: '00:00', quietUntil: '00:00' }),
  officeIn('Pacific/Honolulu', { quietFrom: '23:00', quietUntil: '10:30' }),
)

const from = Date.UTC(2024, 0, 1)
const to = Date.UTC(2029, 0, 1)

/** To the minute, in years with an official table and in years without. */
export const anyInstant = fc
  .integer({ min: 0, max: (to - from) / 60_000 })
  .map((minutes) => from + minutes * 60_000)
