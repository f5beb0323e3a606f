import type { AuditEntry, EventName } from '../domain/event.ts'
import { chunked } from './chunks.ts'
import type { Db } from './schema.ts'

export interface AuditEvent {
  at: number
  what: EventName
  item?: number
  assignment?: number
  /** Who did it; absent: Duban by itself. */
  person?: number | null
  detail?: Record<string, unknown>
}

/** Called in the transaction of what it tells. */
export async function addEvents(db: Db, events: AuditEvent[]): Promise<void> {
  if (events.length === 0) return
  await db
    .insertInto('events')
    .values(
      events.map((event) => ({
        at: event.at,
        what: event.what,
        item_code: event.item ?? null,
        assignment_id: event.assignment ?? null,
        person_id: event.person ?? null,
        detail: JSON.stringify(event.detail ?? {}),
      })),
    )
    .execute()
}

/** When the last thing happened, by the clock of that time. */
export async function lastEventAt(db: Db): Promise<number | undefined> {
  const last = await db.selectFrom('events').select('at').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return last?.at
}

/** An event as others are told of it. */
export interface News {
  what: EventName
  item: number
  assignment: number | null
  by: string | null
  detail: Record<string, unknown>
}

/** What has become of items since that event, oldest first. */
export async function newsSince(db: Db, event: number): Promise<News[]> {
  const rows = await db
    .selectFrom('events')
    .leftJoin('people', 'people.id', 'events.person_id')
    .select([
      'events.what',
      'events.item_code as item',
      'events.assignment_id as assignment',
      'people.name as by',
      'events.detail',
    ])
    .where('events.id', '>', event)
    .orderBy('events.id')
    .execute()
  return rows.flatMap(({ item, detail, ...row }) =>
    item === null ? [] : [{ ...row, item, detail: JSON.parse(detail) as Record<string, unknown> }],
  )
}

/** An item's whole history, oldest first. */
export async function eventsOfItem(db: Db, code: number): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('events')
    .leftJoin('people', 'people.id', 'events.person_id')
    .leftJoin('assignments', 'assignments.id', 'events.assignment_id')
    .leftJoin('departments', 'departments.id', 'assignments.department_id')
    .select([
      'events.at',
      'events.what',
      'events.detail',
      'people.name as by',
      'departments.name as department',
    ])
    .where('events.item_code', '=', code)
    .orderBy('events.id')
    .execute()
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Record<string, unknown> }))
}

/** Why these items were reopened, each time, and which round began with it; oldest first. */
export async function reopenedRounds(
  db: Db,
  codes: number[],
): Promise<Map<number, { round: number; by: string | null; reason: string }[]>> {
  const rows = await chunked(codes, (some) =>
    db
      .selectFrom('events')
      .leftJoin('people', 'people.id', 'events.person_id')
      .select(['events.item_code', 'events.detail', 'people.name as by'])
      .where('events.item_code', 'in', some)
      .where('events.what', '=', 'reopened')
      .orderBy('events.id')
      .execute(),
  )
  const rounds = new Map<number, { round: number; by: string | null; reason: string }[]>()
  for (const { item_code, detail, by } of rows) {
    const { round, reason } = JSON.parse(detail) as { round: number; reason: string }
    rounds.set(item_code ?? 0, [...(rounds.get(item_code ?? 0) ?? []), { round, by, reason }])
  }
  return rounds
}

/** When that last happened to the item, and who did it. */
export async function newestEventOf(
  db: Db,
  code: number,
  what: EventName,
): Promise<{ at: number; by: string | null } | undefined> {
  return db
    .selectFrom('events')
    .leftJoin('people', 'people.id', 'events.person_id')
    .select(['events.at', 'people.name as by'])
    .where('events.item_code', '=', code)
    .where('events.what', '=', what)
    .orderBy('events.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}
