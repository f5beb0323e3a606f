import type { Period, PeriodKind } from '../domain/period.ts'
import { percent, percentPoints, type Rate } from '../domain/rates.ts'
import type { PeriodCounts, PeriodNumbers } from '../domain/report.ts'
import type { LocalDate } from '../domain/time.ts'
import { type DepartmentTotals, openOf, type Totals } from '../domain/totals.ts'
import { listLength, type OverdueRow, overdueEntries } from './lists.ts'
import type { Block, Field, Message } from './message.ts'
import { rateFields, totalsFields } from './status.ts'
import type { Voice } from './voice.ts'
import type { Wording } from './wording.ts'

export interface ReportData {
  period: Period
  numbers: PeriodNumbers
  /** Of the period before, to compare with. */
  before: PeriodNumbers
  /** What stands now; only where the period runs still. */
  standing?: {
    at: number
    today: LocalDate
    totals: Totals
    departments: DepartmentTotals[]
    /** What is late, for those who may read of single items. */
    overdue?: OverdueRow[]
  }
}

/** The numbers of a day, a week or a month. */
export function reportMessage(data: ReportData, voice: Voice): Message {
  const { t } = voice
  const { period, standing } = data
  const [year, month] = period.first.split('-').map(Number) as [number, number]
  const titles: Record<PeriodKind, () => string> = {
    day: () => t.reports.titles.day(voice.date(period.first)),
    week: () => t.reports.titles.week(voice.date(period.first), voice.date(lastDay(data))),
    month: () => t.reports.titles.month(year, month),
  }
  const asOf: Block[] = standing ? [{ kind: 'note', text: t.status.asOf(voice.moment(standing.at)) }] : []
  return {
    title: titles[period.kind](),
    tone: 'info',
    blocks: [...asOf, ...reportBlocks(data, voice)],
  }
}

export function reportBlocks(data: ReportData, voice: Voice): Block[] {
  return [
    ...(data.period.kind === 'day' ? dayBlocks(data, voice) : comparisonBlocks(data, voice)),
    ...overdueBlocks(data, voice),
    ...departmentBlocks(data, voice),
  ]
}

/** Of a week that runs still: today. */
export function lastDay({ period, standing }: ReportData): LocalDate {
  return standing?.today ?? period.last
}

const rateKeys = ['rate_3wd', 'rate_7d'] as const
const countKeys = ['collected', 'dispatched', 'solved', 'returned'] as const

function dayBlocks(data: ReportData, voice: Voice): Block[] {
  const { numbers, standing } = data
  const { counts, count, overdueNow } = voice.t.reports
  const when = whenOf(data, voice.t)
  const fields: Field[] = countKeys.map((key) => ({
    label: count(when, counts[key]),
    value: String(numbers[key]),
  }))
  if (standing) {
    const { overdue } = standing.totals
    fields.push({ label: overdueNow, value: String(overdue), tone: overdue > 0 ? 'danger' : 'success' })
  }
  return [{ kind: 'fields', fields }, ...standingBlocks(data, voice)]
}

/** What a week or a month brought, beside the one before. */
function comparisonBlocks(data: ReportData, voice: Voice): Block[] {
  const { t } = voice
  const { period, numbers, before, standing } = data
  const { comparison, counts } = t.reports
  const { past, earlier } = t.reports.when
  const when = whenOf(data, t)
  const whenBefore = (standing ? past : earlier)[period.kind]
  const rows = [
    ...countKeys.map((key) => ({
      what: counts[key],
      now: String(numbers[key]),
      before: String(before[key]),
      change: signed(numbers[key] - before[key]) ?? comparison.same,
    })),
    ...rateKeys.map((key) => ({
      what: t.status.totals[key],
      now: percent(numbers[key]) ?? comparison.none,
      before: percent(before[key]) ?? comparison.none,
      change: rateChange(numbers[key], before[key], t),
    })),
  ]
  // Beside the table: in it a phone would break them.
  const behind = rateKeys.flatMap((key): Block[] => {
    const parts = [
      { when, ...numbers[key] },
      { when: whenBefore, ...before[key] },
    ].filter(({ m }) => m > 0)
    const said = parts.map((rate) => comparison.rate(rate.when, rate.n, rate.m))
    return said.length === 0 ? [] : [{ kind: 'note', text: comparison.rates(t.status.totals[key], said) }]
  })
  return [
    {
      kind: 'table',
      columns: [
        { key: 'what', label: comparison.what },
        { key: 'now', label: when, align: 'right' },
        { key: 'before', label: whenBefore, align: 'right' },
        { key: 'change', label: comparison.change, align: 'right' },
      ],
      rows,
    },
    ...behind,
    { kind: 'note', text: t.reports.note },
    { kind: 'note', text: t.status.rateNote },
    ...standingBlocks(data, voice),
  ]
}

