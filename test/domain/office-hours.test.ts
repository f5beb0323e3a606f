import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addWorkdays,
  addWorkingHours,
  nextAllowed,
  type Office,
  quietEnd,
} from '../../src/domain/office-hours.ts'
import { addDays, instantAt, localDate, localTime } from '../../src/domain/time.ts'
import { anyInstant, anyOffice, moment, officeIn, shanghai, shown } from './offices.ts'

const hourMs = 60 * 60 * 1000

function isOpen(at: number, { calendar, hours }: Office): boolean {
  const date = localDate(at, hours.timezone)
  const opens = instantAt(date, hours.workStart, hours.timezone)
  const closes = instantAt(date, hours.closeOfBusiness, hours.timezone)
  return calendar.isWorkday(date) && at >= opens && at <= closes
}

/** Whether a nudge may go out: the rule in its plainest words, to hold the code against. */
function mayGo(at: number, { calendar, hours }: Office): boolean {
  const { timezone, workStart, quietFrom, quietUntil } = hours
  const time = localTime(at, timezone)
  const night = quietFrom > quietUntil
  const quiet = night ? time >= quietFrom || time < quietUntil : time >= quietFrom && time < quietUntil
  return calendar.isWorkday(localDate(at, timezone)) && time >= workStart && !quiet
}

describe('addWorkingHours', () => {
  it.each([
    ['2026-11-20 10:00', 2, '2026-11-20 12:00'],
    ['2026-11-20 07:00', 2, '2026-11-20 11:00'],
    ['2026-11-20 16:30', 2, '2026-11-23 10:00'],
    ['2026-11-20 15:30', 2, '2026-11-20 17:30'],
    ['2026-11-20 17:30', 2, '2026-11-23 11:00'],
    ['2026-11-21 12:00', 0.5, '2026-11-23 09:30'],
    ['2026-09-30 16:30', 4, '2026-10-08 12:00'],
    ['2026-10-09 16:30', 2, '2026-10-10 10:00'],
    ['2026-11-20 10:00', 17, '2026-11-24 10:00'],
    ['2026-11-25 17:30', -2, '2026-11-25 15:30'],
    ['2026-11-25 23:00', -2, '2026-11-25 15:30'],
    ['2026-11-23 10:00', -2, '2026-11-20 16:30'],
    ['2026-11-28 12:00', -2, '2026-11-27 15:30'],
    ['2026-11-23 11:00', -2, '2026-11-23 09:00'],
    ['2026-10-08 09:00', -1, '2026-09-30 16:30'],
    ['2026-11-21 12:00', 0, '2026-11-21 12:00'],
  ])('%s and %d working hours is %s', (at, hours, result) => {
    expect(shown(addWorkingHours(moment(at), hours, shanghai))).toBe(result)
  })

  it('takes the hours of the day as long as the clocks make them', () => {
    const night = officeIn('America/New_York', { workStart: '00:00', closeOfBusiness: '06:00' })
    // A Sunday that has only 23 hours, made a workday.
    const short = officeIn('America/New_York', night.hours, [{ date: '2026-03-08', workday: true }])
    expect(shown(addWorkingHours(moment('2026-03-08 00:00', short), 4, short), short)).toBe(
      '2026-03-08 05:00',
    )
  })

  it('counted there and back is where it was, for moments at work', () => {
    const quarters = fc.integer({ min: 1, max: 400 }).map((n) => n / 4)
    fc.assert(
      fc.property(anyInstant, quarters, anyOffice, (at, hours, office) => {
        fc.pre(isOpen(at - 1, office) && isOpen(at + 1, office))
        expect(addWorkingHours(addWorkingHours(at, hours, office), -hours, office)).toBe(at)
        expect(addWorkingHours(addWorkingHours(at, -hours, office), hours, office)).toBe(at)
      }),
      { numRuns: 300 },
    )
  })

  it('ends at work, no sooner than the clock allows, and later for more hours', () => {
    const hours = fc.integer({ min: 1, max: 160 }).map((n) => n / 4)
    fc.assert(
      fc.property(anyInstant, hours, hours, anyOffice, (at, some, more, office) => {
        const end = addWorkingHours(at, some, office)
        expect(isOpen(end, office)).toBe(true)
        expect(end - at).toBeGreaterThanOrEqual(some * hourMs)
        expect(addWorkingHours(at, some + more, office)).toBeGreaterThanOrEqual(end + more * hourMs)
        expect(addWorkingHours(end, more, office)).toBe(addWorkingHours(at, some + more, office))
        const before = addWorkingHours(at, -some, office)
        expect(isOpen(before, office)).toBe(true)
        expect(at - before).toBeGreaterThanOrEqual(some * hourMs)
      }),
      { numRuns: 300 },
    )
  })

  it('refuses an office that never opens, and hours that are no number', () => {
    const shut = officeIn('Asia/Shanghai', { workStart: '17:30' })
    expect(() => addWorkingHours(moment('2026-11-20 10:00'), 1, shut)).toThrow(RangeError)
    expect(() => addWorkingHours(moment('2026-11-20 10:00'), Number.NaN, shanghai)).toThrow(RangeError)
  })
})

