import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closeOf, due, extendedDue, resumedDue, returnableUntil } from '../../src/domain/deadline.ts'
import { addWorkdays, workdaysBetween } from '../../src/domain/office-hours.ts'
import { formatPolicy, type Policy } from '../../src/domain/policy.ts'
import { localDate, localTime } from '../../src/domain/time.ts'
import { anyInstant, anyOffice, moment, officeIn, shanghai, shown } from './offices.ts'

const workingDays = (days: number): Policy => ({ kind: 'working-days', days })

describe('due in working days', () => {
  it.each([
    ['2026-09-30 10:00', 3, '2026-10-10 17:30'],
    ['2026-09-30 10:00', 5, '2026-10-13 17:30'],
    ['2026-02-13 10:00', 3, '2026-02-25 17:30'],
    ['2026-02-13 10:00', 5, '2026-02-27 17:30'],
    ['2026-11-20 10:00', 3, '2026-11-25 17:30'],
    ['2026-11-20 00:00', 3, '2026-11-25 17:30'],
    ['2026-11-20 23:59', 3, '2026-11-25 17:30'],
    ['2026-11-21 10:00', 1, '2026-11-23 17:30'],
    ['2026-10-03 10:00', 3, '2026-10-10 17:30'],
    ['2026-12-28 10:00', 3, '2026-12-31 17:30'],
  ])('%s + %i is %s', (dispatched, days, at) => {
    const result = due(workingDays(days), moment(dispatched), shanghai)
    expect(shown(result.at)).toBe(at)
    expect(result.provisional).toBe(false)
  })

  it('is provisional over days of a year without a calendar, until that is loaded', () => {
    const dispatched = moment('2026-12-30 10:00')
    expect(due(workingDays(1), dispatched, shanghai).provisional).toBe(false)
    const before = due(workingDays(2), dispatched, shanghai)
    expect(shown(before.at)).toBe('2027-01-01 17:30')
    expect(before.provisional).toBe(true)

    const loaded = officeIn('Asia/Shanghai', {}, [{ date: '2027-01-01', workday: false }])
    const after = due(workingDays(2), dispatched, loaded)
    expect(shown(after.at)).toBe('2027-01-04 17:30')
    expect(after.provisional).toBe(false)
  })

  it('is provisional where a year without a calendar lies only between', () => {
    const beyond = officeIn('Asia/Shanghai', {}, [{ date: '2028-10-02', workday: false }])
    const dispatched = moment('2027-12-30 10:00')
    expect(due(workingDays(3), dispatched, beyond).provisional).toBe(true)
    expect(due(workingDays(3), moment('2028-01-03 10:00'), beyond).provisional).toBe(false)
    // The day of dispatch does not count, here either.
    expect(due(workingDays(3), moment('2027-12-31 10:00'), beyond).provisional).toBe(false)
  })

  it('comes after dispatch, at close of business of a workday, later for more days and for later dispatch', () => {
    const counts = fc.integer({ min: 1, max: 30 })
    const minutes = fc.integer({ min: 0, max: 20 * 24 * 60 })
    fc.assert(
      fc.property(anyInstant, counts, minutes, anyOffice, (dispatched, days, later, office) => {
        const { at } = due(workingDays(days), dispatched, office)
        const { timezone, closeOfBusiness } = office.hours
        const date = localDate(at, timezone)
        expect(at).toBeGreaterThan(dispatched)
        expect(date > localDate(dispatched, timezone)).toBe(true)
        expect(office.calendar.isWorkday(date)).toBe(true)
        expect(localTime(at, timezone)).toBe(closeOfBusiness)
        expect(due(workingDays(days + 1), dispatched, office).at).toBeGreaterThan(at)
        expect(due(workingDays(days), dispatched + later * 60_000, office).at).toBeGreaterThanOrEqual(at)
        expect(localDate(due(workingDays(days + 1), dispatched, office).at, timezone)).toBe(
          addWorkdays(date, 1, office),
        )
      }),
      { numRuns: 300 },
    )
  })
})

describe('due by the clock', () => {
  it.each([
    ['2026-11-20 16:30', 2, '2026-11-20 18:30'],
    ['2026-11-20 23:00', 2, '2026-11-21 01:00'],
    ['2026-11-20 23:00', 0.5, '2026-11-20 23:30'],
    ['2026-12-31 23:00', 24, '2027-01-01 23:00'],
  ])('%s + %d h is %s', (dispatched, hours, at) => {
    expect(due({ kind: 'hours', hours }, moment(dispatched), shanghai)).toEqual({
      at: moment(at),
      provisional: false,
    })
  })
})

