import type { Office } from '../office-hours.ts'
import { addWorkdays } from '../office-hours.ts'
import { addDays, isLocalDate, type LocalDate, weekday } from '../time.ts'
import { numberOf, numeral } from './numerals.ts'

export interface FoundDate {
  start: number
  end: number
  /** Null for one that no calendar has, 11月31日. */
  date: LocalDate | null
  /** Whether the text sets it as a limit: 11月30日前, 3个工作日内, by Friday. */
  limit: boolean
}

interface Day {
  today: LocalDate
  office: Office
}

type Groups = Record<string, string | undefined>

interface Form {
  pattern: RegExp
  /** Undefined where the words turn out to be no date at all. */
  read: (found: Groups, day: Day) => LocalDate | null | undefined
}

/** Every date that a canonical text names, in its order: as a rule the day that closes a stretch, 月底 the last of it. */
export function findDates(text: string, today: LocalDate, office: Office): FoundDate[] {
  const found = forms
    .flatMap(({ pattern, read }, rank) =>
      [...text.matchAll(pattern)].map((match) => ({
        match,
        rank,
        date: read(match.groups ?? {}, { today, office }),
      })),
    )
    .map(({ match, rank, date }) => ({ start: match.index, end: match.index + match[0].length, rank, date }))
    .sort((a, b) => a.start - b.start || a.rank - b.rank)

  const dates: FoundDate[] = []
  let end = 0
  for (const { date, ...at } of found) {
    if (at.start < end || date === undefined || beginning.test(text.slice(at.end, at.end + 3))) continue
    end = at.end
    dates.push({ start: at.start, end, date, limit: isLimit(text, at.start, end) })
  }
  return dates
}

/** 12月1日起: when something begins. */
const beginning = /^(?:起|以来|开始|至今)/u

function isLimit(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 12), start)
  return (
    /(?:[内前底]|[月年度]末|今晚)$|within|end of/i.test(text.slice(start, end)) ||
    /^(?:[上下中]午|晚上?)?(?:下班)?(?:之|以)?前/.test(text.slice(end)) ||
    /(?:by|before|until|till|no later than)\s(?:the\s)?$|[至到]$/i.test(before)
  )
}

const workdayWords = '(?:个?工作日|working days?|business days?|work days?)'
const chineseUnit = '(?<unit>个?工作日|天|日|个?(?:周|星期|礼拜)|个?月|个?小时)'
const englishNumber = '(?<n>\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)'
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName = `(?<month>(?:${months.join('|')})[a-z]{0,6})\\.?`
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const weekdayName = `(?<day>(?:${weekdays.join('|')})(?:day|sday|nesday|rsday|urday)?)`
const finishing = '完成|解决|办结|办完|搞定|修复|修好|完工|整改|答复|反馈'

