import type { Assignment } from '../domain/assignment.ts'
import type { LocalDate } from '../domain/time.ts'
import type { DepartmentTotals, Totals } from '../domain/totals.ts'
import { listLength, overdueEntries } from './lists.ts'
import type { Block, Message } from './message.ts'
import { departmentBlocks, rateFields, totalsFields } from './status.ts'
import type { Voice } from './voice.ts'

export interface DigestData {
  date: LocalDate
  dispatchedToday: number
  solvedToday: number
  totals: Totals
  departments: DepartmentTotals[]
  /** The last year of the working-day calendar, where that runs out soon. */
  calendarEnd?: number
  overdue: { assignment: Assignment; lateMs: number; contacts: string[] }[]
}

/** The task force's end of a working day: what came, what was solved, what is late. */
export function digestMessage(data: DigestData, voice: Voice): Message {
  const { t } = voice
  const blocks: Block[] = [
    {
      kind: 'fields',
      fields: [
        { label: t.digest.new, value: String(data.dispatchedToday) },
        { label: t.digest.solved, value: String(data.solvedToday) },
        {
          label: t.digest.overdueNow,
          value: String(data.totals.overdue),
          tone: data.totals.overdue > 0 ? 'danger' : 'success',
        },
      ],
    },
    { kind: 'divider' },
    { kind: 'fields', fields: [...totalsFields(data.totals, voice), ...rateFields(data.totals, voice)] },
  ]
  if (data.overdue.length > 0) {
    blocks.push({ kind: 'text', text: t.digest.overdueList, strong: true })
    blocks.push({ kind: 'entries', entries: overdueEntries(data.overdue, voice) })
    const rest = data.overdue.length - listLength
    if (rest > 0) blocks.push({ kind: 'note', text: t.itemList.more(rest) })
  }
  if (data.departments.length > 0) blocks.push(...departmentBlocks(data.departments, voice))
  if (data.calendarEnd !== undefined)
    blocks.push({ kind: 'note', text: t.digest.calendarEnds(data.calendarEnd) })
  return { title: t.digest.title(voice.date(data.date)), tone: 'info', blocks }
}
