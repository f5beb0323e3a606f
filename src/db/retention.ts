import { type ExpressionBuilder, sql } from 'kysely'
import type { EventName } from '../domain/event.ts'
import type { Db, Schema } from './schema.ts'

/** What ends an item, for good unless it is reopened. */
const ends: EventName[] = ['closed', 'declined', 'merged']
/** What may still be written about it then. */
const additions: EventName[] = ['called-back', 'published', 'uptake']

/** In place of an attachment's path. */
const erasedPath = ''
/** A message without words. */
const emptied = JSON.stringify({ title: '', tone: 'info', blocks: [] })

/** What people wrote freely, and of what it is a part. */
const texts = [
  { table: 'items', key: 'code', owner: 'code', columns: ['title', 'content'] },
  { table: 'assignments', key: 'id', owner: 'item_code', columns: ['return_reason'] },
  {
    table: 'feedback',
    key: 'id',
    owner: 'assignment_id',
    columns: ['measures', 'reason', 'handler', 'review_reason'],
  },
  { table: 'requests', key: 'id', owner: 'assignment_id', columns: ['reason', 'decision_reason'] },
  { table: 'publications', key: 'id', owner: 'item_code', columns: ['text'] },
  { table: 'uptakes', key: 'id', owner: 'item_code', columns: ['note'] },
  { table: 'events', key: 'id', owner: 'item_code', columns: ['detail'] },
] as const satisfies { table: keyof Schema; key: string; owner: string; columns: readonly string[] }[]

export type TextTable = (typeof texts)[number]['table']

/**
 * Items that ended before that moment, whose personal data is still there, among some by their numbers. What was merged into an item
 * is the other's too, and ends with it.
 */
