import type { Selectable } from 'kysely'
import type { EventName } from '../domain/event.ts'
import type { ItemRow } from './items.ts'
import type { AssignmentsTable, Db, FeedbackTable, RequestsTable } from './schema.ts'

/** How things stood with some items: every row that an act on them may change. */
export interface Standing {
  items: Pick<ItemRow, 'code' | 'status' | 'urgency' | 'policy' | 'closing' | 'merged_into'>[]
  assignments: Selectable<AssignmentsTable>[]
  feedback: Selectable<FeedbackTable>[]
  requests: Selectable<RequestsTable>[]
  callbacks: number[]
  publications: number[]
  uptakes: number[]
}

export interface Act {
  id: number
  at: number
  /** The events of its transaction, these two and all between. */
  firstEvent: number
  lastEvent: number
  before: Standing
}

/** What an act adds to an item's record. */
type RecordTable = 'callbacks' | 'publications' | 'uptakes'

/** An event as undo looks at it. */
export interface Trace {
  id: number
  what: EventName
  at: number
  item: number | null
  personId: number | null
  by: string | null
}

/** Long after nobody may undo it any more. */
const keptMs = 24 * 60 * 60 * 1000

export async function newestEvent(db: Db): Promise<number> {
  const row = await db.selectFrom('events').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row?.id ?? 0
}

/** All events after that one, oldest first. */
export async function eventsAfter(db: Db, id: number): Promise<Trace[]> {
  return traces(db).where('events.id', '>', id).execute()
}

/** Those of them that are about these items, or that person's own: an import may have brought thousands of others. */
export async function eventsAbout(
  db: Db,
  { after, codes, personId }: { after: number; codes: number[]; personId: number },
): Promise<Trace[]> {
  return traces(db)
    .where('events.id', '>', after)
    .where((e) => e.or([e('events.item_code', 'in', codes), e('events.person_id', '=', personId)]))
    .execute()
}

/** An act's own events, oldest first. */
export async function eventsOfAct(db: Db, { firstEvent, lastEvent }: Act): Promise<Trace[]> {
  return traces(db).where('events.id', '>=', firstEvent).where('events.id', '<=', lastEvent).execute()
}

function traces(db: Db) {
  return db
    .selectFrom('events')
    .leftJoin('people', 'people.id', 'events.person_id')
    .select([
      'events.id',
      'events.what',
      'events.at',
      'events.item_code as item',
      'events.person_id as personId',
      'people.name as by',
    ])
    .orderBy('events.id')
}

export async function insertAct(db: Db, personId: number, act: Omit<Act, 'id'>): Promise<void> {
  await db
    .insertInto('acts')
    .values({
      at: act.at,
      person_id: personId,
      first_event_id: act.firstEvent,
      last_event_id: act.lastEvent,
      before: JSON.stringify(act.before),
      undone_at: null,
    })
    .execute()
}

/** Nobody can undo them any more, and they hold what people wrote. */
export async function forgetActs(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('acts')
    .where('at', '<', now - keptMs)
    .execute()
}

/** The newest thing that somebody did since, and has not undone. */
export async function newestAct(db: Db, personId: number, since: number): Promise<Act | undefined> {
  const row = await db
    .selectFrom('acts')
    .selectAll()
    .where('person_id', '=', personId)
    .where('at', '>=', since)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      at: row.at,
      firstEvent: row.first_event_id,
      lastEvent: row.last_event_id,
      before: JSON.parse(row.before) as Standing,
    }
  )
}

export async function markUndone(db: Db, id: number, at: number): Promise<void> {
  await db.updateTable('acts').set({ undone_at: at }).where('id', '=', id).execute()
}

/** The events of what was undone since: they are as if they had not been. */
export async function undoneEvents(db: Db, since: number): Promise<{ first: number; last: number }[]> {
  return db
    .selectFrom('acts')
    .select(['first_event_id as first', 'last_event_id as last'])
    .where('undone_at', '>=', since)
    .execute()
}

/** How things stand with these items, and with what was merged into them. */
export async function standingOf(db: Db, codes: number[]): Promise<Standing> {
  const items = await db
    .selectFrom('items')
    .select(['code', 'status', 'urgency', 'policy', 'closing', 'merged_into'])
    .where((e) => e.or([e('code', 'in', codes), e('merged_into', 'in', codes)]))
    .orderBy('code')
    .execute()
  const assignments = await db
    .selectFrom('assignments')
    .selectAll()
    .where('item_code', 'in', codes)
    // Below 0: its dispatch was undone, and nothing can be done with it any more.
    .where('round', '>', 0)
    .orderBy('id')
    .execute()
  const ids = assignments.map(({ id }) => id)
  const idsIn = (table: RecordTable) =>
    db
      .selectFrom(table)
      .select((e) => ['id', e.val(table).as('table')])
      .where('item_code', 'in', codes)
  const records = await idsIn('callbacks')
    .unionAll(idsIn('publications'))
    .unionAll(idsIn('uptakes'))
    .execute()
  const idsOf = (wanted: RecordTable) => records.filter(({ table }) => table === wanted).map(({ id }) => id)
  return {
    items,
    assignments,
    feedback: await db.selectFrom('feedback').selectAll().where('assignment_id', 'in', ids).execute(),
    requests: await db.selectFrom('requests').selectAll().where('assignment_id', 'in', ids).execute(),
    callbacks: idsOf('callbacks'),
    publications: idsOf('publications'),
    uptakes: idsOf('uptakes'),
  }
}

/** A row as it was; its status comes from `undoItem`. */
export async function restoreItem(db: Db, { code, ...row }: Standing['items'][number]): Promise<void> {
  await db.updateTable('items').set(row).where('code', '=', code).execute()
}

export async function restoreFeedback(db: Db, { id, ...row }: Standing['feedback'][number]): Promise<void> {
  await db.updateTable('feedback').set(row).where('id', '=', id).execute()
}

export async function restoreRequest(db: Db, { id, ...row }: Standing['requests'][number]): Promise<void> {
  await db.updateTable('requests').set(row).where('id', '=', id).execute()
}

/** A request that was taken back before anybody decided it. */
export async function dropRequest(db: Db, id: number): Promise<void> {
  await db.updateTable('requests').set({ status: 'dropped' }).where('id', '=', id).execute()
}

export async function deleteRecords(db: Db, table: RecordTable, ids: number[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom(table).where('id', 'in', ids).execute()
}
