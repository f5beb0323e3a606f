import { inChunks } from '../../db/chunks.ts'
import type { ItemRow } from '../../db/items.ts'
import { itemsByExternalId, unnumberedItems } from '../../db/known-items.ts'
import type { Db } from '../../db/schema.ts'
import type { IncomingItem } from './collect.ts'

/** Which of the rows of a file are items already. */
export interface KnownAmong<Row> {
  fresh: Row[]
  known: { row: Row; item: ItemRow }[]
  /** The codes of known items of which the file says something else. */
  differing: number[]
}

const minuteMs = 60_000
const compared = ['title', 'content', 'category', 'petitioner', 'phone', 'address'] as const

/**
 * A row is known by its source and external id. One without an external id is known by all that it says, and as often
 * as it is known: a file that says the same twice makes two items, and none when it comes again.
 */
export async function knownAmong<Row extends IncomingItem>(
  db: Db,
  rows: readonly Row[],
): Promise<KnownAmong<Row>> {
  const result: KnownAmong<Row> = { fresh: [], known: [], differing: [] }
  const byId = await numbered(db, rows)
  const byWords = await unnumbered(db, rows)
  for (const row of rows) {
    const item =
      row.external_id === null
        ? takeFirst(byWords.get(wordsOf(row)) ?? [], (candidate) => fitsInTime(row, candidate))
        : byId.get(`${row.source}\n${row.external_id}`)
    if (item === undefined) result.fresh.push(row)
    else result.known.push({ row, item })
    if (item && compared.some((field) => item[field] !== row[field])) result.differing.push(item.code)
  }
  return result
}

async function numbered(db: Db, rows: readonly IncomingItem[]): Promise<Map<string, ItemRow>> {
  const items = new Map<string, ItemRow>()
  const withId = rows.filter(({ external_id }) => external_id !== null)
  for (const [source, own] of Map.groupBy(withId, (row) => row.source)) {
    for (const ids of inChunks(own.map(({ external_id }) => external_id ?? ''))) {
      for (const item of await itemsByExternalId(db, source, ids)) {
        items.set(`${source}\n${item.external_id}`, item)
      }
    }
  }
  return items
}

async function unnumbered(db: Db, rows: readonly IncomingItem[]): Promise<Map<string, ItemRow[]>> {
  const items = new Map<string, ItemRow[]>()
  const withoutId = rows.filter(({ external_id }) => external_id === null)
  for (const [source, own] of Map.groupBy(withoutId, (row) => row.source)) {
    for (const titles of inChunks([...new Set(own.map(({ title }) => title))])) {
      for (const item of await unnumberedItems(db, source, titles)) {
        const words = wordsOf(item)
        const same = items.get(words)
        if (same) same.push(item)
        else items.set(words, [item])
      }
    }
  }
  return items
}

/** Where a file named no time, that of its import stands; a file of our own export names it to the minute. */
function fitsInTime({ received_at }: IncomingItem, item: ItemRow): boolean {
  if (received_at === null) return item.received_at === item.created_at
  return Math.abs(item.received_at - received_at) < minuteMs
}

/** The first that fits, which then is no longer among them. */
function takeFirst<T>(all: T[], fits: (one: T) => boolean): T | undefined {
  const index = all.findIndex(fits)
  return index < 0 ? undefined : all.splice(index, 1)[0]
}

type Words = Pick<IncomingItem, (typeof compared)[number] | 'source'>

function wordsOf(row: Words): string {
  return JSON.stringify([row.source, ...compared.map((field) => row[field])])
}
