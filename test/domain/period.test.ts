import { describe, expect, test } from 'vitest'
import { isLastWorkdayOfWeek, periodBefore, periodOf, spanOf } from '../../src/domain/period.ts'
import { moment, officeIn, shanghai } from './offices.ts'

test.each([
  ['day', '2026-11-20', '2026-11-20', '2026-11-20', '2026-11-19', '2026-11-19'],
  ['week', '2026-11-20', '2026-11-16', '2026-11-22', '2026-11-09', '2026-11-15'],
  ['week', '2026-11-16', '2026-11-16', '2026-11-22', '2026-11-09', '2026-11-15'],
  ['week', '2026-11-22', '2026-11-16', '2026-11-22', '2026-11-09', '2026-11-15'],
  ['week', '2027-01-01', '2026-12-28', '2027-01-03', '2026-12-21', '2026-12-27'],
  ['month', '2026-11-20', '2026-11-01', '2026-11-30', '2026-10-01', '2026-10-31'],
  ['month', '2028-02-29', '2028-02-01', '2028-02-29', '2028-01-01', '2028-01-31'],
  ['month', '2027-01-31', '2027-01-01', '2027-01-31', '2026-12-01', '2026-12-31'],
] as const)('the %s of %s', (kind, date, first, last, firstBefore, lastBefore) => {
  const period = periodOf(kind, date)
  expect(period).toEqual({ kind, first, last })
  expect(periodBefore(period)).toEqual({ kind, first: firstBefore, last: lastBefore })
})

test('a period ends where the next one begins, also where the clocks are set back in it', () => {
  expect(spanOf(periodOf('week', '2026-11-20'), 'Asia/Shanghai')).toEqual({
    from: moment('2026-11-16 00:00'),
    to: moment('2026-11-23 00:00'),
  })
  const newYork = officeIn('America/New_York')
  const { from, to } = spanOf(periodOf('day', '2026-11-01'), newYork.hours.timezone)
  expect(from).toBe(moment('2026-11-01 00:00', newYork))
  expect(to - from).toBe(25 * 3_600_000)
})

describe('the last working day of a week', () => {
  test('is Friday', () => {
    expect(lastOnes('2026-11-16', [])).toEqual(['2026-11-20'])
  })

  test('is a make-up Saturday or Sunday', () => {
    expect(lastOnes('2026-11-16', [['2026-11-21', true]])).toEqual(['2026-11-21'])
    expect(lastOnes('2026-11-16', [['2026-11-22', true]])).toEqual(['2026-11-22'])
  })

  test('is Thursday where Friday is off, and there is none in a week off', () => {
    expect(lastOnes('2026-11-16', [['2026-11-20', false]])).toEqual(['2026-11-19'])
    const off = ['16', '17', '18', '19', '20'].map((day): [string, boolean] => [`2026-11-${day}`, false])
    expect(lastOnes('2026-11-16', off)).toEqual([])
  })
})

/** Of the week that begins on that Monday, with these days changed in the year's calendar. */
function lastOnes(monday: string, changed: [date: string, workday: boolean][]): string[] {
  const usual = shanghai.calendar
  const calendar = {
    ...usual,
    isWorkday: (date: string) => changed.find(([day]) => day === date)?.[1] ?? usual.isWorkday(date),
  }
  const day = Number(monday.slice(-2))
  return Array.from({ length: 7 }, (_, index) => `${monday.slice(0, 8)}${day + index}`).filter((date) =>
    isLastWorkdayOfWeek(date, calendar),
  )
}