function standingBlocks({ standing, period }: ReportData, voice: Voice): Block[] {
  if (!standing) return []
  const { t } = voice
  const rates = period.kind === 'day' ? rateFields(standing.totals, voice) : []
  const fields = totalsFields(standing.totals, voice)
  // A day says it among its own numbers.
  const shown =
    period.kind === 'day' ? fields.filter(({ label }) => label !== t.status.totals.overdue) : fields
  return [
    { kind: 'divider' },
    { kind: 'text', text: t.reports.standing, strong: true },
    { kind: 'fields', fields: [...shown, ...rates] },
  ]
}

function overdueBlocks({ standing }: ReportData, voice: Voice): Block[] {
  const { t } = voice
  const overdue = standing?.overdue ?? []
  if (overdue.length === 0) return []
  const rest = overdue.length - listLength
  return [
    { kind: 'text', text: t.reports.overdueList, strong: true },
    { kind: 'entries', entries: overdueEntries(overdue, voice) },
    ...(rest > 0 ? [{ kind: 'note' as const, text: t.itemList.more(rest) }] : []),
  ]
}

interface Row extends PeriodCounts {
  department: string
  open: number
  overdue: number
}

function departmentBlocks(data: ReportData, voice: Voice): Block[] {
  const { t } = voice
  const { counts, columns } = t.reports
  const rows = departmentRows(data)
  if (rows.length === 0) return []
  const keys = ['dispatched', 'solved', 'returned'] as const
  const nowKeys = data.standing ? (['open', 'overdue'] as const) : []
  return [
    { kind: 'text', text: t.reports.departments(whenOf(data, t), !data.standing), strong: true },
    {
      kind: 'table',
      columns: [
        { key: 'department', label: columns.department },
        ...keys.map((key) => ({ key, label: counts[key], align: 'right' as const })),
        ...nowKeys.map((key) => ({ key, label: columns[key], align: 'right' as const })),
      ],
      rows: rows.map((row) => ({
        department: row.department,
        ...Object.fromEntries([...keys, ...nowKeys].map((key) => [key, String(row[key])])),
      })),
    },
    ...departmentChart(data, rows, voice),
  ]
}

/** Departments of which there is something to say, those with most late and open first. */
function departmentRows({ numbers, standing }: ReportData): Row[] {
  const rows = new Map<string, Row>()
  const nothing = { dispatched: 0, solved: 0, returned: 0, open: 0, overdue: 0 }
  for (const totals of standing?.departments ?? []) {
    const { department, overdue } = totals
    rows.set(department, { ...nothing, department, open: openOf(totals), overdue })
  }
  for (const own of numbers.departments) {
    rows.set(own.department, { ...nothing, ...rows.get(own.department), ...own })
  }
  return [...rows.values()].filter((row) => row.dispatched + row.solved + row.returned + row.open > 0)
}

/** Three parts that never overlap: solved in the period, open and late, open in time. */
function departmentChart(data: ReportData, rows: Row[], { t }: Voice): Block[] {
  const when = whenOf(data, t)
  const isOver = !data.standing
  const solved = t.reports.count(when, t.reports.counts.solved)
  const shown = rows.filter((row) => row.solved + (isOver ? 0 : row.open) > 0)
  if (shown.length === 0) return []
  const parts = shown.flatMap((row) => [
    { label: row.department, value: row.solved, group: solved },
    { label: row.department, value: isOver ? 0 : row.overdue, group: t.overdue },
    { label: row.department, value: isOver ? 0 : row.open - row.overdue, group: t.status.open },
  ])
  // What no department has needs no place in the legend.
  const values = parts.filter((part) => parts.some(({ group, value }) => group === part.group && value > 0))
  const tones = { [solved]: 'success', [t.overdue]: 'danger', [t.status.open]: 'info' } as const
  return [{ kind: 'chart', chart: { type: 'bar', title: t.reports.chart(when, isOver), tones, values } }]
}

function whenOf({ period, standing }: ReportData, t: Wording): string {
  return t.reports.when[standing ? 'current' : 'past'][period.kind]
}

function rateChange(now: Rate, before: Rate, t: Wording): string {
  const { comparison } = t.reports
  const [points, earlier] = [percentPoints(now), percentPoints(before)]
  if (points === null || earlier === null) return comparison.none
  const change = signed(Math.round((points - earlier) * 10) / 10)
  return change === null ? comparison.same : comparison.points(change)
}

/** Null where nothing changed. */
function signed(change: number): string | null {
  if (change === 0) return null
  return change > 0 ? `+${change}` : `−${-change}`
}
