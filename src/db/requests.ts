import type { Request, RequestKind } from '../domain/request.ts'
import type { Db } from './schema.ts'

/** The newest request of each kind of these assignments. */
export async function latestRequests(
  db: Db,
  assignmentIds: number[],
): Promise<Map<number, Partial<Record<RequestKind, Request>>>> {
  const rows = await requestRows(db).where('requests.assignment_id', 'in', assignmentIds).execute()
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
    status: row.status,
    decidedAt: row.decided_at,
    decidedBy: row.decider_name,
    decisionReason: row.decision_reason,
    grantedUntil: row.granted_until,
  }
}