export async function itemsToErase(
  db: Db,
  { endedBefore, after, upTo }: { endedBefore: number; after: number; upTo: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('items')
    .leftJoin('items as into', 'into.code', 'items.merged_into')
    .select('items.code')
    .where('items.code', '>', after)
    .where('items.code', '<=', upTo)
    .where((e) =>
      e.or([
        e('items.status', 'in', ['closed', 'declined']),
        e.and([
          e('items.status', '=', 'merged'),
          e('into.status', 'in', ['closed', 'declined']),
          e.not(e.exists(eventsOf(e, 'into.code', ends).where('events.at', '>=', endedBefore))),
        ]),
      ]),
    )
    .where((e) => e.not(e.exists(eventsOf(e, 'items.code', ends).where('events.at', '>=', endedBefore))))
    // What was written since it was erased is erased in turn.
    .where((e) =>
      e.not(
        e.exists(
          eventsOf(e, 'items.code', ['erased']).where(
            'events.id',
            '>',
            e
              .selectFrom('events as newest')
              .select((n) => n.fn.coalesce(n.fn.max('newest.id'), n.val(0)).as('id'))
              .whereRef('newest.item_code', '=', 'items.code')
              .where('newest.what', 'in', [...ends, ...additions]),
          ),
        ),
      ),
    )
    .orderBy('items.code')
    .execute()
  return rows.map(({ code }) => code)
}

type WithItems = Schema & { into: Schema['items'] }

function eventsOf(
  e: ExpressionBuilder<WithItems, 'items' | 'into'>,
  item: 'items.code' | 'into.code',
  what: readonly EventName[],
) {
  return e
    .selectFrom('events')
    .select('events.id')
    .whereRef('events.item_code', '=', item)
    .where('events.what', 'in', [...what])
}

/** How to reach the citizens, what they said when they were called, and by which words the items were found. */
export async function eraseDetails(db: Db, codes: number[]): Promise<void> {
  await db
    .updateTable('items')
    .set({ petitioner: null, phone: null, address: null })
    .where('code', 'in', codes)
    .execute()
  await db.updateTable('callbacks').set({ note: null }).where('item_code', 'in', codes).execute()
  await db.deleteFrom('item_words').where('item_code', 'in', codes).execute()
}

/** Changes in place whatever was written freely about these items. */
export async function rewriteTexts(
  db: Db,
  codes: number[],
  rewrite: (text: string, table: TextTable) => string,
): Promise<void> {
  const assignments = await assignmentsOf(db, codes)
  for (const { table, key, owner, columns } of texts) {
    const owners = owner === 'assignment_id' ? assignments : codes
    if (owners.length === 0) continue
    const { rows } = await sql<{ key: number } & Record<string, string | null>>`
      select ${sql.ref(key)} as "key", ${sql.join(columns.map((column) => sql.ref(column)))}
      from ${sql.table(table)} where ${sql.ref(owner)} in (${sql.join(owners)})`.execute(db)
    for (const row of rows) {
      const changed = columns.flatMap((column) => {
        const text = row[column]
        const now = text ? rewrite(text, table) : text
        return now === text ? [] : [sql`${sql.ref(column)} = ${now}`]
      })
      if (changed.length === 0) continue
      await sql`
        update ${sql.table(table)} set ${sql.join(changed)} where ${sql.ref(key)} = ${row.key}`.execute(db)
    }
  }
}

/** By what the items are found again. */
export async function itemTexts(
  db: Db,
  codes: number[],
): Promise<{ code: number; title: string; content: string }[]> {
  return db.selectFrom('items').select(['code', 'title', 'content']).where('code', 'in', codes).execute()
}

/** The files of these items' evidence, below DATA_DIR. */
export async function filesOf(db: Db, codes: number[]): Promise<string[]> {
  const assignments = await assignmentsOf(db, codes)
  if (assignments.length === 0) return []
  const rows = await db
    .selectFrom('attachments')
    .select('path')
    .where('assignment_id', 'in', assignments)
    .where('path', 'is not', null)
    .where('path', '!=', erasedPath)
    .execute()
  return rows.flatMap(({ path }) => path ?? [])
}

/** What says how many there were and when stays; a platform is not asked for their bytes again. */
export async function eraseEvidence(db: Db, codes: number[]): Promise<void> {
  const assignments = await assignmentsOf(db, codes)
  if (assignments.length === 0) return
  await db
    .updateTable('attachments')
    .set({
      file_name: '',
      platform_key: '',
      media_type: null,
      path: erasedPath,
      size: null,
      sha256: null,
    })
    .where('assignment_id', 'in', assignments)
    .execute()
}

/** What is never sent again. */
const doneWith = ['sent', 'refused', 'cancelled'] as const

/** What was said about these items, and whether also about one that has not ended. */
export async function messagesOf(
  db: Db,
  codes: number[],
): Promise<{ id: number; payload: string; isShared: boolean }[]> {
  const ids = await messageIds(db, codes)
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('deliveries')
    .select((e) => [
      'deliveries.id',
      'deliveries.payload',
      e
        .selectFrom('delivery_assignments as part')
        .innerJoin('assignments', 'assignments.id', 'part.assignment_id')
        .innerJoin('items', 'items.code', 'assignments.item_code')
        .select((s) => s.fn.countAll<number>().as('total'))
        .where((s) =>
          s.or([
            s('part.delivery_id', '=', s.ref('deliveries.id')),
            s('part.delivery_id', '=', s.ref('deliveries.target_id')),
          ]),
        )
        .where('items.status', 'not in', ['closed', 'declined', 'merged'])
        .as('open'),
    ])
    .where('deliveries.status', 'in', doneWith)
    .where('deliveries.op', '!=', 'urge')
    .where('deliveries.id', 'in', ids)
    .execute()
  return rows.map(({ id, payload, open }) => ({ id, payload, isShared: Number(open) > 0 }))
}

/** One by one, each by its index; together SQLite would look at every message. */
async function messageIds(db: Db, codes: number[]): Promise<number[]> {
  const own = await db
    .selectFrom('delivery_assignments')
    .innerJoin('assignments', 'assignments.id', 'delivery_assignments.assignment_id')
    .select('delivery_id as id')
    .where('assignments.item_code', 'in', codes)
    .execute()
  const shown = await db.selectFrom('deliveries').select('id').where('item_code', 'in', codes).execute()
  const ids = [...own, ...shown].map(({ id }) => id)
  // What changed such a message, or answered it.
  const after = await db.selectFrom('deliveries').select('id').where('target_id', 'in', ids).execute()
  return [...new Set([...ids, ...after.map(({ id }) => id)])]
}

/** Messages about no item in particular, answers and lists, that are done with; by their numbers. */
export async function looseMessages(
  db: Db,
  filter: { after: number; limit: number; before: number; privateBefore: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('id')
    .where('id', '>', filter.after)
    .where('created_at', '<', Math.max(filter.before, filter.privateBefore))
    .where((e) =>
      e.or([
        e('created_at', '<', filter.before),
        e.and([e('account', 'is not', null), e('created_at', '<', filter.privateBefore)]),
      ]),
    )
    .where('status', 'in', ['sent', 'cancelled'])
    .where('op', '!=', 'urge')
    .where('item_code', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('delivery_assignments')
            .select('delivery_id')
            .where((e) =>
              e.or([
                e('delivery_id', '=', e.ref('deliveries.id')),
                e('delivery_id', '=', e.ref('deliveries.target_id')),
              ]),
            ),
        ),
      ),
    )
    .where('payload', '!=', emptied)
    .orderBy('id')
    .limit(filter.limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** They were sent, and no longer say what. */
export async function emptyMessages(db: Db, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  await db.updateTable('deliveries').set({ payload: emptied }).where('id', 'in', ids).execute()
}

/** Nothing of what was erased is left in the log that SQLite writes ahead. */
export async function foldLog(db: Db): Promise<void> {
  await sql`pragma wal_checkpoint(truncate)`.execute(db)
}

async function assignmentsOf(db: Db, codes: number[]): Promise<number[]> {
  const rows = await db.selectFrom('assignments').select('id').where('item_code', 'in', codes).execute()
  return rows.map(({ id }) => id)
}
