import {
  type Expression,
  type ExpressionBuilder,
  type Insertable,
  type Selectable,
  type SqlBool,
  sql,
} from 'kysely'
import type { Platform, RefusalReason } from '../ports.ts'
import { chunked } from './chunks.ts'
import type { Db, DeliveriesTable, DeliveryKind, Schema } from './schema.ts'

export type Delivery = Selectable<DeliveriesTable>

/** The error of what may have arrived and is never sent again. */
export const outcomeUnknown: RefusalReason = 'outcome-unknown'

/** @returns the id, or null where a delivery with that dedupe key exists already. */
export async function insertDelivery(
  db: Db,
  row: Omit<Insertable<DeliveriesTable>, 'id'>,
  assignmentIds: number[],
): Promise<number | null> {
  const inserted = await db
    .insertInto('deliveries')
    .values(row)
    .onConflict((c) => c.column('dedupe_key').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return null
  const links = [...new Set(assignmentIds)].map((id) => ({ delivery_id: inserted.id, assignment_id: id }))
  await chunked(links, (some) => db.insertInto('delivery_assignments').values(some).execute())
  return inserted.id
}

export async function deliveryById(db: Db, id: number): Promise<Delivery | undefined> {
  return db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst()
}

/**
 * Takes a pending delivery for sending, or one whose sender was silent for too long and must have died.
 * @returns undefined where another process has it, or it is not due yet.
 */
export async function claimDelivery(
  db: Db,
  id: number,
  now: number,
  leaseMs: number,
): Promise<Delivery | undefined> {
  return db
    .updateTable('deliveries')
    .set((e) => ({ status: 'sending', claimed_at: now, attempts: e('attempts', '+', 1) }))
    .where('id', '=', id)
    .where((e) =>
      e.or([
        e.and([e('status', '=', 'pending'), e('next_attempt_at', '<=', now)]),
        e.and([e('status', '=', 'sending'), e('claimed_at', '<=', now - leaseMs)]),
      ]),
    )
    .returningAll()
    .executeTakeFirst()
}

export async function markSent(
  db: Db,
  id: number,
  sent: { at: number; messageId: string | null },
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ status: 'sent', sent_at: sent.at, message_id: sent.messageId, error: null })
    .where('id', '=', id)
    .execute()
}

/**
 * `claimedAt`: when it was last taken and may have arrived; null: never. `attempts`: how often it was tried, which one
 * that was told to come later has not been.
 */
export async function markForRetry(
  db: Db,
  id: number,
  retry: { at: number; error: string; claimedAt: number | null; attempts: number },
): Promise<void> {
  const { at, error, claimedAt, attempts } = retry
  await db
    .updateTable('deliveries')
    .set({ status: 'pending', next_attempt_at: at, claimed_at: claimedAt, attempts, error })
    .where('id', '=', id)
    // One that was cancelled meanwhile stays so.
    .where('status', '=', 'sending')
    .execute()
}

export async function markRefused(db: Db, id: number, error: string): Promise<void> {
  await db.updateTable('deliveries').set({ status: 'refused', error }).where('id', '=', id).execute()
}

/**
 * What was meant for that department's group and is not there, oldest first: what the platform refused, and what was
 * written before there was a group. Not what may be there: it would be read twice.
 */
export async function undeliveredTo(
  db: Db,
  departmentId: number,
  { platform, chatId }: { platform: Platform; chatId: string },
  kinds: readonly DeliveryKind[],
): Promise<Delivery[]> {
  return db
    .selectFrom('deliveries')
    .selectAll()
    .where('department_id', '=', departmentId)
    .where('op', '=', 'send')
    .where('status', '=', 'refused')
    .where('kind', 'in', [...kinds])
    .where('account', 'is', null)
    .where((e) => e.or([e('platform', '=', platform), e('chat_id', 'is', null)]))
    .where((e) =>
      e.or([e('error', '!=', outcomeUnknown), e('chat_id', 'is', null), e('chat_id', '!=', chatId)]),
    )
    .orderBy('id')
    .execute()
}

/** It goes out after all, to this group and like one that is written now: under a key that nobody has refused. */
export async function sendAfterAll(
  db: Db,
  id: number,
  { chatId, platform, payload, at }: { chatId: string; platform: Platform; payload: string; at: number },
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({
      status: 'pending',
      chat_id: chatId,
      platform,
      payload,
      created_at: at,
      next_attempt_at: at,
      attempts: 0,
      claimed_at: null,
      error: null,
    })
    .where('id', '=', id)
    .execute()
}

/** It is not to go out any more, nor what waits for it. */
export async function cancelDelivery(db: Db, id: number): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ status: 'cancelled' })
    .where((e) => e.or([e('id', '=', id), e('target_id', '=', id)]))
    .where('status', 'in', ['pending', 'sending'])
    .execute()
}

export async function setPayload(db: Db, id: number, payload: string): Promise<void> {
  await db.updateTable('deliveries').set({ payload }).where('id', '=', id).execute()
}

