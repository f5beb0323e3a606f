import { sql } from 'kysely'
import { chunked, inChunks } from './chunks.ts'
import { outcomeUnknown } from './deliveries.ts'
import type { Db, DeliveriesTable } from './schema.ts'

/** The empty text keeps SQLite from starting at all that was ever sent, or after an outage at all that is pending. */
const deliveryStatus = sql<DeliveriesTable['status']>`deliveries.status || ''`

export interface FiredNudge {
  assignmentId: number
  stage: string
  nominalAt: number
  occasion: number | null
  at: number
  /** The lead whose own nudge it is. */
  by?: number
}

/** @returns those that are new: none ever goes out twice. */
export async function insertNudges(
  db: Db,
  nudges: readonly FiredNudge[],
): Promise<{ id: number; assignmentId: number; stage: string }[]> {
  const rows = nudges.map((nudge) => ({
    assignment_id: nudge.assignmentId,
    stage: nudge.stage,
    nominal_at: nudge.nominalAt,
    occasion: nudge.occasion,
    at: nudge.at,
    person_id: nudge.by ?? null,
  }))
  return chunked(rows, (some) =>
    db
      .insertInto('nudges')
      .values(some)
      .onConflict((c) => c.columns(['assignment_id', 'stage', 'nominal_at']).doNothing())
      .returning(['id', 'assignment_id as assignmentId', 'stage'])
      .execute(),
  )
}

export async function linkNudges(db: Db, nudgeIds: readonly number[], deliveryId: number): Promise<void> {
  const rows = nudgeIds.map((nudgeId) => ({ nudge_id: nudgeId, delivery_id: deliveryId }))
  await chunked(rows, (some) => db.insertInto('nudge_deliveries').values(some).execute())
}

export async function firedNudges(db: Db, assignmentIds: number[]): Promise<FiredNudge[]> {
  const rows = await chunked(assignmentIds, (some) =>
    db
      .selectFrom('nudges')
      .select(['assignment_id', 'stage', 'nominal_at', 'occasion', 'at'])
      .where('assignment_id', 'in', some)
      .orderBy('id')
      .execute(),
  )
  return rows.map((row) => ({
    assignmentId: row.assignment_id,
    stage: row.stage,
    nominalAt: row.nominal_at,
    occasion: row.occasion,
    at: row.at,
  }))
}

/** When each was last nudged by a lead between these moments; what the platform refused does not count. */
export async function nudgedByHand(
  db: Db,
  assignmentIds: number[],
  { after, before }: { after: number; before: number },
): Promise<Map<number, number>> {
  const rows = await chunked(assignmentIds, (some) =>
    db
      .selectFrom('nudges')
      .innerJoin('nudge_deliveries', 'nudge_deliveries.nudge_id', 'nudges.id')
      .innerJoin('deliveries', 'deliveries.id', 'nudge_deliveries.delivery_id')
      .select(['nudges.assignment_id', 'nudges.at'])
      .where('nudges.assignment_id', 'in', some)
      .where('nudges.stage', '=', 'manual')
      .where('nudges.at', '>', after)
      .where('nudges.at', '<', before)
      .where(deliveryStatus, 'in', ['pending', 'sending', 'sent'])
      .orderBy('nudges.at')
      .execute(),
  )
  return new Map(rows.map((row) => [row.assignment_id, row.at]))
}

/**
 * Forgets the nudges of which no message went out, may have, or will: they have not been. A lead's own are not repeated.
 */
export async function forgetUnsentNudges(db: Db, assignmentIds: number[]): Promise<void> {
  const rows = await chunked(assignmentIds, (some) =>
    db
      .selectFrom('nudges')
      .innerJoin('nudge_deliveries', 'nudge_deliveries.nudge_id', 'nudges.id')
      .innerJoin('deliveries', 'deliveries.id', 'nudge_deliveries.delivery_id')
      .select(['nudges.id', 'deliveries.status', 'deliveries.error'])
      .where('nudges.assignment_id', 'in', some)
      .where('nudges.stage', '!=', 'manual')
      .execute(),
  )
  const over = ['refused', 'cancelled']
  const taken = new Set(
    rows
      .filter(({ status, error }) => !over.includes(status) || error === outcomeUnknown)
      .map(({ id }) => id),
  )
  const unsent = rows.map(({ id }) => id).filter((id) => !taken.has(id))
  for (const some of inChunks(unsent)) {
    await db.deleteFrom('nudge_deliveries').where('nudge_id', 'in', some).execute()
    await db.deleteFrom('nudges').where('id', 'in', some).execute()
  }
}

/** Nudge messages about this assignment that have not gone out yet. */
export async function unsentNudgeDeliveries(db: Db, assignmentId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('delivery_assignments')
    .innerJoin('deliveries', 'deliveries.id', 'delivery_assignments.delivery_id')
    .select('deliveries.id')
    .where('delivery_assignments.assignment_id', '=', assignmentId)
    .where('deliveries.kind', '=', 'nudge')
    .where(deliveryStatus, '=', 'pending')
    .execute()
  return rows.map((row) => row.id)
}

/** Takes an assignment out of a nudge message. */
export async function unlinkNudges(db: Db, assignmentId: number, deliveryId: number): Promise<void> {
  await db
    .deleteFrom('delivery_assignments')
    .where('delivery_id', '=', deliveryId)
    .where('assignment_id', '=', assignmentId)
    .execute()
  await db
    .deleteFrom('nudge_deliveries')
    .where('delivery_id', '=', deliveryId)
    .where('nudge_id', 'in', (e) =>
      e.selectFrom('nudges').select('id').where('assignment_id', '=', assignmentId),
    )
    .execute()
}

/** The nudges of a message that was just sent, but for those that another message has brought before. */
export async function nudgesFirstSent(
  db: Db,
  deliveryId: number,
): Promise<{ assignmentId: number; stage: string; by: number | null }[]> {
  const nudges = await nudgesOfDelivery(db, deliveryId)
  if (nudges.length === 0) return []
  const ids = nudges.map(({ id }) => id)
  const before = await db
    .selectFrom('nudge_deliveries')
    .innerJoin('deliveries', 'deliveries.id', 'nudge_deliveries.delivery_id')
    .select('nudge_deliveries.nudge_id')
    .where('nudge_deliveries.nudge_id', 'in', ids)
    .where('deliveries.id', '!=', deliveryId)
    .where(deliveryStatus, '=', 'sent')
    .execute()
  const known = new Set(before.map(({ nudge_id }) => nudge_id))
  return nudges.filter(({ id }) => !known.has(id))
}

/** What a nudge message says: which assignment, at which stage, and whose nudge it is. */
export async function nudgesOfDelivery(
  db: Db,
  deliveryId: number,
): Promise<{ id: number; assignmentId: number; stage: string; by: number | null }[]> {
  const rows = await db
    .selectFrom('nudge_deliveries')
    .innerJoin('nudges', 'nudges.id', 'nudge_deliveries.nudge_id')
    .select(['nudges.id', 'nudges.assignment_id', 'nudges.stage', 'nudges.person_id'])
    .where('nudge_deliveries.delivery_id', '=', deliveryId)
    .orderBy('nudges.id')
    .execute()
  return rows.map(({ id, stage, ...row }) => ({
    id,
    assignmentId: row.assignment_id,
    stage,
    by: row.person_id,
  }))
}
