import type { Assignment } from '../domain/assignment.ts'
import type { ItemStatus, Source, Urgency } from '../domain/item.ts'
import { dueWords, statusWord, taskEntry } from './assignment.ts'
import { type Entry, line, type Message } from './message.ts'
import type { Voice } from './voice.ts'
import type { Wording } from './wording.ts'

/** How many lines a list shows before it says how many more there are. */
export const listLength = 20

/** A department's open assignments by due time, each with what can be done by those who may. */
export function mineMessage(
  department: string,
  assignments: Assignment[],
  late: ReadonlySet<number>,
  voice: Voice,
  mayAct = true,
): Message {
  const { t } = voice
  if (assignments.length === 0) return line(t.mine.none(department), 'success')
  const entries = assignments.slice(0, listLength).map((assignment): Entry => {
    const { actions, ...shown } = taskEntry(assignment, voice)
    const entry: Entry = mayAct ? { ...shown, actions } : shown
    return late.has(assignment.id)
      ? { ...entry, note: t.beside(t.overdue, entry.note ?? ''), tone: 'danger' }
      : entry
  })
  return listMessage(t.mine.title(department, assignments.length), entries, assignments.length, voice)
}

/** What is late: by how long, and who answers. */
export interface OverdueRow {
  assignment: Assignment
  lateMs: number
  contacts: string[]
}

/** Longest first. */
export function overdueMessage(rows: OverdueRow[], voice: Voice): Message {
  const { t } = voice
  if (rows.length === 0) return line(t.overdueList.none, 'success')
  return {
    ...listMessage(t.overdueList.title(rows.length), overdueEntries(rows, voice), rows.length, voice),
    tone: 'danger',
  }
}

export function overdueEntries(rows: OverdueRow[], voice: Voice): Entry[] {
  const { t } = voice
  return rows.slice(0, listLength).map(({ assignment, lateMs, contacts }) => ({
    text: t.item(assignment.item.code, assignment.item.title),
    note: t.overdueList.entry(
      departmentWords(assignment, t),
      durationWords(lateMs, voice),
      contacts.length > 0 ? t.list(contacts) : t.none,
    ),
    tone: 'danger',
    actions: [
      {
        label: t.assignment.nudge,
        style: 'default',
        command: 'nudge',
        args: { item: assignment.item.code },
      },
    ],
  }))
}

/** The totals count an item by its lead department: who works beside that is called a co-department. */
function departmentWords({ department: { name }, part }: Assignment, t: Wording): string {
  return part === 'co' ? t.assignment.part(name, t.parts.co) : name
}

export interface UndispatchedLine {
  code: number
  title: string
  source: Source
  urgency: Urgency
  status: ItemStatus
}

/** The task list: what no department has yet, then what is with the departments. */
export function itemListMessage(
  undispatched: UndispatchedLine[],
  assignments: Assignment[],
  total: number,
  voice: Voice,
): Message {
  const { t } = voice
  if (total === 0) return line(t.itemList.none)
  const entries: Entry[] = [
    ...undispatched.map((item) => ({
      text: t.item(item.code, item.title),
      note: t.itemList.undispatched(
        t.sources[item.source],
        t.urgencies[item.urgency],
        t.itemStatuses[item.status],
      ),
    })),
    ...assignments.map((assignment) => ({
      text: t.item(assignment.item.code, assignment.item.title),
      note: t.itemList.entry(
        departmentWords(assignment, t),
        statusWord(assignment, voice),
        dueWords(assignment, voice),
      ),
    })),
  ]
  const title = t.itemList.title(total)
  return listMessage(title, entries.slice(0, listLength), total, voice, t.itemList.moreToNarrow)
}

export function durationWords(ms: number, { t }: Voice): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000))
  const days = Math.floor(minutes / 1440)
  return t.time.duration(days, Math.floor((minutes % 1440) / 60), minutes % 60)
}

function listMessage(
  title: string,
  entries: Entry[],
  total: number,
  { t }: Voice,
  more = t.itemList.more,
): Message {
  const rest = total - entries.length
  return {
    title,
    tone: 'info',
    blocks: [
      { kind: 'entries', entries },
      ...(rest > 0 ? [{ kind: 'note' as const, text: more(rest) }] : []),
    ],
  }
}
