import {
  type Expression,
  expressionBuilder,
  type Insertable,
  type SqlBool,
  sql,
  type Updateable,
} from 'kysely'
import type { Assignment, AssignmentStatus, Share } from '../domain/assignment.ts'
import type { ItemStatus } from '../domain/item.ts'
import { reopenedRounds } from './audit.ts'
import { chunked } from './chunks.ts'
import { latestFeedback } from './feedback.ts'
import { latestRequests } from './requests.ts'
import type { AssignmentsTable, Db, Schema } from './schema.ts'

/** Which assignments; every condition that is given must hold. */
export interface AssignmentFilter {
  ids?: number[]
  item?: number
  department?: number
  itemStatuses?: readonly ItemStatus[]
  statuses?: readonly AssignmentStatus[]
  dueBefore?: number
  provisional?: boolean
  /** A nudge is to go out by then. */
  nudgeBy?: number
  limit?: number
  /** So many are passed over; only with a limit. */
  offset?: number
}

export async function insertAssignment(
  db: Db,
  row: Omit<Insertable<AssignmentsTable>, 'id'>,
): Promise<number> {
  const { id } = await db.insertInto('assignments').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

/** The one way in which an assignment's row changes; a status comes from `moveAssignment`. */
export async function updateAssignment(
  db: Db,
  id: number,
  change: Updateable<AssignmentsTable>,
): Promise<void> {
  await db.updateTable('assignments').set(change).where('id', '=', id).execute()
}

export async function setNextNudge(db: Db, ids: number[], at: number | null): Promise<void> {
  await chunked(ids, (some) =>
    db.updateTable('assignments').set({ next_nudge_at: at }).where('id', 'in', some).execute(),
  )
}

/** The id of that department's share of the item in that round. */
export async function assignmentOf(
  db: Db,
  code: number,
  departmentId: number,
  round: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('assignments')
    .select('id')
    .where('item_code', '=', code)
    .where('department_id', '=', departmentId)
    .where('round', '=', round)
    .executeTakeFirst()
  return row?.id
}

/** By due time. */
export async function findAssignments(db: Db, filter: AssignmentFilter): Promise<Assignment[]> {
  const { ids, ...others } = filter
  if (!ids) return findAtOnce(db, filter)
  const found = await chunked([...new Set(ids)], (some) => findAtOnce(db, { ...others, ids: some }))
  return found.sort((a, b) => a.dueAt - b.dueAt || a.id - b.id)
}

async function findAtOnce(db: Db, filter: AssignmentFilter): Promise<Assignment[]> {
  const query = db
    .selectFrom('assignments')
    .innerJoin('items', 'items.code', 'assignments.item_code')
    .innerJoin('departments', 'departments.id', 'assignments.department_id')
    .leftJoin('people as acknowledger', 'acknowledger.id', 'assignments.acknowledged_by')
    .leftJoin('departments as suggested', 'suggested.id', 'assignments.suggested_department_id')
    .selectAll('assignments')
    .select([
      'items.title',
      'items.content',
      'items.source',
      'items.category',
      'items.urgency',
      'items.status as item_status',
      'items.received_at',
      'items.closing',
      'items.petitioner',
      'items.phone',
      'items.address',
      'departments.name as department_name',
      'acknowledger.name as acknowledged_name',
      'suggested.name as suggested_name',
    ])
    .select((e) => [
      e
        .selectFrom('attachments')
        .select((a) => a.fn.countAll<number>().as('total'))
        .whereRef('attachments.assignment_id', '=', 'assignments.id')
        .where('attachments.error', 'is', null)
        .as('evidence'),
      e
        .selectFrom('items as merged')
        .select((m) => m.fn.countAll<number>().as('total'))
        .whereRef('merged.merged_into', '=', 'items.code')
        .as('merged'),
      // Most have nothing of these: they need not be asked for.
      e
        .exists(
          e
            .selectFrom('feedback')
            .select('feedback.id')
            .whereRef('feedback.assignment_id', '=', 'assignments.id'),
        )
        .as('answered'),
      e
        .exists(
          e
            .selectFrom('requests')
            .select('requests.id')
            .whereRef('requests.assignment_id', '=', 'assignments.id'),
        )
        .as('asked'),
      e
        .exists(
          e
            .selectFrom('assignments as other')
            .select('other.id')
            .whereRef('other.item_code', '=', 'assignments.item_code')
            .whereRef('other.id', '!=', 'assignments.id'),
        )
        .as('shared'),
    ])
  const limited = filter.limit === undefined ? query : query.limit(filter.limit).offset(filter.offset ?? 0)
  const rows = await limited
    .where(fits(filter))
    .orderBy('assignments.due_at')
    .orderBy('assignments.id')
    .execute()
  if (rows.length === 0) return []
  const idsWith = (what: 'answered' | 'asked') => rows.filter((row) => row[what]).map(({ id }) => id)
  const feedback = await latestFeedback(db, idsWith('answered'))
  const requests = await latestRequests(db, idsWith('asked'))
  const shared = rows.filter((row) => row.shared).map((row) => row.item_code)
  const shares = await sharesOf(db, [...new Set(shared)])
  const reopened = await reopenedRounds(db, codesOfLaterRounds(rows))
  return rows.map((row) => ({
    id: row.id,
    item: {
      code: row.item_code,
      title: row.title,
      content: row.content,
      source: row.source,
      category: row.category,
      urgency: row.urgency,
      status: row.item_status,
      receivedAt: row.received_at,
      closing: row.closing,
      reports: 1 + (row.merged ?? 0),
      hasDetails: [row.petitioner, row.phone, row.address].some((detail) => detail !== null),
    },
    department: { id: row.department_id, name: row.department_name },
    part: row.part,
    round: row.round,
    status: row.status,
    policy: row.policy,
    dueFrom: row.due_from,
    dispatchedAt: row.dispatched_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_name,
    dueAt: row.due_at,
    dueSetAt: row.due_set_at,
    provisional: row.provisional === 1,
    promisedDate: row.promised_date,
    promisedSetAt: row.promised_set_at,
    reviewDate: row.review_date,
    suspendedAt: row.suspended_at,
    returned:
      row.returned_at === null
        ? null
        : {
            at: row.returned_at,
            reason: row.return_reason ?? '',
            suggested:
              row.suggested_department_id === null
                ? null
                : { id: row.suggested_department_id, name: row.suggested_name ?? '' },
          },
    reopened: (reopened.get(row.item_code) ?? []).findLast(({ round }) => round <= row.round) ?? null,
    outcome: row.outcome,
    solvedAt: row.solved_at,
    acceptedAt: row.accepted_at,
    feedback: feedback.get(row.id) ?? null,
    evidence: row.evidence ?? 0,
    requests: requests.get(row.id) ?? {},
    others: (shares.get(row.item_code) ?? [])
      .filter(({ id, round }) => id !== row.id && round === row.round)
      .map(({ round: _, ...share }) => share),
  }))
}

export async function countAssignments(db: Db, filter: AssignmentFilter): Promise<number> {
  const { total } = await db
    .selectFrom('assignments')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where(fits(filter))
    .executeTakeFirstOrThrow()
  return total
}

/** The earliest moment at which some nudge is due. */
export async function nextNudgeMoment(db: Db): Promise<number | null> {
  const row = await db
    .selectFrom('assignments')
    .select('next_nudge_at')
    .where('next_nudge_at', 'is not', null)
    .orderBy('next_nudge_at')
    .limit(1)
    .executeTakeFirst()
  return row?.next_nudge_at ?? null
}

/** The plus keeps SQLite from reading all assignments in the order of their departments. */
const department = sql<number>`+assignments.department_id`

/** The departments of which some nudge is to go out by then, and of how many assignments. */
export async function departmentsToNudge(db: Db, by: number): Promise<{ department: number; due: number }[]> {
  return db
    .selectFrom('assignments')
    .select((e) => [department.as('department'), e.fn.countAll<number>().as('due')])
    .where('next_nudge_at', '<=', by)
    .groupBy(department)
    .orderBy(department)
    .execute()
}

function fits(filter: AssignmentFilter): Expression<SqlBool> {
  const e = expressionBuilder<Schema, 'assignments'>()
  const conditions: Expression<SqlBool>[] = []
  if (filter.ids) conditions.push(e('assignments.id', 'in', filter.ids))
  if (filter.item !== undefined) conditions.push(e('assignments.item_code', '=', filter.item))
  if (filter.department !== undefined) conditions.push(e('assignments.department_id', '=', filter.department))
  if (filter.itemStatuses) {
    const items = e
      .selectFrom('items')
      .select('code')
      .where('status', 'in', [...filter.itemStatuses])
    conditions.push(e('assignments.item_code', 'in', items))
  }
  if (filter.statuses) conditions.push(e('assignments.status', 'in', [...filter.statuses]))
  if (filter.dueBefore !== undefined) conditions.push(e('assignments.due_at', '<', filter.dueBefore))
  if (filter.provisional) conditions.push(e('assignments.provisional', '=', 1))
  if (filter.nudgeBy !== undefined) conditions.push(e('assignments.next_nudge_at', '<=', filter.nudgeBy))
  return e.and(conditions)
}

function codesOfLaterRounds(rows: { item_code: number; round: number }[]): number[] {
  return [...new Set(rows.filter(({ round }) => round > 1).map((row) => row.item_code))]
}

/** What stands of these items with whom, the lead first. */
async function sharesOf(db: Db, codes: number[]): Promise<Map<number, (Share & { round: number })[]>> {
  const rows = await chunked(codes, (some) =>
    db
      .selectFrom('assignments')
      .innerJoin('departments', 'departments.id', 'assignments.department_id')
      .select([
        'assignments.id',
        'assignments.item_code',
        'assignments.round',
        'assignments.part',
        'assignments.status',
        'assignments.outcome',
        'departments.id as department_id',
        'departments.name',
      ])
      .where('assignments.item_code', 'in', some)
      .where('assignments.status', 'not in', ['returned', 'withdrawn'])
      .orderBy('assignments.part', 'desc')
      .orderBy('assignments.id')
      .execute(),
  )
  const shares = new Map<number, (Share & { round: number })[]>()
  for (const { item_code, department_id, name, ...share } of rows) {
    const own = shares.get(item_code) ?? []
    own.push({ ...share, department: { id: department_id, name } })
    shares.set(item_code, own)
  }
  return shares
}
