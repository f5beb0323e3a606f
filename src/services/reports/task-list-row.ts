import type { ItemRecord } from '../../db/item-records.ts'
import type { AssignmentStatus } from '../../domain/assignment.ts'
import { isLate } from '../../domain/assignment-time.ts'
import type { Callback, Uptake } from '../../domain/closing.ts'
import { maskPersonal } from '../../domain/masking.ts'
import { localDate, localTime } from '../../domain/time.ts'
import type { TableColumn, TableValue } from '../../files/write-table.ts'
import { statusWord } from '../../messages/assignment.ts'
import type { Voice } from '../../messages/voice.ts'
import type { Wording } from '../../messages/wording.ts'
import type { ItemJsonContext } from './item-json.ts'

type ColumnKey = keyof Wording['files']['columns']

const personalColumns: readonly ColumnKey[] = ['petitioner', 'phone', 'address']
const aside: readonly AssignmentStatus[] = ['returned', 'withdrawn']

/** The columns of a task list, in the locale's words. */
export function taskListColumns({ voice, private: withPersonal }: ItemJsonContext): TableColumn[] {
  const labels = voice.t.files.columns
  return (Object.keys(labels) as ColumnKey[])
    .filter((key) => withPersonal || !personalColumns.includes(key))
    .map((key) => ({ key, label: labels[key] }))
}

/** An item as one row: of its newest round, what the lead department has done. */
export function taskListRow(
  { item, reports, assignments, afterwards, events }: ItemRecord,
  contacts: ReadonlyMap<number, string[]>,
  context: ItemJsonContext,
): Partial<Record<ColumnKey, TableValue>> {
  const { voice } = context
  const { t } = voice
  const text = (words: string) => (context.private ? words : maskPersonal(words))
  const moment = (at: number | null | undefined) => (at ? momentText(at, context) : null)

  const round = Math.max(0, ...assignments.map(({ assignment }) => assignment.round))
  const current = assignments.filter(({ assignment }) => assignment.round === round)
  const lead = current.find(({ assignment: { part, status } }) => part === 'lead' && !aside.includes(status))
  const co = current.filter(({ assignment: { part, status } }) => part === 'co' && !aside.includes(status))
  const assignment = lead?.assignment
  const feedback = assignment?.feedback ?? null
  const callback = afterwards.callbacks.at(-1)
  const closed = item.status === 'closed' ? events.findLast(({ what }) => what === 'closed') : undefined

  return {
    code: `#${item.code}`,
    external_id: item.external_id,
    source: t.sources[item.source],
    title: text(item.title),
    content: text(item.content),
    category: item.category,
    urgency: t.urgencies[item.urgency],
    petitioner: item.petitioner,
    phone: item.phone,
    address: item.address,
    received_at: moment(item.received_at),
    reports,
    status: t.itemStatuses[item.status],
    lead: assignment?.department.name,
    co: co.map((record) => record.assignment.department.name).join('；'),
    contact: assignment && (contacts.get(assignment.department.id) ?? []).join('；'),
    progress: assignment && statusWord(assignment, voice),
    dispatched_at: moment(assignment?.dispatchedAt),
    acknowledged_at: moment(assignment?.acknowledgedAt),
    due_at: moment(assignment?.dueAt),
    extended_to: moment(lead?.extendedTo),
    overdue: assignment && yesNo(isLate(assignment, context.now, context.office), t),
    measures: feedback && text(feedback.measures),
    outcome: assignment?.outcome ? t.outcomes[assignment.outcome] : null,
    evidence: assignment?.evidence,
    next_step: [feedback?.reason ? text(feedback.reason) : '', promise(assignment?.promisedDate, t)]
      .filter((words) => words !== '')
      .join('；'),
    reviewer: feedback?.reviewedBy,
    may_publish: feedback?.mayPublish == null ? null : yesNo(feedback.mayPublish, t),
    published: afterwards.publications.map(({ url }) => url).join('；'),
    callback: callback && text(callbackWords(callback, voice)),
    uptake: text(afterwards.uptakes.map((uptake) => uptakeWords(uptake, voice)).join('；')),
    closed_at: moment(closed?.at),
  }
}

function callbackWords({ satisfied, note }: Callback, { t }: Voice): string {
  return t.beside(satisfied ? t.closing.satisfied : t.closing.unsatisfied, note ?? '')
}

function uptakeWords({ kind, note }: Uptake, { t }: Voice): string {
  return t.beside(t.closing.uptakes[kind], note)
}

function promise(date: string | null | undefined, t: Wording): string {
  return date ? t.files.promised(date) : ''
}

function yesNo(value: boolean, t: Wording): string {
  return value ? t.files.yes : t.files.no
}

/** `2026-11-25 17:30`: what spreadsheets take for a time, and our own import too. */
function momentText(at: number, { office }: ItemJsonContext): string {
  const { timezone } = office.hours
  return `${localDate(at, timezone)} ${localTime(at, timezone)}`
}
