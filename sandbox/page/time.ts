import { language, t } from './i18n.ts'

/** A moment as the clock on the wall of a time zone shows it. `month` is 1–12, `weekday` 0 (Sunday) – 6. */
export interface WallTime {
  year: number
  month: number
  day: number
  weekday: number
  hour: number
  minute: number
}

const weekdays = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const formats = new Map<string, Intl.DateTimeFormat>()

export function wallTime(at: number, zone: string): WallTime {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatFor(zone).formatToParts(at)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() }
}

/** `2026-11-30`: the same for all moments of one day in that zone. */
export function dayOf(at: number, zone: string): string {
  return isoDay(wallTime(at, zone))
}

export function isoDay({ year, month, day }: { year: number; month: number; day: number }): string {
  return `${year}-${two(month)}-${two(day)}`
}

/** `09:30` */
export function clockTime(at: number, zone: string): string {
  const { hour, minute } = wallTime(at, zone)
  return `${two(hour)}:${two(minute)}`
}

/** What the separators between two days say: `今天`, `昨天`, `11月20日 周五`. */
export function dayLabel(at: number, now: number, zone: string): string {
  const days = daysBetween(at, now, zone)
  if (days === 0) return t('today')
  if (days === 1) return t('yesterday')
  const wall = wallTime(at, zone)
  return fullDay(wall, wall.year !== wallTime(now, zone).year)
}

/** What the chat list says: the time today, else the day, as short as it stays clear. */
export function shortTime(at: number, now: number, zone: string): string {
  const days = daysBetween(at, now, zone)
  if (days === 0) return clockTime(at, zone)
  if (days === 1) return t('yesterday')
  const wall = wallTime(at, zone)
  if (days > 1 && days < 7) return weekdays[language()][wall.weekday] ?? ''
  const year = wall.year === wallTime(now, zone).year ? '' : String(wall.year)
  if (language() === 'en') return `${wall.day} ${months[wall.month - 1]}${year && ` ${year}`}`
  return `${year && `${year}年`}${wall.month}月${wall.day}日`
}

/** The day and the time, for tooltips and screen readers: `2026年11月20日 周五 09:30`. */
export function fullTime(at: number, zone: string): string {
  return `${fullDay(wallTime(at, zone), true)} ${clockTime(at, zone)}`
}

export function fullDay(wall: WallTime, withYear: boolean): string {
  const weekday = weekdays[language()][wall.weekday]
  if (language() === 'en') {
    return `${weekday} ${wall.day} ${months[wall.month - 1]}${withYear ? ` ${wall.year}` : ''}`
  }
  return `${withYear ? `${wall.year}年` : ''}${wall.month}月${wall.day}日 ${weekday}`
}

/** `2026年11月` · `Nov 2026` */
export function monthLabel(year: number, month: number): string {
  return language() === 'en' ? `${months[month - 1]} ${year}` : `${year}年${month}月`
}

/** The one-letter heads of a calendar's columns, Monday first. */
export function weekdayHeads(): string[] {
  return language() === 'en'
    ? ['M', 'T', 'W', 'T', 'F', 'S', 'S']
    : ['一', '二', '三', '四', '五', '六', '日']
}

/** `+0800`, as the zone's clocks stand at noon of that day. */
export function offsetOn(isoDate: string, zone: string): string {
  const noon = Date.parse(`${isoDate}T12:00:00Z`)
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts(noon)
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  return name === 'GMT' ? '+0000' : name.replace('GMT', '').replace(':', '')
}

/** Whether it is a day of the calendar, written `2026-11-30`. */
export function isIsoDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
}

function daysBetween(earlier: number, later: number, zone: string): number {
  const dayNumber = (at: number) => Date.parse(`${dayOf(at, zone)}T00:00:00Z`) / 86_400_000
  return dayNumber(later) - dayNumber(earlier)
}

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