describe('due at a moment that was named', () => {
  it.each([
    ['2026-11-30 12:00', '2026-11-30 12:00'],
    ['2026-11-30 00:00', '2026-11-30 17:30'],
    ['2026-11-28 00:00', '2026-11-28 17:30'],
  ])('until %s is %s', (until, at) => {
    expect(due({ kind: 'until', at: moment(until) }, moment('2026-11-20 10:00'), shanghai)).toEqual({
      at: moment(at),
      provisional: false,
    })
  })
})

describe('extendedDue', () => {
  it.each([
    ['2026-09-30 10:00', '2026-10-13 17:30'],
    ['2026-02-13 10:00', '2026-02-27 17:30'],
    ['2026-11-20 10:00', '2026-11-27 17:30'],
  ])('dispatched %s, at most until %s: 5 in total', (dispatched, at) => {
    expect(shown(extendedDue(moment(dispatched), shanghai).at)).toBe(at)
  })
})

describe('returnableUntil', () => {
  it.each([
    ['2026-11-20 10:00', '2026-11-23 17:30'],
    ['2026-11-20 23:59', '2026-11-23 17:30'],
    ['2026-09-30 10:00', '2026-10-08 17:30'],
  ])('dispatched %s, until %s', (dispatched, at) => {
    expect(shown(returnableUntil(moment(dispatched), shanghai))).toBe(at)
  })
})

describe('resumedDue', () => {
  it.each([
    // Due on Friday, paused on Wednesday: two working days were left.
    ['2026-11-25 10:00', '2026-11-27 17:30', '2026-12-07 09:00', '2wd', '2026-12-09 17:30'],
    // Paused on the due day, after it, and on the day before a long holiday.
    ['2026-11-27 16:00', '2026-11-27 17:30', '2026-12-07 09:00', '1wd', '2026-12-08 17:30'],
    ['2026-11-30 10:00', '2026-11-27 17:30', '2026-12-07 09:00', '1wd', '2026-12-08 17:30'],
    ['2026-09-30 10:00', '2026-10-09 17:30', '2026-10-12 09:00', '2wd', '2026-10-14 17:30'],
  ])('paused %s, due %s, resumed %s: %s, %s', (suspended, dueAt, now, policy, at) => {
    const resumed = resumedDue(
      { policy: workingDays(3), dueAt: moment(dueAt), suspendedAt: moment(suspended) },
      moment(now),
      shanghai,
    )
    expect(formatPolicy(resumed.policy, shanghai.hours.timezone)).toBe(policy)
    expect(shown(resumed.due.at)).toBe(at)
  })

  it('of a moment that was named counts working days too', () => {
    const policy: Policy = { kind: 'until', at: moment('2026-11-27 12:00') }
    const resumed = resumedDue(
      { policy, dueAt: policy.at, suspendedAt: moment('2026-11-24 10:00') },
      moment('2026-12-01 10:00'),
      shanghai,
    )
    expect(resumed.policy).toEqual(workingDays(3))
    expect(shown(resumed.due.at)).toBe('2026-12-04 17:30')
  })

  it.each([
    ['2026-11-20 10:30', '2026-11-23 11:30'],
    ['2026-11-20 11:59', '2026-11-23 11:00'],
    ['2026-11-20 13:00', '2026-11-23 11:00'],
  ])('by the clock, paused %s, resumed at ten on Monday: until %s', (suspended, at) => {
    const policy: Policy = { kind: 'hours', hours: 2 }
    const paused = { policy, dueAt: moment('2026-11-20 12:00'), suspendedAt: moment(suspended) }
    expect(resumedDue(paused, moment('2026-11-23 10:00'), shanghai)).toEqual({
      policy,
      due: { at: moment(at), provisional: false },
    })
  })

  it('never gives more working days than were left, and never none', () => {
    fc.assert(
      fc.property(
        anyOffice,
        anyInstant,
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 30 }),
        (office, dispatched, days, pause) => {
          const { timezone } = office.hours
          const dueAt = due(workingDays(days + 1), dispatched, office).at
          const now = dispatched + pause * 86_400_000
          const resumed = resumedDue(
            { policy: workingDays(days + 1), dueAt, suspendedAt: dispatched },
            now,
            office,
          )
          expect(workdaysBetween(localDate(now, timezone), localDate(resumed.due.at, timezone), office)).toBe(
            days + 1,
          )
        },
      ),
    )
  })
})

describe('closeOf', () => {
  it('is close of business in the office, winter and summer', () => {
    const newYork = officeIn('America/New_York')
    expect(closeOf('2026-07-01', newYork)).toBe(Date.parse('2026-07-01T21:30:00Z'))
    expect(closeOf('2026-12-01', newYork)).toBe(Date.parse('2026-12-01T22:30:00Z'))
  })
})