const forms: Form[] = [
  form(
    '(?<!\\d)(?<y>20\\d\\d)\\s?[年\\-/.]\\s?(?<m>\\d{1,2})\\s?[月\\-/.]\\s?(?<d>\\d{1,2})[日号]?(?!\\d)',
    (f) => dateOf(Number(f.y), Number(f.m), Number(f.d)),
  ),
  form(`(?<which>20\\d\\d年|[今明]年)?(?<![\\d个])(?<m>${numeral})月(?<d>${numeral})[日号]?`, (f, day) => {
    const [m, d] = [numberOf(f.m ?? ''), numberOf(f.d ?? '')]
    return f.which ? dateOf(yearNamed(f.which, day), m, d) : comingDate(m, d, day)
  }),
  form(
    `(?<which>20\\d\\d年|[今明]年)?(?<![\\d个第])(?<m>${numeral})月(?:份)?(?<part>底|末|之?内|上旬|中旬|下旬|初|中)?(?!\\d)`,
    (f, day) => {
      const m = numberOf(f.m ?? '')
      if (!(m >= 1 && m <= 12)) return m > 12 && m < 100 ? null : undefined
      const year = f.which ? yearNamed(f.which, day) : yearOfComingMonth(m, day)
      return partOfMonth(year, m, f.part)
    },
  ),
  form(
    '(?<which>本|这个|当|下个?|次)月(?:(?<d>\\d{1,2})[日号]|(?<part>底|末|之?内|上旬|中旬|下旬|初|中)?)',
    (f, day) => {
      const ahead = /[下次]/.test(f.which ?? '') ? 1 : 0
      const [year, m] = monthAhead(day.today, ahead)
      return f.d ? dateOf(year, m, Number(f.d)) : partOfMonth(year, m, f.part)
    },
  ),
  form('月[底末]', (_, day) => partOfMonth(...monthAhead(day.today, 0), '底')),
  form('(?<which>[今明]|20\\d\\d)?年[底末内]', (f, day) =>
    dateOf(f.which ? yearNamed(`${f.which}年`, day) : yearOf(day.today), 12, 31),
  ),
  form('(?<which>20\\d\\d年|[今明]年)?(?<q>[一二三四1-4])季度[末内底]?', (f, day) => {
    const year = f.which ? yearNamed(f.which, day) : yearOf(day.today)
    return partOfMonth(year, numberOf(f.q ?? '') * 3, '底')
  }),
  form('(?<feast>元旦|五一|国庆)(?:节|假期)?(?=之?前|以前)', (f, day) => {
    const [m, d] = { 元旦: [12, 31], 五一: [4, 30], 国庆: [9, 30] }[f.feast ?? ''] ?? []
    return m && d ? comingDate(m, d, day) : undefined
  }),
  form(`(?<n>${numeral}|半)${chineseUnit}(?:之|以)?内`, duration),
  form(`(?<n>${numeral})(?<unit>个?工作日)(?=${finishing})`, duration),
  form(`within ${englishNumber} (?<unit>${workdayWords}|days?|weeks?|months?|hours?)`, duration),
  form(`in ${englishNumber} (?<unit>${workdayWords}|days?|weeks?|months?|hours?)`, duration),
  form(
    '(?<!每)(?<which>上|本|这个?|下下|下个?)?(?:周|星期|礼拜)(?<day>[一二三四五六日天末]|[1-6](?!\\d|个|[天周月]))',
    (f, day) => chineseWeekday(f.which ?? '', f.day ?? '', day),
  ),
  form('(?<which>本|这|下下|下个?)周(?:之?内|末)?(?![一二三四五六日天\\d])', (f, day) =>
    endOfWeek((f.which ?? '').startsWith('下') ? (f.which ?? '').replace('个', '').length : 0, day),
  ),
  form('大后[天日]', (_, { today }) => addDays(today, 3)),
  form('后[天日](?!性)', (_, { today }) => addDays(today, 2)),
  form('明[天日早晚儿](?!显)', (_, { today }) => addDays(today, 1)),
  form('今[天日早晚](?!后)|当[天日]', (_, { today }) => today),
  form('昨[天日晚]', (_, { today }) => addDays(today, -1)),
  form('前天', (_, { today }) => addDays(today, -2)),
  form(
    `(?<![\\d第月#.-])(?<d>${numeral})(?:号(?!楼|线|门|院|路|桥|井|泵|地块|[事工件单交督派建诉意])|日(?=(?:之|以)?前|${finishing}))`,
    (f, day) => comingDay(numberOf(f.d ?? ''), day),
  ),
  form('(?<![\\d/.-])(?<m>\\d{1,2})[/-](?<d>\\d{1,2})(?![\\d/%-])', (f, day) => monthAndDay(f, day)),
  form(
    `(?<![\\d/.-])(?<m>\\d{1,2})\\.(?<d>\\d{1,2})(?=[日号]?(?:之|以)?前|[日号]|${finishing})`,
    monthAndDay,
  ),
  form(`${monthName}\\s(?<d>\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s(?<y>20\\d\\d))?`, englishDate),
  form(
    `(?<!\\d)(?<d>\\d{1,2})(?:st|nd|rd|th)?\\s(?:of\\s)?${monthName}(?![a-z])(?:,?\\s(?<y>20\\d\\d))?`,
    englishDate,
  ),
  form('(?:the )?day after tomorrow', (_, { today }) => addDays(today, 2)),
  form('(?<![a-z])tomorrow', (_, { today }) => addDays(today, 1)),
  form('(?<![a-z])(?:today|tonight)', (_, { today }) => today),
  form('(?<![a-z])yesterday', (_, { today }) => addDays(today, -1)),
  form('(?<![a-z])end of (?:the |this )?month|month[- ]end', (_, day) =>
    partOfMonth(...monthAhead(day.today, 0), '底'),
  ),
  form('(?<![a-z])end of next month', (_, day) => partOfMonth(...monthAhead(day.today, 1), '底')),
  form('(?<![a-z])end of (?:the |this )?year', (_, day) => dateOf(yearOf(day.today), 12, 31)),
  form('(?<![a-z])(?:end of (?:the |this )?week|this week)', (_, day) => endOfWeek(0, day)),
  form('(?<![a-z])(?:end of next week|next week)', (_, day) => endOfWeek(1, day)),
  form(`(?<![a-z])(?<which>last|this|next)?\\s?${weekdayName}(?![a-z])`, (f, day) => {
    const index = weekdays.findIndex((name) => (f.day ?? '').toLowerCase().startsWith(name)) + 1
    const weeks = { last: -1, this: 0, next: 1 }[(f.which ?? '').toLowerCase()]
    return weeks === undefined ? comingWeekday(index, day) : weekdayOfWeek(weeks, index, day)
  }),
]

