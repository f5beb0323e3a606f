import type { Assignment } from '../domain/assignment.ts'
import type { AuditEntry } from '../domain/event.ts'
import { percent, type Rate } from '../domain/rates.ts'
import { type DepartmentTotals, dispatchedParts, openOf, type Totals } from '../domain/totals.ts'
import { eventDetail, whoActed } from './event-words.ts'
import type { Block, Field, Message, Tone } from './message.ts'
import type { Voice } from './voice.ts'

/** All totals, and the departments, worst first. */
export function statusMessage(
  totals: Totals,
  departments: DepartmentTotals[],
  voice: Voice,
  now: number,
): Message {
  const { t } = voice
  if (totals.collected === 0) {
    return { title: t.status.title, tone: 'info', blocks: [{ kind: 'text', text: t.status.empty }] }
  }
  const blocks: Block[] = [
    { kind: 'note', text: t.status.asOf(voice.moment(now)) },
    { kind: 'fields', fields: totalsFields(totals, voice) },
    { kind: 'fields', fields: rateFields(totals, voice) },
    { kind: 'note', text: t.status.rateNote },
  ]
  if (departments.length > 0) blocks.push(...departmentBlocks(departments, voice))
  return { title: t.status.title, tone: totals.overdue > 0 ? 'warning' : 'info', blocks }
}

/** One department: its totals and what is open with it. */
export function departmentStatusMessage(totals: DepartmentTotals, voice: Voice, now: number): Message {
  const { t } = voice
  return {
    title: t.status.departmentTitle(totals.department),
    tone: totals.overdue > 0 ? 'warning' : 'info',
    blocks: [
      { kind: 'note', text: t.status.asOf(voice.moment(now)) },
      { kind: 'fields', fields: totalsFields(totals, voice) },
      { kind: 'fields', fields: [...rateFields(totals, voice), returnsField(totals, voice)] },
      { kind: 'note', text: t.status.rateNote },
    ],
  }
}

export function totalsFields(totals: Totals, { t }: Voice): Field[] {
  const always = [
    'dispatched',
    'unacknowledged',
    'working',
    'review',
    'in_progress',
    'resolved',
    'mostly_resolved',
  ]
  const outside = ['collected', 'waiting', 'merged', 'declined'] as const
  const keys = [...outside, 'dispatched', ...dispatchedParts, 'overdue'] as const
  return keys
    .filter((key) => totals[key] > 0 || always.includes(key) || key === 'collected' || key === 'overdue')
    .filter((key) => totals.collected > 0 || !outside.some((name) => name === key))
    .map((key) => ({
      label: t.status.totals[key],
      value: String(totals[key]),
      tone: key === 'overdue' && totals.overdue > 0 ? ('danger' as Tone) : undefined,
    }))
}

export function rateFields(totals: Totals, voice: Voice): Field[] {
  const { t } = voice
  return (['rate_3wd', 'rate_7d'] as const).map((key) => ({
    label: t.status.totals[key],
    value: rateWords(totals[key], voice),
  }))
}

/** How much of what was dispatched to it came back: of whatever age, for a return needs no time to be over. */
function returnsField({ returns }: DepartmentTotals, voice: Voice): Field {
  const { t } = voice
  const value = returns.m === 0 ? t.none : rateWords(returns, voice)
  return { label: t.requests.returned.rate, value }
}

export function rateWords(rate: Rate, { t }: Voice): string {
  const shown = percent(rate)
  return shown === null ? t.status.noRate : t.status.rate(rate.n, rate.m, shown)
}

export function departmentBlocks(departments: DepartmentTotals[], voice: Voice): Block[] {
  const { t } = voice
  const { columns } = t.status
  return [
    { kind: 'text', text: t.status.departments, strong: true },
    {
      kind: 'table',
      columns: [
        { key: 'department', label: columns.department },
        { key: 'open', label: columns.open, align: 'right' },
        { key: 'overdue', label: columns.overdue, align: 'right' },
        { key: 'solved', label: columns.solved, align: 'right' },
        { key: 'rate', label: columns.rate, align: 'right' },
      ],
      rows: departments.map((row) => ({
        department: row.department,
        open: String(openOf(row)),
        overdue: String(row.overdue),
        solved: String(row.resolved + row.mostly_resolved),
        rate: row.rate_3wd.m === 0 ? t.reports.comparison.none : rateWords(row.rate_3wd, voice),
      })),
    },
    ...returnsNote(departments, voice),
    ...openChart(departments, voice),
  ]
}

/** Below the table, which has no room for it on a phone; of those alone from whom something came back. */
function returnsNote(departments: DepartmentTotals[], voice: Voice): Block[] {
  const { t } = voice
  const rates = departments
    .filter(({ returns }) => returns.n > 0)
    .map(({ department, returns }) => t.requests.returned.rateOf(department, rateWords(returns, voice)))
  return rates.length === 0 ? [] : [{ kind: 'note', text: t.requests.returned.rates(t.list(rates)) }]
}

/** What is open with whom, and how much of it is late; departments with nothing open have no bar. */
function openChart(departments: DepartmentTotals[], { t }: Voice): Block[] {
  const busy = departments.filter((row) => openOf(row) > 0)
  if (busy.length === 0) return []
  return [
    {
      kind: 'chart',
      chart: {
        type: 'bar',
        title: t.status.chart,
        tones: { [t.overdue]: 'danger', [t.status.open]: 'info' },
        values: busy.flatMap((row) => [
          { label: row.department, value: row.overdue, group: t.overdue },
          { label: row.department, value: openOf(row) - row.overdue, group: t.status.open },
        ]),
      },
    },
  ]
}

/** One item with its whole history. */
export function itemStatusMessage(
  item: { code: number; title: string; fields: Field[]; quote: Block[]; afterwards: Field[] },
  assignments: { assignment: Assignment; fields: Field[] }[],
  history: AuditEntry[],
  voice: Voice,
): Message {
  const { t } = voice
  const blocks: Block[] = [{ kind: 'fields', fields: item.fields }, ...item.quote]
  if (assignments.length === 0) blocks.push({ kind: 'text', text: t.status.notDispatched })
  for (const { assignment, fields } of assignments) {
    blocks.push({ kind: 'divider' })
    blocks.push({ kind: 'text', text: assignment.department.name, strong: true })
    blocks.push({ kind: 'fields', fields })
  }
  if (item.afterwards.length > 0) {
    blocks.push({ kind: 'divider' })
    blocks.push({ kind: 'text', text: t.closing.afterwards, strong: true })
    blocks.push({ kind: 'fields', fields: item.afterwards })
  }
  blocks.push({ kind: 'divider' })
  blocks.push({ kind: 'text', text: t.status.history, strong: true })
  blocks.push({ kind: 'entries', entries: history.map((entry) => historyEntry(entry, voice)) })
  return { title: t.item(item.code, item.title), tone: 'info', blocks }
}

function historyEntry(entry: AuditEntry, voice: Voice) {
  const { t } = voice
  return {
    text: t.beside(t.events[entry.what], ...whoActed(entry, voice), eventDetail(entry, voice)),
    note: voice.moment(entry.at),
  }
}
