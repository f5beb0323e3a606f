import { findColumns, itemColumns } from './headers.ts'
import { type ItemContext, type ItemFields, readItemFields } from './item-fields.ts'
import { cellsByField } from './row-cells.ts'
import type { RowFault } from './row-fault.ts'
import type { Table } from './table.ts'

export interface ParsedItem extends ItemFields {
  line: number
}

export interface ParsedItems {
  /** The rows without a fault. */
  rows: ParsedItem[]
  faults: RowFault[]
  /** Headers of columns that mean nothing to us. */
  ignored: string[]
}

/** @throws {FileFault} where the file has no column for source or title */
export function parseItemRows(table: Table, context: ItemContext): ParsedItems {
  const columns = findColumns(table, itemColumns, ['source', 'title'])
  const rows: ParsedItem[] = []
  const faults: RowFault[] = []
  const seen = new Map<string, number>()
  for (const row of table.rows) {
    const { cells, faults: inCells } = cellsByField(row, columns)
    const { item, faults: inFields } = readItemFields(cells, context)
    const flawed = new Set(inCells.map(({ field }) => field))
    const rowFaults = [
      ...inCells,
      ...inFields.filter(({ field }) => !flawed.has(field)).map((fault) => ({ line: row.line, ...fault })),
    ]
    const twin = item && earlierTwin(item, row.line, seen)
    if (twin) rowFaults.push(twin)
    if (item && rowFaults.length === 0) rows.push({ line: row.line, ...item })
    faults.push(...rowFaults)
  }
  return { rows, faults, ignored: columns.ignored }
}

function earlierTwin(item: ItemFields, line: number, seen: Map<string, number>): RowFault | null {
  if (item.external_id === null) return null
  const key = `${item.source} ${item.external_id}`
  const otherLine = seen.get(key)
  if (otherLine === undefined) {
    seen.set(key, line)
    return null
  }
  return { line, field: 'external_id', code: 'duplicate', value: item.external_id, otherLine }
}