/** Nobody begins to send these before that moment. */
export async function holdUntil(db: Db, ids: number[], at: number): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('deliveries')
    .set({ next_attempt_at: at })
    .where('id', 'in', ids)
    .where('status', '=', 'pending')
    .where('attempts', '=', 0)
    .execute()
}

/** Those of them that nobody has begun to send. */
export async function unsentAmong(db: Db, ids: number[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('deliveries')
    .select('id')
    .where('id', 'in', ids)
    .where('status', '=', 'pending')
    .where('attempts', '=', 0)
    .execute()
  return rows.map(({ id }) => id)
}

/** What is still to be sent, in the order in which it is to be read, and when. A claimed one counts from the end of its lease. */
export async function waitingDeliveries(
  db: Db,
  leaseOf: (platform: Platform) => number,
): Promise<{ id: number; platform: Platform; at: number }[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'platform', 'status', 'next_attempt_at', 'claimed_at'])
    .where('status', 'in', ['pending', 'sending'])
    .orderBy('created_at')
    .orderBy((e) => e('kind', '!=', 'reply'))
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    platform: row.platform,
    at: row.status === 'pending' ? row.next_attempt_at : (row.claimed_at ?? 0) + leaseOf(row.platform),
  }))
}

/** Whatever was put off beyond that moment is due now; a sender that took it later than that has the usual time from now. */
export async function tryAtOnce(db: Db, now: number): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ next_attempt_at: now })
    .where('status', '=', 'pending')
    .where('next_attempt_at', '>', now)
    .execute()
  await db
    .updateTable('deliveries')
    .set({ claimed_at: now })
    .where('status', 'in', ['pending', 'sending'])
    .where('claimed_at', '>', now)
    .execute()
}

/** Deliveries that answer, update or urge the message of `id`, and wait for it. */
export async function dependents(db: Db, id: number): Promise<Pick<Delivery, 'id' | 'platform'>[]> {
  return db
    .selectFrom('deliveries')
    .select(['id', 'platform'])
    .where('target_id', '=', id)
    .where('status', '=', 'pending')
    .execute()
}

/** Where these go. */
export async function platformsOf(db: Db, ids: number[]): Promise<Pick<Delivery, 'id' | 'platform'>[]> {
  if (ids.length === 0) return []
  return db.selectFrom('deliveries').select(['id', 'platform']).where('id', 'in', ids).orderBy('id').execute()
}

/** An answer that was put off by more holds nothing up. */
const answerWaitMs = 60_000

/**
 * The oldest message that goes to the same chat or person and is to go out before this one: it has its turn, or had. Of
 * what was written at one moment the answer comes first, and then what else it brought about.
 */
export async function aheadOf(
  db: Db,
  { id, kind, created_at, platform, chat_id, account }: Delivery,
  now: number,
): Promise<Pick<Delivery, 'id' | 'next_attempt_at'> | undefined> {
  return db
    .selectFrom('deliveries')
    .select(['id', 'next_attempt_at'])
    .where('status', 'in', ['pending', 'sending'])
    .where('platform', '=', platform)
    .where('op', '=', 'send')
    .where((e) => {
      const isAnswer = e('kind', '=', 'reply')
      const isOlder = e('id', '<', id)
      const first = kind === 'reply' ? e.and([isAnswer, isOlder]) : e.or([isAnswer, isOlder])
      return e.or([
        e('created_at', '<', created_at),
        e.and([e('created_at', '=', created_at), e('id', '!=', id), first]),
      ])
    })
    .where((e) => e.or([e('kind', '!=', 'reply'), e('next_attempt_at', '<=', now + answerWaitMs)]))
    .where(chat_id === null ? 'account' : 'chat_id', '=', chat_id ?? account)
    .where((e) =>
      e.or([e('status', '=', 'sending'), e('next_attempt_at', '<=', now), e('error', 'is not', null)]),
    )
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst()
}

/**
 * Other updates of the same message: a newer one, so that this one need not be sent; one under way, for two at once could
 * arrive in the wrong order.
 */
export async function updatesBeside(
  db: Db,
  { id, target_id }: Delivery,
): Promise<{ isNewer: boolean; isUnderWay: boolean }> {
  const others = await db
    .selectFrom('deliveries')
    .select(['id', 'status'])
    .where('op', '=', 'update')
    .where('target_id', '=', target_id)
    .where('id', '!=', id)
    .where((e) =>
      e.or([
        e.and([e('id', '>', id), e('status', 'in', ['pending', 'sending', 'sent'])]),
        e('status', '=', 'sending'),
      ]),
    )
    .execute()
  return {
    isNewer: others.some((other) => other.id > id),
    isUnderWay: others.some(({ status }) => status === 'sending'),
  }
}

/** The messages of these kinds that show this assignment, or may, newest first. */
export async function messagesAbout(
  db: Db,
  assignmentId: number,
  kinds: readonly DeliveryKind[],
): Promise<Delivery[]> {
  return db
    .selectFrom('deliveries')
    .innerJoin('delivery_assignments', 'delivery_assignments.delivery_id', 'deliveries.id')
    .selectAll('deliveries')
    .where('delivery_assignments.assignment_id', '=', assignmentId)
    .where('deliveries.op', '=', 'send')
    .where('deliveries.kind', 'in', [...kinds])
    .where(isThere)
    .orderBy('deliveries.id', 'desc')
    .execute()
}

