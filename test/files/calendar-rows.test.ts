import official from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import { workCalendar } from '../../src/domain/calendar.ts'
import { parseCalendarRows } from '../../src/files/calendar-rows.ts'
import { readContent } from './temp-file.ts'

const fixed = ['2027-01-01,放假,元旦', '2027-05-01,放假,劳动节', '2027-10-01,放假,国庆节']

async function parseCsv(...lines: string[]) {
  return parseCalendarRows(await readContent('.csv', ['日期,类型,名称', ...fixed, ...lines].join('\n')))
}

test('every form of a date and of a kind', async () => {
  const { year, days, faults } = await parseCsv(
    '2027/2/7,holiday,春节',
    '2027年2月14日,调休,',
    '20270220,补班,春节',
    '2027-02-08,休,',
  )
  expect(faults).toEqual([])
  expect(year).toBe(2027)
  expect(days).toEqual([
    { date: '2027-01-01', workday: false, name: '元旦' },
    { date: '2027-05-01', workday: false, name: '劳动节' },
    { date: '2027-10-01', workday: false, name: '国庆节' },
    // A Sunday off anyway may be named as a holiday.
    { date: '2027-02-07', workday: false, name: '春节' },
    { date: '2027-02-14', workday: true },
    { date: '2027-02-20', workday: true, name: '春节' },
    { date: '2027-02-08', workday: false },
  ])
})

test('the holiday table that goes about as JSON, with a day of the year before', async () => {
  const json = JSON.stringify({
    year: 2027,
    days: [
      { name: '元旦', date: '2026-12-31', isOffDay: true },
      { name: '元旦', date: '2027-01-01', isOffDay: true },
      { name: '劳动节', date: '2027-05-01', isOffDay: true },
      { name: '国庆节', date: '2027-10-01', isOffDay: true },
      { name: '国庆节', date: '2027-10-09', isOffDay: false },
    ],
  })
  const { year, days, faults } = parseCalendarRows(await readContent('.json', json))
  expect(faults).toEqual([])
  expect(year).toBe(2027)
  const calendar = workCalendar(days)
  expect(['2026-12-31', '2027-10-09', '2027-10-11'].map(calendar.isWorkday)).toEqual([false, true, true])
  expect(calendar.covers('2027-06-01')).toBe(true)
})

test('the official tables of the last ten years are in order', async () => {
  for (let year = 2017; year <= 2026; year++) {
    const ofYear = ([date]: [string, string]) => date.startsWith(String(year))
    const days = [
      ...Object.entries(official.holidays)
        .filter(ofYear)
        .map(([date]) => ({ date, kind: 'holiday' })),
      ...Object.entries(official.workdays)
        .filter(ofYear)
        .map(([date]) => ({ date, kind: 'workday' })),
    ]
    const parsed = parseCalendarRows(await readContent('.json', JSON.stringify(days)))
    expect(parsed.faults).toEqual([])
    expect([parsed.year, parsed.days.length]).toEqual([year, days.length])
  }
})

describe('faults', () => {
  test.each([
    ['2027-02-30,放假,', { field: 'date', code: 'not-a-date', value: '2027-02-30' }],
    ['2027-02-07 09:00,放假,', { field: 'date', code: 'not-a-date', value: '2027-02-07 09:00' }],
    [',放假,春节', { field: 'date', code: 'required' }],
    ['2027-02-07,,春节', { field: 'kind', code: 'required' }],
    ['2027-02-07,放假吗,', { field: 'kind', code: 'unknown-name', value: '放假吗' }],
    ['2027-02-08,上班,', { field: 'kind', code: 'workday-needless', value: '2027-02-08' }],
    ['2028-02-07,放假,', { field: 'date', code: 'other-year', value: '2028-02-07' }],
    ['2027-05-01,放假,', { field: 'date', code: 'duplicate', value: '2027-05-01', otherLine: 3 }],
    ['2027-05-01,上班,', { field: 'date', code: 'duplicate', value: '2027-05-01', otherLine: 3 }],
  ])('%s', async (line, fault) => {
    const { days, faults } = await parseCsv(line)
    expect(faults).toEqual([{ line: 5, ...fault }])
    expect(days.length).toBe(3)
  })
})

test('half a year is refused', async () => {
  const content = 'date,kind\n2027-01-01,holiday\n2027-02-07,holiday\n2027-05-01,holiday'
  const table = await readContent('.csv', content)
  expect(() => parseCalendarRows(table)).toThrow(
    expect.objectContaining({
      code: 'calendar-incomplete',
      params: { year: 2027, missing: ['2027-10-01'] },
    }),
  )
})

test('an empty list is refused', async () => {
  const table = await readContent('.csv', 'date,kind\n')
  expect(() => parseCalendarRows(table)).toThrow(expect.objectContaining({ code: 'file-empty' }))
})
