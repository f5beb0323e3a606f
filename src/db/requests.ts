import type { EventName } from '../domain/event.ts'
import type { DropReason, Request, RequestKind } from '../domain/request.ts'
import { chunked } from './chunks.ts'
import type { Db } from './schema.ts'

export interface NewRequest {
  assignmentId: number
  kind: RequestKind
  reason: string
  /** A date; null: not said. */
  until: string | null
  at: number
  personId: number
}

/** @returns the id. */
export async function insertRequest(db: Db, request: NewRequest): Promise<number> {
  const { id } = await db
    .insertInto('requests')
    .values({
      assignment_id: request.assignmentId,
      kind: request.kind,
      reason: request.reason,
      until_date: request.until,
      asked_at: request.at,
      asked_by: request.personId,
      status: 'pending',
      decided_at: null,
      decided_by: null,
      decision_reason: null,
      granted_until: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function requestById(
  db: Db,
  id: number,
): Promise<{ assignmentId: number; request: Request } | undefined> {
  const row = await requestRows(db).where('requests.id', '=', id).executeTakeFirst()
  return row && { assignmentId: row.assignment_id, request: requestOf(row) }
}

export async function recordDecision(
  db: Db,
  id: number,
  decision: { at: number; personId: number } & (
    | { status: 'granted'; until: number }
    | { status: 'refused'; reason: string }
  ),
): Promise<void> {
  await db
    .updateTable('requests')
    .set({
      status: decision.status,
      decided_at: decision.at,
      decided_by: decision.personId,
      decision_reason: decision.status === 'refused' ? decision.reason : null,
      granted_until: decision.status === 'granted' ? decision.until : null,
    })
    .where('id', '=', id)
    .execute()
}

/** What waits for a decision that nobody needs any more: all of the assignment's, or those of one kind. */
export async function dropPending(
  db: Db,
  assignmentId: number,
  why: DropReason,
  at: number,
  kind?: RequestKind,
): Promise<void> {
  const pending = db
    .updateTable('requests')
    .set({ status: 'dropped', decided_at: at, decision_reason: why })
    .where('assignment_id', '=', assignmentId)
    .where('status', '=', 'pending')
  await (kind === undefined ? pending : pending.where('kind', '=', kind)).execute()
}

export async function countGranted(db: Db, assignmentId: number, kind: RequestKind): Promise<number> {
  const { total } = await db
    .selectFrom('requests')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('assignment_id', '=', assignmentId)
    .where('kind', '=', kind)
    .where('status', '=', 'granted')
    .executeTakeFirstOrThrow()
  return total
}

/** Until when these assignments were extended last, those that ever were. */
export async function lastExtensions(db: Db, assignmentIds: number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('requests')
    .select(['assignment_id', 'granted_until'])
    .where('assignment_id', 'in', assignmentIds)
    .where('kind', '=', 'extension')
    .where('status', '=', 'granted')
    .orderBy('id')
    .execute()
  return new Map(
    rows.flatMap((row) => (row.granted_until === null ? [] : [[row.assignment_id, row.granted_until]])),
  )
}

/** Who last did that to one of these assignments, and when. */
export async function lastDone(
  db: Db,
  assignmentIds: number[],
  what: EventName,
): Promise<{ by: string | null; at: number } | undefined> {
  return (
    db
      .selectFrom('events')
      .leftJoin('people', 'people.id', 'events.person_id')
      .select(['people.name as by', 'events.at'])
      // The events of an item are found by an index, those of an assignment among all that ever happened.
      .where('events.item_code', 'in', ({ selectFrom }) =>
        selectFrom('assignments').select('item_code').where('id', 'in', assignmentIds),
      )
      .where('events.assignment_id', 'in', assignmentIds)
      .where('events.what', '=', what)
      .orderBy('events.id', 'desc')
      .limit(1)
      .executeTakeFirst()
  )
}

/** The newest request of each kind of these assignments. */
export async function latestRequests(
  db: Db,
  assignmentIds: number[],
): Promise<Map<number, Partial<Record<RequestKind, Request>>>> {
  const rows = await chunked(assignmentIds, (some) =>
    requestRows(db).where('requests.assignment_id', 'in', some).execute(),
  )
  const latest = new Map<number, Partial<Record<RequestKind, Request>>>()
  for (const row of rows) {
    latest.set(row.assignment_id, { ...latest.get(row.assignment_id), [row.kind]: requestOf(row) })
  }
  return latest
}

function requestRows(db: Db) {
  return db
    .selectFrom('requests')
    .innerJoin('people as asker', 'asker.id', 'requests.asked_by')
    .leftJoin('people as decider', 'decider.id', 'requests.decided_by')
    .selectAll('requests')
    .select(['asker.name as asker_name', 'decider.name as decider_name'])
    .orderBy('requests.id')
}

type Row = Awaited<ReturnType<ReturnType<typeof requestRows>['execute']>>[number]

function requestOf(row: Row): Request {
  return {
    id: row.id,
    kind: row.kind,
    reason: row.reason,
    until: row.until_date,
    askedAt: row.asked_at,
    askedBy: row.asker_name,
    askedById: row.asked_by,
    status: row.status,
    decidedAt: row.decided_at,
    decidedBy: row.decider_name,
    decisionReason: row.decision_reason,
    grantedUntil: row.granted_until,
  }
}
