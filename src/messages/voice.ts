import type { LocalDate } from '../domain/time.ts'
import { localDate, localTime, weekday } from '../domain/time.ts'
import { en } from './wording/en.ts'
import { zhCN } from './wording/zh-cn.ts'
import type { Wording } from './wording.ts'

export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

/** How the bot speaks: the wording of one locale, and times as people of one zone read them. */
export interface Voice {
  locale: Locale
  timezone: string
  t: Wording
  /** `11月25日（周三）17:30`, with the year where it is not the current one. */
  moment(at: number): string
  date(date: LocalDate): string
}

const wordings = { 'zh-CN': zhCN, en } satisfies Record<Locale, Wording>

export function createVoice(locale: Locale, timezone: string, clock: { now(): number }): Voice {
  const t = wordings[locale]
  function date(day: LocalDate): string {
    const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number]
    const thisYear = localDate(clock.now(), timezone).slice(0, 4) === day.slice(0, 4)
    return t.time.date(thisYear ? null : year, month, dayOfMonth, weekday(day))
  }
  function moment(at: number): string {
    return t.time.moment(date(localDate(at, timezone)), localTime(at, timezone))
  }
  return { locale, timezone, t, date, moment }
}
