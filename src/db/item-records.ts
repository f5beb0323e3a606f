import type { Kysely } from 'kysely'
import type { Assignment, Feedback } from '../domain/assignment.ts'
import type { Afterwards } from '../domain/closing.ts'
import type { AuditEntry } from '../domain/event.ts'
import { findAssignments } from './assignments.ts'
import { callbacksOfItems } from './callbacks.ts'
import { feedbackOf } from './feedback.ts'
import type { ItemRow } from './items.ts'
import { publicationsOfItems } from './publications.ts'
import { lastExtensions } from './requests.ts'
import type { Schema } from './schema.ts'
import { uptakesOfItems } from './uptakes.ts'

/** An item with all that belongs to it, as other systems and task lists get it. */
export interface ItemRecord {
  item: ItemRow
  /** How many reports it stands for: itself, and those that were merged into it. */
  reports: number
  /** Of every round, oldest first; within a round the lead first. */
  assignments: AssignmentRecord[]
  /** What followed once it was done. */
  afterwards: Afterwards
  /** The whole history, oldest first. */
  events: AuditEntry[]
}

export interface AssignmentRecord {
  assignment: Assignment
  /** Until when it was extended last; null: never. */
  extendedTo: number | null
  /** Oldest first, each with the number of photos and files that came with it. */
  feedback: { feedback: Feedback; evidence: number }[]
}

/** The items that follow `code`, by their number. */
export async function itemsAfter(db: Kysely<Schema>, code: number, limit: number): Promise<ItemRow[]> {
  return db.selectFrom('items').selectAll().where('code', '>', code).orderBy('code').limit(limit).execute()
}

/** What belongs to these items, at most a thousand of them. */
export async function recordsOf(db: Kysely<Schema>, items: readonly ItemRow[]): Promise<ItemRecord[]> {
  if (items.length === 0) return []
  const codes = items.map(({ code }) => code)
  const reports = await mergedInto(db, codes)
  const assignments = Map.groupBy(await assignmentsOf(db, codes), ({ assignment }) => assignment.item.code)
  const callbacks = await callbacksOfItems(db, codes)
  const publications = await publicationsOfItems(db, codes)
  const uptakes = await uptakesOfItems(db, codes)
  const events = await eventsOf(db, codes)
  return items.map((item) => ({
    item,
    reports: 1 + (reports.get(item.code) ?? 0),
    assignments: assignments.get(item.code) ?? [],
    afterwards: {
      callbacks: callbacks.get(item.code) ?? [],
      publications: publications.get(item.code) ?? [],
      uptakes: uptakes.get(item.code) ?? [],
    },
    events: events.get(item.code) ?? [],
  }))
}

async function mergedInto(db: Kysely<Schema>, codes: number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('items')
    .select((e) => ['merged_into', e.fn.countAll<number>().as('total')])
    .where('merged_into', 'in', codes)
    .groupBy('merged_into')
    .execute()
  return new Map(rows.map((row) => [row.merged_into ?? 0, row.total]))
}

async function assignmentsOf(db: Kysely<Schema>, codes: number[]): Promise<AssignmentRecord[]> {
  const rows = await db
    .selectFrom('assignments')
    .select('id')
    .where('item_code', 'in', codes)
    // Those below were undone.
    .where('round', '>', 0)
    .execute()
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const feedback = Map.groupBy(await feedbackOf(db, ids), ({ assignmentId }) => assignmentId)
  const evidence = await evidenceTimes(db, ids)
  const extended = await lastExtensions(db, ids)
  const assignments = await findAssignments(db, { ids })
  return assignments
    .toSorted((a, b) => a.round - b.round || partOrder(a) - partOrder(b) || a.id - b.id)
    .map((assignment) => ({
      assignment,
      extendedTo: extended.get(assignment.id) ?? null,
      feedback: withEvidence(
        (feedback.get(assignment.id) ?? []).map((row) => row.feedback),
        evidence.get(assignment.id) ?? [],
      ),
    }))
}

function partOrder({ part }: Assignment): number {
  return part === 'lead' ? 0 : 1
}

async function evidenceTimes(db: Kysely<Schema>, ids: number[]): Promise<Map<number, number[]>> {
  const rows = await db
    .selectFrom('attachments')
    .select(['assignment_id', 'at'])
    .where('assignment_id', 'in', ids)
    .orderBy('at')
    .execute()
  const times = new Map<number, number[]>()
  for (const row of rows) times.set(row.assignment_id, [...(times.get(row.assignment_id) ?? []), row.at])
  return times
}

/** Evidence belongs to the feedback that it followed; what came before any, to the first. */
function withEvidence(all: Feedback[], times: number[]): AssignmentRecord['feedback'] {
  return all.map((feedback, index) => {
    const from = index === 0 ? Number.NEGATIVE_INFINITY : feedback.at
    const until = all[index + 1]?.at ?? Number.POSITIVE_INFINITY
    return { feedback, evidence: times.filter((at) => at >= from && at < until).length }
  })
}

async function eventsOf(db: Kysely<Schema>, codes: number[]): Promise<Map<number, AuditEntry[]>> {
  const rows = await db
    .selectFrom('events')
    .leftJoin('people', 'people.id', 'events.person_id')
    .leftJoin('assignments', 'assignments.id', 'events.assignment_id')
    .leftJoin('departments', 'departments.id', 'assignments.department_id')
    .select([
      'events.item_code',
      'events.at',
      'events.what',
      'events.detail',
      'people.name as by',
      'departments.name as department',
    ])
    .where('events.item_code', 'in', codes)
    .orderBy('events.id')
    .execute()
  const events = new Map<number, AuditEntry[]>()
  for (const { item_code, detail, ...row } of rows) {
    const entries = events.get(item_code ?? 0) ?? []
    entries.push({ ...row, detail: JSON.parse(detail) as Record<string, unknown> })
    events.set(item_code ?? 0, entries)
  }
  return events
}
