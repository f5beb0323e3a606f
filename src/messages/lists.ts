import type { Assignment } from '../domain/assignment.ts'
import type { ItemStatus, Source, Urgency } from '../domain/item.ts'
import { dueWords, statusWord, taskEntry } from './assignment.ts'
import { type Block, type Entry, line, type Message } from './message.ts'
import type { Voice } from './voice.ts'
import type { Wording } from './wording.ts'

/** How many lines a list shows at once. */
export const listLength = 20

/** Which part of a list is shown. */
export interface Page {
  number: number
  length: number
  /** What was asked for beside the page: the next one is asked for in the same words. */
  words: string
}

const firstPage: Page = { number: 1, length: listLength, words: '' }

/** A department's open assignments by due time, each with what can be done by those who may. */
export function mineMessage(
  department: string,
  assignments: Assignment[],
  late: ReadonlySet<number>,
  voice: Voice,
  { mayAct = true, page = firstPage }: { mayAct?: boolean; page?: Page } = {},
): Message {
  const { t } = voice
  if (assignments.length === 0) return line(t.mine.none(department), 'success')
  const entries = shownOn(page, assignments).map((assignment): Entry => {
    const { actions, ...shown } = taskEntry(assignment, voice)
    const entry: Entry = mayAct ? { ...shown, actions } : shown
    return late.has(assignment.id)
      ? { ...entry, note: t.beside(t.overdue, entry.note ?? ''), tone: 'danger' }
      : entry
  })
  const total = assignments.length
  return listMessage({ title: t.mine.title(department, total), entries, total, page, query: 'mine' }, t)
}

/** What is late: by how long, and who answers. */
export interface OverdueRow {
  assignment: Assignment
  lateMs: number
  contacts: string[]
}

/** Longest first. */
export function overdueMessage(rows: OverdueRow[], voice: Voice, page = firstPage): Message {
  const { t } = voice
  const total = rows.length
  if (total === 0) return line(t.overdueList.none, 'success')
  const entries = overdueEntries(shownOn(page, rows), voice)
  const list = { title: t.overdueList.title(total), entries, total, page, query: 'overdue' } as const
  return { ...listMessage(list, t), tone: 'danger' }
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

/** A page of the task list: what no department has yet, then what is with the departments. */
export function itemListMessage(
  undispatched: UndispatchedLine[],
  assignments: Assignment[],
  total: number,
  voice: Voice,
  page = firstPage,
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
  return listMessage({ title, entries, total, page, query: 'list', hint: t.itemList.narrow }, t)
}

export function durationWords(ms: number, { t }: Voice): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000))
  const days = Math.floor(minutes / 1440)
  return t.time.duration(days, Math.floor((minutes % 1440) / 60), minutes % 60)
}

interface List {
  title: string
  /** Those of the page. */
  entries: Entry[]
  total: number
  page: Page
  query: 'mine' | 'overdue' | 'list'
  /** How to get a shorter one. */
  hint?: string
}

function shownOn<T>({ number, length }: Page, all: T[]): T[] {
  return all.slice((number - 1) * length, number * length)
}

function listMessage({ title, entries, total, page, query, hint = '' }: List, t: Wording): Message {
  const { number, length, words } = page
  const pages = Math.ceil(total / length)
  const blocks: Block[] = [{ kind: 'entries', entries }]
  if (pages > 1) blocks.push({ kind: 'note', text: t.paging.page(number, pages) + hint })
  if (number < pages) {
    const next = [`/${t.commands[query].name}`, words, number + 1].filter((word) => word !== '').join(' ')
    blocks.push({ kind: 'note', text: t.paging.next(next) })
  }
  return { title, tone: 'info', blocks }
}
