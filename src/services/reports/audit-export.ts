import { type AuditRecord, auditAfter, countEvents } from '../../db/audit-trail.ts'
import { maskPersonal } from '../../domain/masking.ts'
import { toIso } from '../../domain/time.ts'
import { UserError } from '../../errors.ts'
import { type TableColumn, type TableValue, writeTable } from '../../files/write-table.ts'
import { eventDetail } from '../../messages/event-words.ts'
import type { App } from '../app.ts'
import type { ExportOrder } from './export.ts'

type ColumnKey = 'at' | 'by' | 'what' | 'item' | 'department' | 'detail'
type AuditRow = Record<ColumnKey, TableValue>

const chunk = 2000
/** An .xlsx can't be written in pieces. */
const maxXlsxRows = 100_000

/**
 * Writes who did what when, oldest first, all of it as it was at one moment.
 * @returns how many records there are
 * @throws {UserError} where there are too many for an .xlsx
 */
export async function exportAudit(app: App, order: ExportOrder): Promise<number> {
  const columns = columnsOf(app)
  switch (order.format) {
    case 'json': {
      await order.write('[')
      const count = await eachChunk(app, order, async (records, before) => {
        const lines = records.map((record) => JSON.stringify(jsonOf(record, app, order)))
        await order.write(`${before === 0 ? '\n' : ',\n'}${lines.join(',\n')}`)
      })
      await order.write(count === 0 ? ']\n' : '\n]\n')
      return count
    }
    case 'csv': {
      const head = await writeTable('csv', columns, [])
      await order.write(head)
      return eachChunk(app, order, async (records) => {
        const table = await writeTable(
          'csv',
          columns,
          records.map((record) => rowOf(record, app, order)),
        )
        await order.write(table.subarray(head.length))
      })
    }
    case 'xlsx': {
      const total = await countEvents(app.db.read)
      if (total > maxXlsxRows) throw new UserError((t) => t.directory.audit.tooMany(total, maxXlsxRows))
      const rows: AuditRow[] = []
      const count = await eachChunk(app, order, async (records) => {
        rows.push(...records.map((record) => rowOf(record, app, order)))
      })
      await order.write(await writeTable('xlsx', columns, rows))
      return count
    }
  }
}

function columnsOf({ voice }: App): TableColumn[] {
  const labels = voice.t.directory.audit.columns
  return (Object.keys(labels) as ColumnKey[]).map((key) => ({ key, label: labels[key] }))
}

/** As people read it: names of what happened, local times to the second. */
function rowOf(record: AuditRecord, app: App, order: ExportOrder): AuditRow {
  const { t } = app.voice
  const { at, by, what, item, department, detail } = jsonOf(record, app, order)
  return {
    at: at.slice(0, 19).replace('T', ' '),
    by: by ?? t.directory.audit.itself,
    what: t.events[what],
    item: item === null ? null : `#${item}`,
    department,
    detail,
  }
}

function jsonOf({ item, ...entry }: AuditRecord, app: App, order: ExportOrder) {
  const { department } = entry.detail
  const detail = eventDetail(entry, app.voice)
  return {
    at: toIso(entry.at, app.voice.timezone),
    by: entry.by,
    what: entry.what,
    item,
    department: entry.department ?? (typeof department === 'string' ? department : null),
    detail: (order.private ? detail : maskPersonal(detail)) || null,
  }
}

/** One snapshot throughout, however long it takes. */
async function eachChunk(
  app: App,
  { progress }: ExportOrder,
  take: (records: AuditRecord[], before: number) => Promise<void>,
): Promise<number> {
  return app.db.read.transaction().execute(async (db) => {
    let count = 0
    let last = 0
    for (;;) {
      const rows = await auditAfter(db, last, chunk)
      if (rows.length === 0) return count
      await take(
        rows.map(({ id: _, ...record }) => record),
        count,
      )
      count += rows.length
      last = rows.at(-1)?.id ?? last
      progress?.(count)
    }
  })
}
