import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  instantAt,
  isLocalDate,
  isStartOfDay,
  localDate,
  localTime,
  parseInstant,
  toIso,
  weekday,
} from '../../src/domain/time.ts'

const shanghai = 'Asia/Shanghai'
const newYork = 'America/New_York'
const zones = fc.constantFrom(
  shanghai,
  newYork,
  'Europe/London',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Pacific/Apia',
  'Asia/Kathmandu',
)
const instants = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2040, 0, 1) })
const dates = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days))

describe('local date and time', () => {
  it.each([
    ['2026-09-30T15:59:59.999Z', shanghai, '2026-09-30', '23:59'],
    ['2026-09-30T16:00:00Z', shanghai, '2026-10-01', '00:00'],
    ['2026-12-31T16:30:00Z', shanghai, '2027-01-01', '00:30'],
    ['2026-03-08T06:59:00Z', newYork, '2026-03-08', '01:59'],
    ['2026-03-08T07:00:00Z', newYork, '2026-03-08', '03:00'],
    ['2026-11-01T05:30:00Z', newYork, '2026-11-01', '01:30'],
    ['2026-11-01T06:30:00Z', newYork, '2026-11-01', '01:30'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31', '00:00'],
  ])('%s in %s is %s %s', (iso, timezone, date, time) => {
    expect(localDate(Date.parse(iso), timezone)).toBe(date)
    expect(localTime(Date.parse(iso), timezone)).toBe(time)
  })

  it('agrees with the zone data at every moment, changes of offset included', () => {
    fc.assert(
      fc.property(instants, zones, (at, timezone) => {
        const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
        expect(localDate(at, timezone)).toBe(local.toPlainDate().toString())
        expect(localTime(at, timezone)).toBe(local.toPlainTime().toString({ smallestUnit: 'minute' }))
      }),
      { numRuns: 1000 },
    )
  })

  it('names an unknown timezone', () => {
    expect(() => localDate(0, 'Asia/Pudong')).toThrow(RangeError)
  })
})

describe('instantAt', () => {
  it.each([
    ['2026-11-30', '17:30', shanghai, '2026-11-30T09:30:00Z'],
    ['2026-03-08', '02:30', newYork, '2026-03-08T07:30:00Z'],
    ['2026-11-01', '01:30', newYork, '2026-11-01T05:30:00Z'],
    ['2026-11-01', '09:00', newYork, '2026-11-01T14:00:00Z'],
  ])('%s %s in %s is %s', (date, time, timezone, iso) => {
    expect(instantAt(date, time, timezone)).toBe(Date.parse(iso))
  })

  it('agrees with the zone data on every day', () => {
    const times = fc.constantFrom('00:00', '01:30', '02:15', '09:00', '23:59')
    fc.assert(
      fc.property(dates, times, zones, (date, time, timezone) => {
        const zoned = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timezone)
        expect(instantAt(date, time, timezone)).toBe(zoned.epochMilliseconds)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['2026-02-30', '09:00'],
    ['2026-11-31', '09:00'],
    ['2026-11-30', '25:00'],
    ['2026-11-30', '24:00'],
    ['tomorrow', '09:00'],
  ])('refuses %s %s', (date, time) => {
    expect(() => instantAt(date, time, shanghai)).toThrow(RangeError)
  })
})

describe('dates', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-07', 2, '2026-03-09'],
    ['2026-11-30', 0, '2026-11-30'],
  ])('%s and %i days is %s', (date, days, result) => {
    expect(addDays(date, days)).toBe(result)
  })

  it('adds what it takes away, and a week keeps the weekday', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -2000, max: 2000 }), (date, days) => {
        expect(addDays(addDays(date, days), -days)).toBe(date)
        expect(weekday(addDays(date, days * 7))).toBe(weekday(date))
        expect(weekday(addDays(date, 1))).toBe((weekday(date) % 7) + 1)
      }),
    )
  })

  it('counts Monday as 1 and Sunday as 7', () => {
    expect(weekday('2026-11-30')).toBe(1)
    expect(weekday('2026-11-29')).toBe(7)
  })

  it('does no arithmetic on what is no date', () => {
    expect(() => addDays('soon', 1)).toThrow(RangeError)
    expect(() => weekday('soon')).toThrow(RangeError)
  })

  it.each(['2026-11-30', '2024-02-29', '2000-02-29'])('%s is a date', (text) => {
    expect(isLocalDate(text)).toBe(true)
  })

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '2026/11/30',
    '2026-11-30T00:00',
    '２０２６-11-30',
    '',
  ])('"%s" is no date', (text) => {
    expect(isLocalDate(text)).toBe(false)
  })

  it('knows the first moment of a day, where the clocks skip midnight too', () => {
    expect(isStartOfDay(instantAt('2026-11-30', '00:00', shanghai), shanghai)).toBe(true)
    expect(isStartOfDay(instantAt('2026-11-30', '00:01', shanghai), shanghai)).toBe(false)
    expect(isStartOfDay(Date.parse('2026-11-30T00:00:00Z'), shanghai)).toBe(false)
    const skipped = instantAt('2026-09-06', '00:00', 'America/Santiago')
    expect(localTime(skipped, 'America/Santiago')).toBe('01:00')
    expect(isStartOfDay(skipped, 'America/Santiago')).toBe(true)
  })
})

