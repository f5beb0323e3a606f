import type { FoundColumns } from './headers.ts'
import { type RowFault, shorten } from './row-fault.ts'
import type { TableRow } from './table.ts'

/** The row's cells by field, and the faults that lie in the cells themselves. */
export function cellsByField<F extends string>(
  row: TableRow,
  columns: FoundColumns<F>,
): { cells: Partial<Record<F, string>>; faults: RowFault[] } {
  const cells: Partial<Record<F, string>> = {}
  const faults: RowFault[] = []
  for (const [field, header] of Object.entries(columns.headers) as [F, string][]) {
    cells[field] = row.cells[header]
  }
  for (const flaw of row.flaws ?? []) {
    const field = (Object.keys(cells) as F[]).find((name) => columns.headers[name] === flaw.header)
    if (field === undefined && flaw.code !== 'cells-extra') continue
    faults.push({ line: row.line, field: field ?? '', code: flaw.code, value: shorten(flaw.text) })
  }
  return { cells, faults }
}
