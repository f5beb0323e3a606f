import { type ItemRecord, itemsAfter, recordsOf } from '../../db/item-records.ts'
import { namesByDepartment } from '../../db/people.ts'
import { itemCounts } from '../../db/totals.ts'
import { UserError } from '../../errors.ts'
import { sheetHere } from '../../files/sheet.ts'
import { sheetApart } from '../../files/sheet-apart.ts'
import { type TableFormat, writeTable } from '../../files/write-table.ts'
import type { App } from '../app.ts'
import { type ItemJsonContext, itemJson } from './item-json.ts'
import { taskListColumns, taskListRow } from './task-list-row.ts'

export interface ExportOrder {
  format: TableFormat
  /** With the petitioners' details; numbers in texts are not masked. */
  private: boolean
  /** An .xlsx is made in a thread of its own: for a program that has others to serve meanwhile. */
  apart?: boolean
  /** Takes one piece after the other. */
  write(piece: string | Buffer): Promise<void>
  progress?(done: number): void
}

/** So many items are in memory at once. */
const chunk = 500
/** An .xlsx can't be written in pieces: so many rows take about a gigabyte. */
export const maxXlsxItems = 50_000

/**
 * Writes every item, all of them as they were at one moment.
 * @returns how many there are
 * @throws {UserError} where there are too many for an .xlsx
 */
export async function exportItems(app: App, order: ExportOrder): Promise<number> {
  const context: ItemJsonContext = {
    voice: app.voice,
    office: app.office(),
    now: app.clock.now(),
    private: order.private,
  }
  switch (order.format) {
    case 'json':
      return exportJson(app, order, context)
    case 'csv':
      return exportCsv(app, order, context)
    case 'xlsx':
      return exportXlsx(app, order, context)
  }
}

/** An array with an item on each line. */
async function exportJson(app: App, order: ExportOrder, context: ItemJsonContext): Promise<number> {
  await order.write('[')
  const count = await eachChunk(app, order, async (records, before) => {
    const lines = records.map((record) => JSON.stringify(itemJson(record, context)))
    await order.write(`${before === 0 ? '\n' : ',\n'}${lines.join(',\n')}`)
  })
  await order.write(count === 0 ? ']\n' : '\n]\n')
  return count
}

async function exportCsv(app: App, order: ExportOrder, context: ItemJsonContext): Promise<number> {
  const columns = taskListColumns(context)
  const head = await writeTable('csv', columns, [])
  await order.write(head)
  return eachChunk(app, order, async (records, _before, contacts) => {
    const rows = records.map((record) => taskListRow(record, contacts, context))
    const table = await writeTable('csv', columns, rows)
    await order.write(table.subarray(head.length))
  })
}

async function exportXlsx(app: App, order: ExportOrder, context: ItemJsonContext): Promise<number> {
  const counts = Object.values(await itemCounts(app.db.read))
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total > maxXlsxItems) throw new UserError((t) => t.operator.export.tooMany(total, maxXlsxItems))
  const sheet = (order.apart ? sheetApart : sheetHere)(taskListColumns(context))
  try {
    const count = await eachChunk(app, order, async (records, _before, contacts) => {
      sheet.add(records.map((record) => taskListRow(record, contacts, context)))
    })
    await order.write(await sheet.finish())
    return count
  } finally {
    await sheet.drop()
  }
}

/** One snapshot throughout, so that what is written agrees with itself however long it takes. */
async function eachChunk(
  app: App,
  { progress }: ExportOrder,
  take: (records: ItemRecord[], before: number, contacts: ReadonlyMap<number, string[]>) => Promise<void>,
): Promise<number> {
  return app.db.read.transaction().execute(async (db) => {
    const contacts = await namesByDepartment(db, 'contact', app.clock.now())
    let count = 0
    let last = 0
    for (;;) {
      const items = await itemsAfter(db, last, chunk)
      if (items.length === 0) return count
      await take(await recordsOf(db, items), count, contacts)
      count += items.length
      last = items.at(-1)?.code ?? last
      progress?.(count)
    }
  })
}