/** The empty text keeps SQLite from starting at all that was ever sent there. */
const deliveryPlatform = sql<Platform>`deliveries.platform || ''`

/** The department's assignments of which a card is in that chat, or may be. */
export async function dispatchedIn(
  db: Db,
  departmentId: number,
  { platform, chatId }: { platform: Platform; chatId: string },
): Promise<Set<number>> {
  const rows = await db
    .selectFrom('assignments')
    .innerJoin('delivery_assignments', 'delivery_assignments.assignment_id', 'assignments.id')
    .innerJoin('deliveries', 'deliveries.id', 'delivery_assignments.delivery_id')
    .select('assignments.id')
    .where('assignments.department_id', '=', departmentId)
    .where('assignments.status', 'in', ['sent', 'working'])
    .where(deliveryPlatform, '=', platform)
    .where('deliveries.chat_id', '=', chatId)
    .where('deliveries.op', '=', 'send')
    .where('deliveries.kind', '=', 'dispatch')
    .where(isThere)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** It is there, or may be. */
function isThere(e: ExpressionBuilder<Schema, 'deliveries'>): Expression<SqlBool> {
  return e.or([
    e('deliveries.status', 'in', ['pending', 'sending', 'sent']),
    e('deliveries.error', '=', outcomeUnknown),
  ])
}

/** The cards on which this item was to be judged: opened by a button, or in answer to words. */
export async function triageCardsOn(db: Db, code: number): Promise<Delivery[]> {
  return db
    .selectFrom('deliveries')
    .selectAll()
    .where('item_code', '=', code)
    .where('op', '=', 'send')
    .where('kind', 'in', ['triage', 'reply'])
    .where('status', 'in', ['pending', 'sending', 'sent'])
    .orderBy('id')
    .execute()
}

/** The message shows that item now, or none. */
export async function setItemShown(db: Db, id: number, code: number | null): Promise<void> {
  await db.updateTable('deliveries').set({ item_code: code }).where('id', '=', id).execute()
}

/** The message is about these too. */
export async function addAssignments(db: Db, id: number, assignmentIds: number[]): Promise<void> {
  await db
    .insertInto('delivery_assignments')
    .values(assignmentIds.map((assignmentId) => ({ delivery_id: id, assignment_id: assignmentId })))
    .onConflict((c) => c.doNothing())
    .execute()
}

export async function assignmentsOfDelivery(db: Db, id: number): Promise<number[]> {
  const rows = await db
    .selectFrom('delivery_assignments')
    .select('assignment_id')
    .where('delivery_id', '=', id)
    .orderBy('assignment_id')
    .execute()
  return rows.map((row) => row.assignment_id)
}

/** Our own message behind a platform's message id. */
export async function deliveryByMessage(
  db: Db,
  platform: Platform,
  messageIds: string[],
): Promise<Delivery | undefined> {
  if (messageIds.length === 0) return undefined
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('platform', '=', platform)
    .where('op', '=', 'send')
    .where('message_id', 'in', messageIds)
    .execute()
  return rows.sort(
    (a, b) => messageIds.indexOf(a.message_id ?? '') - messageIds.indexOf(b.message_id ?? ''),
  )[0]
}

/** The newest of our messages that are, or may be, in that group, newest first. */
export async function newestInChat(
  db: Db,
  { platform, chatId }: { platform: Platform; chatId: string },
  limit: number,
): Promise<Delivery[]> {
  return newestShown(db, platform, limit).where('chat_id', '=', chatId).execute()
}

/** The same of those to one person alone. */
export async function newestToAccount(
  db: Db,
  { platform, account }: { platform: Platform; account: string },
  limit: number,
): Promise<Delivery[]> {
  return newestShown(db, platform, limit).where('account', '=', account).execute()
}

function newestShown(db: Db, platform: Platform, limit: number) {
  return db
    .selectFrom('deliveries')
    .selectAll()
    .where('platform', '=', platform)
    .where('op', '=', 'send')
    .where((e) => e.or([e('status', 'in', ['sending', 'sent']), e('error', '=', outcomeUnknown)]))
    .orderBy('id', 'desc')
    .limit(limit)
}

export async function countDeliveries(db: Db): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('deliveries')
    .select((e) => ['status', e.fn.countAll<number>().as('total')])
    .groupBy('status')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.status, row.total]))
}

/** Whether some message to that chat may have arrived without having been recorded as sent. */
export async function mayHaveSentTo(db: Db, platform: Platform, chatId: string): Promise<boolean> {
  const row = await db
    .selectFrom('deliveries')
    .select('id')
    .where('status', 'in', ['pending', 'sending'])
    .where('claimed_at', 'is not', null)
    .where('op', '=', 'send')
    .where('platform', '=', platform)
    .where('chat_id', '=', chatId)
    .executeTakeFirst()
  return row !== undefined
}
