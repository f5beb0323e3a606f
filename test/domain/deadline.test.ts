import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closeOf, due, extendedDue } from '../../src/domain/deadline.ts'
import { addWorkdays } from '../../src/domain/office-hours.ts'
import type { Policy } from '../../src/domain/policy.ts'
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

describe('closeOf', () => {
  it('is close of business in the office, winter and summer', () => {
    const newYork = officeIn('America/New_York')
    expect(closeOf('2026-07-01', newYork)).toBe(Date.parse('2026-07-01T21:30:00Z'))
    expect(closeOf('2026-12-01', newYork)).toBe(Date.parse('2026-12-01T22:30:00Z'))
  })
})
