import { addEvents } from '../../db/audit.ts'
import { type ItemFilter, itemsFollowing } from '../../db/item-pages.ts'
import { type ItemRecord, recordsOf } from '../../db/item-records.ts'
import { itemByCode } from '../../db/items.ts'
import { isLate } from '../../domain/assignment-time.ts'
import { toIso } from '../../domain/time.ts'
import type { DepartmentTotals, Totals } from '../../domain/totals.ts'
import type { App } from '../app.ts'
import { type ItemJson, type ItemJsonContext, itemJson } from '../reports/item-json.ts'
import { allTotals } from '../reports/status.ts'
import { work } from '../work.ts'

/** Another system that reads, by the name of its token. */
export interface Reader {
  name: string
  /** With the petitioners' details, which is audited. */
  private: boolean
}

export interface PageOrder extends Omit<ItemFilter, 'dueBefore'> {
  /** Whether a share of it, that department's where one is given, is late now. */
  overdue?: boolean
  /** Items that follow this number. */
  after: number
  limit: number
}

export interface ItemPage {
  items: ItemJson[]
  /** The number that the next page follows; null where this is the last one. */
  next: number | null
}

/** @returns null where there is no such item */
export async function readItem(app: App, code: number, reader: Reader): Promise<ItemJson | null> {
  const records = await app.db.read.transaction().execute(async (db) => {
    const item = await itemByCode(db, code)
    return item ? recordsOf(db, [item]) : []
  })
  return (await shown(app, records, reader))[0] ?? null
}

/** Items by their number; what comes in meanwhile is on a later page, and nothing is on two. */
export async function readItems(app: App, order: PageOrder, reader: Reader): Promise<ItemPage> {
  const { records, next } = await app.db.read.transaction().execute((db) => pageOf(db, app, order))
  return { items: await shown(app, records, reader), next }
}

export interface StatusJson extends Totals {
  as_of: string
  departments: DepartmentTotals[]
}

export async function readStatus(app: App): Promise<StatusJson> {
  const now = app.clock.now()
  const { totals, departments } = await allTotals(app, now)
  return { as_of: toIso(now, app.voice.timezone), ...totals, departments }
}

/** Whether a share is late depends on promises and the calendar: what the database can't tell is left out here. */
async function pageOf(
  db: Parameters<typeof itemsFollowing>[0],
  app: App,
  { after, limit, overdue, ...filter }: PageOrder,
): Promise<{ records: ItemRecord[]; next: number | null }> {
  const now = app.clock.now()
  const office = app.office()
  const isOverdue = ({ assignments }: ItemRecord) =>
    assignments.some(
      ({ assignment }) =>
        (!filter.department || assignment.department.id === filter.department.id) &&
        isLate(assignment, now, office),
    )
  const found: ItemRecord[] = []
  let last = after
  for (;;) {
    const candidates = { ...filter, ...(overdue ? { dueBefore: now } : {}) }
    const rows = await itemsFollowing(db, last, candidates, limit + 1)
    const records = await recordsOf(db, rows)
    found.push(...records.filter((record) => overdue === undefined || isOverdue(record) === overdue))
    if (found.length > limit) {
      const records = found.slice(0, limit)
      return { records, next: records.at(-1)?.item.code ?? null }
    }
    if (rows.length <= limit) return { records: found, next: null }
    last = rows.at(-1)?.code ?? last
  }
}

async function shown(app: App, records: ItemRecord[], reader: Reader): Promise<ItemJson[]> {
  const context: ItemJsonContext = {
    voice: app.voice,
    office: app.office(),
    now: app.clock.now(),
    private: reader.private,
  }
  // Recorded before it is shown: what can't be recorded is not shown.
  if (reader.private && records.length > 0) {
    const reason = app.voice.t.intake.readBy(reader.name)
    await work(app, ({ db, now }) =>
      addEvents(
        db,
        records.map(({ item }) => ({
          at: now,
          what: 'details-shown',
          item: item.code,
          detail: { token: reader.name, reason },
        })),
      ),
    )
  }
  return records.map((record) => itemJson(record, context))
}