describe('addWorkdays', () => {
  it.each([
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-10-10', -3, '2026-09-30'],
    ['2026-11-28', 1, '2026-11-30'],
    ['2026-11-28', -1, '2026-11-27'],
    ['2026-11-28', 0, '2026-11-28'],
  ])('%s and %i is %s', (date, n, result) => {
    expect(addWorkdays(date, n, shanghai)).toBe(result)
  })

  it('goes back what it went, between workdays', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: -60, max: 60 }), (day, n) => {
        const date = addDays('2024-01-01', day)
        fc.pre(shanghai.calendar.isWorkday(date))
        expect(addWorkdays(addWorkdays(date, n, shanghai), -n, shanghai)).toBe(date)
      }),
    )
  })
})

describe('nextAllowed', () => {
  const lunch = officeIn('Asia/Shanghai', { quietFrom: '12:00', quietUntil: '14:00' })
  const never = officeIn('Asia/Shanghai', { quietFrom: '00:00', quietUntil: '00:00' })
  const late = officeIn('Asia/Shanghai', { quietFrom: '21:00', quietUntil: '10:00' })

  it.each([
    ['by day it goes at once', shanghai, '2026-11-20 09:00', '2026-11-20 09:00'],
    ['after close of business too', shanghai, '2026-11-20 20:59', '2026-11-20 20:59'],
    ['from the night to work start', shanghai, '2026-11-18 21:00', '2026-11-19 09:00'],
    ['from the small hours to work start', shanghai, '2026-11-19 03:00', '2026-11-19 09:00'],
    ['not an hour before anybody is in', shanghai, '2026-11-19 08:15', '2026-11-19 09:00'],
    ['from Friday night to Monday', shanghai, '2026-11-20 22:00', '2026-11-23 09:00'],
    ['from a Saturday to Monday', shanghai, '2026-11-21 10:00', '2026-11-23 09:00'],
    ['over the holidays', shanghai, '2026-09-30 21:30', '2026-10-08 09:00'],
    ['on a make-up Saturday it goes', shanghai, '2026-10-10 10:00', '2026-10-10 10:00'],
    ['over a quiet noon', lunch, '2026-11-20 12:30', '2026-11-20 14:00'],
    ['quiet noon leaves the evening', lunch, '2026-11-20 23:30', '2026-11-20 23:30'],
    ['with a quiet noon, work start still', lunch, '2026-11-20 03:00', '2026-11-20 09:00'],
    ['without quiet hours, work start still', never, '2026-11-20 03:00', '2026-11-20 09:00'],
    ['without quiet hours, the evening goes', never, '2026-11-20 23:59', '2026-11-20 23:59'],
    ['quiet hours over work start', late, '2026-11-20 03:00', '2026-11-20 10:00'],
  ])('%s', (_, office, at, result) => {
    expect(shown(nextAllowed(moment(at), office))).toBe(result)
  })

  it('finds time where quiet hours leave only the time before work start', () => {
    const office = officeIn('Asia/Shanghai', { quietFrom: '09:00', quietUntil: '08:00' })
    expect(shown(nextAllowed(moment('2026-11-20 12:00'), office))).toBe('2026-11-23 08:00')
  })

  it('is allowed, is the first such moment, and stays put', () => {
    fc.assert(
      fc.property(anyInstant, anyOffice, (at, office) => {
        const next = nextAllowed(at, office)
        expect(next).toBeGreaterThanOrEqual(at)
        expect(mayGo(next, office)).toBe(true)
        expect(nextAllowed(next, office)).toBe(next)
        for (let sooner = at; sooner < next; sooner += hourMs / 4) {
          expect(mayGo(sooner, office)).toBe(false)
        }
        if (next > at) expect(mayGo(next - 60_000, office)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('never swaps two nudges', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 4 * 24 * 60 }), anyOffice, (at, minutes, office) => {
        const later = at + minutes * 60_000
        expect(nextAllowed(later, office)).toBeGreaterThanOrEqual(nextAllowed(at, office))
      }),
    )
  })
})

describe('quietEnd', () => {
  it.each([
    ['2026-11-20 22:00', '2026-11-21 08:00'],
    ['2026-11-21 03:00', '2026-11-21 08:00'],
    ['2026-11-21 08:00', '2026-11-21 08:00'],
    ['2026-11-21 20:59', '2026-11-21 20:59'],
    ['2026-11-21 21:00', '2026-11-22 08:00'],
  ])('%s → %s, whatever the day', (at, result) => {
    expect(shown(quietEnd(moment(at), shanghai))).toBe(result)
  })
})