function form(source: string, read: Form['read']): Form {
  return { pattern: new RegExp(source, 'giu'), read }
}

function duration(found: Groups, { today, office }: Day): LocalDate | null | undefined {
  const unit = found.unit ?? ''
  if (found.n === '半') return unit.includes('月') ? addDays(today, 15) : undefined
  const n = numberOf(found.n ?? '')
  if (!(n > 0 && n <= 400)) return undefined
  if (/工作日|work|business/i.test(unit)) return addWorkdays(today, n, office)
  if (/小时|hour/i.test(unit)) return addDays(today, Math.ceil(n / 24) - (n < 12 ? 1 : 0))
  if (/周|星期|礼拜|week/i.test(unit)) return addDays(today, n * 7)
  if (/月|month/i.test(unit)) {
    const [year, m] = monthAhead(today, n)
    return dateOf(year, m, Math.min(Number(today.slice(8)), daysIn(year, m)))
  }
  return addDays(today, n)
}

function chineseWeekday(which: string, name: string, day: Day): LocalDate {
  const index = '一二三四五六日'.indexOf(name) + 1 || Number(name) || 7
  if (which === '') return comingWeekday(index, day)
  const weeks = which === '上' ? -1 : which.startsWith('下') ? which.replace('个', '').length : 0
  return weekdayOfWeek(weeks, index, day)
}

function comingWeekday(index: number, { today }: Day): LocalDate {
  return addDays(today, (index - weekday(today) + 7) % 7)
}

function weekdayOfWeek(weeks: number, index: number, { today }: Day): LocalDate {
  return addDays(today, weeks * 7 + index - weekday(today))
}

/** Friday, or Sunday for one who writes at the weekend. */
function endOfWeek(weeks: number, day: Day): LocalDate {
  const friday = weekdayOfWeek(weeks, 5, day)
  return friday < day.today ? weekdayOfWeek(weeks, 7, day) : friday
}

function monthAndDay(found: Groups, day: Day): LocalDate | null | undefined {
  const [m, d] = [Number(found.m), Number(found.d)]
  return m >= 1 && m <= 12 && d >= 1 && d <= 31 ? comingDate(m, d, day) : undefined
}

function englishDate(found: Groups, day: Day): LocalDate | null {
  const m = months.indexOf((found.month ?? '').slice(0, 3).toLowerCase()) + 1
  const d = Number(found.d)
  return found.y ? dateOf(Number(found.y), m, d) : comingDate(m, d, day)
}

/** Without a year it is this year's, or next year's once it is three months over: 1月15日 said in November. */
function comingDate(m: number, d: number, { today }: Day): LocalDate | null {
  const thisYear = dateOf(yearOf(today), m, d)
  const nextYear = dateOf(yearOf(today) + 1, m, d)
  if (thisYear !== null && thisYear >= today) return thisYear
  return nextYear !== null && nextYear <= addDays(today, 275) ? nextYear : thisYear
}

/** 5号 said on the 20th is next month's; 18号 said on the 20th is over. */
function comingDay(d: number, { today }: Day): LocalDate | null {
  const thisMonth = dateOf(...monthAhead(today, 0), d)
  if (thisMonth !== null && thisMonth >= addDays(today, -6) && thisMonth < today) return thisMonth
  return thisMonth !== null && thisMonth >= today ? thisMonth : dateOf(...monthAhead(today, 1), d)
}

function yearOfComingMonth(m: number, { today }: Day): number {
  const behind = Number(today.slice(5, 7)) - m
  return yearOf(today) + (behind > 3 ? 1 : 0)
}

function partOfMonth(year: number, m: number, part: string | undefined): LocalDate | null {
  if (part === '初' || part === '上旬') return dateOf(year, m, 10)
  if (part === '中' || part === '中旬') return dateOf(year, m, 20)
  return dateOf(year, m, daysIn(year, m))
}

function yearNamed(text: string, { today }: Day): number {
  if (text.startsWith('今')) return yearOf(today)
  if (text.startsWith('明')) return yearOf(today) + 1
  return Number(text.slice(0, 4))
}

function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4))
}

function monthAhead(today: LocalDate, n: number): [year: number, month: number] {
  const index = yearOf(today) * 12 + Number(today.slice(5, 7)) - 1 + n
  return [Math.floor(index / 12), (index % 12) + 1]
}

function daysIn(year: number, m: number): number {
  return new Date(Date.UTC(year, m, 0)).getUTCDate()
}

function dateOf(year: number, m: number, d: number): LocalDate | null {
  const text = `${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
  return isLocalDate(text) ? text : null
}