describe('ISO text', () => {
  it('carries the offset of the moment', () => {
    expect(toIso(Date.parse('2026-11-30T09:30:00Z'), shanghai)).toBe('2026-11-30T17:30:00+08:00')
    expect(toIso(Date.parse('2026-07-01T12:00:00.25Z'), newYork)).toBe('2026-07-01T08:00:00.25-04:00')
    expect(toIso(Date.parse('2026-12-01T12:00:00Z'), newYork)).toBe('2026-12-01T07:00:00-05:00')
  })

  it('is read back as the same moment, in whatever timezone', () => {
    fc.assert(
      fc.property(instants, zones, zones, (at, written, read) => {
        expect(parseInstant(toIso(at, written), read)).toBe(at)
      }),
    )
  })
})

describe('parseInstant', () => {
  it.each([
    ['2026-11-30 17:30', '2026-11-30T17:30:00+08:00'],
    ['2026-11-30T17:30', '2026-11-30T17:30:00+08:00'],
    ['2026-11-30T17:30:15', '2026-11-30T17:30:15+08:00'],
    ['2026-11-30T17:30:15.5Z', '2026-12-01T01:30:15.5+08:00'],
    ['2026-11-30t17:30z', '2026-12-01T01:30:00+08:00'],
    ['2026-11-30T17:30:00-05:00', '2026-12-01T06:30:00+08:00'],
    ['2026-11-30 17:30 +0800', '2026-11-30T17:30:00+08:00'],
    ['2026/11/30 17:30', '2026-11-30T17:30:00+08:00'],
    ['2026/3/1 9:05', '2026-03-01T09:05:00+08:00'],
    ['2026.11.30', '2026-11-30T00:00:00+08:00'],
    ['2026-11-30', '2026-11-30T00:00:00+08:00'],
    ['  2026-11-30  ', '2026-11-30T00:00:00+08:00'],
    ['2026年11月30日', '2026-11-30T00:00:00+08:00'],
    ['2026年3月1日 9:05', '2026-03-01T09:05:00+08:00'],
    ['2026年11月30日17时30分', '2026-11-30T17:30:00+08:00'],
    ['2026年11月30日17点', '2026-11-30T17:00:00+08:00'],
    ['2026年11月30号 17：30', '2026-11-30T17:30:00+08:00'],
    ['２０２６／１１／３０　１７：３０', '2026-11-30T17:30:00+08:00'],
    ['2026年11月30日24时', '2026-11-30T23:59:59+08:00'],
    ['2026-11-30 24:00', '2026-11-30T23:59:59+08:00'],
  ])('reads %s', (text, iso) => {
    expect(parseInstant(text, shanghai)).toBe(Date.parse(iso))
  })

  it.each([
    '',
    '明天',
    '17:30',
    '11月30日',
    '2026-02-30',
    '2026-11-31 10:00',
    '2026年13月1日',
    '2026-11/30',
    '2026-11-3017:30',
    '2026-11-30 25:00',
    '2026-11-30 24:01',
    '2026-11-30 17:60',
    '2026-11-30 17:30:60',
    '2026-11-30 17',
    '2026-11-30T17:30+99:00',
    '2026-11-30Z',
    '26-11-30',
    '20261130',
    '2026-11-30 17:30前',
  ])('does not read "%s"', (text) => {
    expect(parseInstant(text, shanghai)).toBeNull()
  })

  it('reads any text without failing', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0126-/: TZ年月日时分+') })),
        (text) => {
          const at = parseInstant(text, shanghai)
          expect(at === null || Number.isInteger(at)).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})
