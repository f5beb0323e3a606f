import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { setLanguage } from '../../sandbox/page/i18n.ts'
import {
  clockTime,
  dayLabel,
  dayOf,
  fullTime,
  isIsoDay,
  offsetOn,
  shortTime,
  wallTime,
} from '../../sandbox/page/time.ts'

const zone = 'Asia/Shanghai'
const at = (local: string) => Date.parse(`${local}+08:00`)
const now = at('2026-11-20T09:00:00')

afterEach(() => setLanguage('zh'))

test.each([
  ['2026-11-20T00:00:00', '00:00', '00:00', '今天'],
  ['2026-11-19T23:59:59', '23:59', '昨天', '昨天'],
  ['2026-11-18T08:05:00', '08:05', '周三', '11月18日 周三'],
  ['2026-11-13T08:05:00', '08:05', '11月13日', '11月13日 周五'],
  ['2025-12-31T08:05:00', '08:05', '2025年12月31日', '2025年12月31日 周三'],
  ['2026-11-21T08:05:00', '08:05', '11月21日', '11月21日 周六'],
])('%s reads %s, in the list %s, between days %s', (local, time, short, day) => {
  expect(clockTime(at(local), zone)).toBe(time)
  expect(shortTime(at(local), now, zone)).toBe(short)
  expect(dayLabel(at(local), now, zone)).toBe(day)
})

test('in English too', () => {
  setLanguage('en')
  expect(fullTime(now, zone)).toBe('Fri 20 Nov 2026 09:00')
  expect(shortTime(at('2025-12-31T08:05:00'), now, zone)).toBe('31 Dec 2025')
  expect(dayLabel(at('2026-11-19T08:00:00'), now, zone)).toBe('Yesterday')
})

test('days and times are the zone’s, not the machine’s', () => {
  expect(dayOf(at('2026-11-20T00:30:00'), zone)).toBe('2026-11-20')
  expect(wallTime(at('2026-11-20T00:30:00'), 'UTC')).toEqual({
    year: 2026,
    month: 11,
    day: 19,
    weekday: 4,
    hour: 16,
    minute: 30,
  })
})

test.each([
  ['2026-11-30', 'Asia/Shanghai', '+0800'],
  ['2026-01-15', 'America/New_York', '-0500'],
  ['2026-07-15', 'America/New_York', '-0400'],
  ['2026-07-15', 'Asia/Kolkata', '+0530'],
  ['2026-07-15', 'UTC', '+0000'],
])('on %s %s is at %s', (day, where, offset) => {
  expect(offsetOn(day, where)).toBe(offset)
})

test.each(['2026-02-30', '2026-13-01', '2026-1-01', '20261130', '', '2026-11-30 ', '0000-00-00'])(
  '%j is no day',
  (text) => {
    expect(isIsoDay(text)).toBe(false)
  },
)

test('every day that a moment falls on is a day of the calendar', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      (date) => {
        expect(isIsoDay(dayOf(date.getTime(), zone))).toBe(true)
      },
    ),
  )
})
