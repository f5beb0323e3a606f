import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CalendarDay, workCalendar, workdayFrom } from '../../src/domain/calendar.ts'
import { addDays, weekday } from '../../src/domain/time.ts'

const official = workCalendar()

/** The shape of a year's official table, on invented days. */
function tableOf(year: number, more: CalendarDay[] = []): CalendarDay[] {
  const holidays = ['01-01', '02-08', '02-09', '02-10', '10-01', '10-04'].map((day) => ({
    date: `${year}-${day}`,
    workday: false,
  }))
  return [...holidays, { date: `${year}-10-09`, workday: true, name: '补班' }, ...more]
}

describe('the official calendar', () => {
  it.each([
    ['2026-01-04', true, 'a make-up Sunday'],
    ['2026-02-14', true, 'a make-up Saturday before the Spring Festival'],
    ['2026-02-16', false, 'Spring Festival'],
    ['2026-02-23', false, 'Spring Festival, a Monday'],
    ['2026-02-28', true, 'a make-up Saturday'],
    ['2026-09-20', true, 'a make-up Sunday'],
    ['2026-09-30', true, 'a plain Wednesday'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-07', false, 'the last of the holidays'],
    ['2026-10-10', true, 'a make-up Saturday'],
    ['2026-10-11', false, 'a plain Sunday'],
    ['2020-01-31', false, 'the Spring Festival that was prolonged'],
  ])('%s is a workday: %s (%s)', (date, workday) => {
    expect(official.isWorkday(date)).toBe(workday)
  })

  it('covers the years that it has a table for, and says which is the last', () => {
    expect(official.covers('2026-12-31')).toBe(true)
    expect(official.covers('2004-01-01')).toBe(true)
    expect(official.covers('2003-12-31')).toBe(false)
    const last = official.lastCoveredYear()
    expect(last).toBeGreaterThanOrEqual(2026)
    expect(official.covers(`${last}-06-01`)).toBe(true)
    expect(official.covers(`${last + 1}-06-01`)).toBe(false)
  })

  it('has a plausible table for every year that it covers', () => {
    for (let year = 2004; year <= official.lastCoveredYear(); year++) {
      expect(official.covers(`${year}-07-01`)).toBe(true)
      expect(official.isWorkday(`${year}-10-01`)).toBe(false)
      let workdays = 0
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
        if (official.isWorkday(day)) workdays += 1
      }
      expect(workdays).toBeGreaterThanOrEqual(244)
      expect(workdays).toBeLessThanOrEqual(256)
    }
  })

  it('takes Monday to Friday for work where it has no table', () => {
    const years = fc.integer({ min: official.lastCoveredYear() + 1, max: 2090 })
    fc.assert(
      fc.property(years, fc.integer({ min: 0, max: 364 }), (year, n) => {
        const date = addDays(`${year}-01-01`, n)
        expect(official.covers(date)).toBe(false)
        expect(official.isWorkday(date)).toBe(weekday(date) <= 5)
      }),
    )
  })
})

describe('a loaded table', () => {
  it('covers its year', () => {
    const calendar = workCalendar(tableOf(2027))
    expect(calendar.covers('2027-06-01')).toBe(true)
    expect(calendar.lastCoveredYear()).toBe(2027)
    expect(calendar.isWorkday('2027-10-01')).toBe(false)
    expect(calendar.isWorkday('2027-10-09')).toBe(true)
    expect(calendar.isWorkday('2027-10-08')).toBe(true)
    expect(calendar.isWorkday('2027-10-10')).toBe(false)
  })

  it('wins over the official one, of which nothing is left in that year and everything in the others', () => {
    const calendar = workCalendar(tableOf(2026))
    expect(calendar.isWorkday('2026-10-01')).toBe(false)
    expect(calendar.isWorkday('2026-10-02')).toBe(true)
    expect(calendar.isWorkday('2026-10-10')).toBe(false)
    expect(calendar.isWorkday('2025-10-02')).toBe(false)
  })

  it('may settle days of the years around it without being their table', () => {
    const around = [
      { date: '2026-01-04', workday: false },
      { date: '2026-12-31', workday: false },
      { date: '2028-01-01', workday: false },
      { date: '2028-01-02', workday: true },
    ]
    const calendar = workCalendar(tableOf(2027, around))
    expect(official.isWorkday('2026-01-04')).toBe(true)
    expect(calendar.isWorkday('2026-01-04')).toBe(false)
    expect(calendar.isWorkday('2026-12-31')).toBe(false)
    expect(calendar.isWorkday('2026-10-01')).toBe(false)
    expect(calendar.isWorkday('2026-10-10')).toBe(true)
    expect(calendar.isWorkday('2028-01-02')).toBe(true)
    expect(calendar.covers('2028-01-02')).toBe(false)
    expect(calendar.lastCoveredYear()).toBe(2027)
  })

  it('may be as short as a single day', () => {
    expect(workCalendar([{ date: '2027-01-01', workday: false }]).covers('2027-10-01')).toBe(true)
  })

  it('beyond a gap does not hide the gap', () => {
    const calendar = workCalendar(tableOf(2028))
    expect(calendar.covers('2028-06-01')).toBe(true)
    expect(calendar.covers('2027-06-01')).toBe(false)
    expect(calendar.lastCoveredYear()).toBe(2026)
  })
})

describe('workdayFrom', () => {
  it.each([
    ['2026-11-30', '2026-11-30'],
    ['2026-11-28', '2026-11-30'],
    ['2026-10-01', '2026-10-08'],
    ['2026-10-10', '2026-10-10'],
  ])('%s → %s', (date, workday) => {
    expect(workdayFrom(date, official)).toBe(workday)
  })
})
