import { FileFault } from './file-fault.ts'
import { maxCellLength, maxColumns, maxRows } from './limits.ts'

/** What a file of any format becomes: its header row and the rows below that hold anything. */
export interface Table {
  headers: string[]
  rows: TableRow[]
}

export interface TableRow {
  /** Where a person finds it: the line of a .csv, the row of a sheet, the number of an object in .json. */
  line: number
  /** Trimmed text by header; '' where there is nothing. */
  cells: Record<string, string>
  flaws?: CellFlaw[]
}

/** A cell whose text is not what somebody meant; a fault only where the column matters. */
export interface CellFlaw {
  /** '' for cells beyond the last header. */
  header: string
  code: CellFlawCode
  text: string
}

export type CellFlawCode =
  /** An Excel error such as #N/A, or a formula that was never calculated. */
  | 'cell-error'
  /** A number of more than 15 digits, whose last digits Excel has replaced by zeros: an identity number, say. */
  | 'cell-digits-lost'
  /** A list or an object inside a JSON object. */
  | 'cell-nested'
  /** More cells than headers: mostly a comma that wanted quotation marks. */
  | 'cells-extra'

/** A row as a format's reader brings it; missing cells may be holes. */
export interface RawRow {
  line: number
  cells: RawCell[]
}

export type RawCell = string | { code: CellFlawCode; text: string }

/**
 * The first row is the header row, save for banner rows of one cell above it, as Chinese spreadsheets have them.
 * @throws {FileFault}
 */
export function tableOf(rows: RawRow[], { extraCells }: { extraCells: 'flaw' | 'ignore' }): Table {
  const filled = rows.filter((row) => row.cells.some((cell) => textOf(cell) !== ''))
  const headerAt = findHeaderRow(filled)
  const headerRow = filled[headerAt]
  if (!headerRow) throw new FileFault('file-empty', {})
  const headers = Array.from(headerRow.cells, textOf)
  while (headers.at(-1) === '') headers.pop()
  return tableUnder(headers, filled.slice(headerAt + 1), extraCells)
}

/** @throws {FileFault} */
export function tableUnder(headers: string[], rows: RawRow[], extraCells: 'flaw' | 'ignore'): Table {
  if (headers.length > maxColumns) throw new FileFault('too-many-columns', { max: maxColumns })
  if (rows.length > maxRows) throw new FileFault('too-many-rows', { max: maxRows })
  refuseTwins(headers)
  return {
    headers: headers.filter((header) => header !== ''),
    rows: rows.map((row) => tableRow(headers, row, extraCells)),
  }
}

function findHeaderRow(rows: RawRow[]): number {
  const wide = rows.slice(0, 10).findIndex((row) => countFilled(row) > 1)
  return Math.max(wide, 0)
}

function countFilled(row: RawRow): number {
  return row.cells.filter((cell) => textOf(cell) !== '').length
}

function refuseTwins(headers: string[]): void {
  const seen = new Set<string>()
  for (const header of headers) {
    if (header !== '' && seen.has(header)) throw new FileFault('header-twice', { header })
    seen.add(header)
  }
}

function tableRow(headers: string[], row: RawRow, extraCells: 'flaw' | 'ignore'): TableRow {
  const flaws: CellFlaw[] = []
  const pairs: [string, string][] = []
  for (const [index, header] of headers.entries()) {
    const cell = row.cells[index]
    const text = textOf(cell)
    if (text.length > maxCellLength) {
      throw new FileFault('cell-too-long', { line: row.line, header, max: maxCellLength })
    }
    if (header === '') continue
    if (typeof cell === 'object') flaws.push({ header, code: cell.code, text })
    pairs.push([header, text])
  }
  const extra = row.cells.slice(headers.length).map(textOf).find(Boolean)
  if (extra && extraCells === 'flaw') flaws.push({ header: '', code: 'cells-extra', text: extra })
  // Unlike an assignment, fromEntries is safe with a header such as __proto__.
  const cells: Record<string, string> = Object.fromEntries(pairs)
  return flaws.length > 0 ? { line: row.line, cells, flaws } : { line: row.line, cells }
}

function textOf(cell: RawCell | undefined): string {
  if (cell === undefined) return ''
  return (typeof cell === 'string' ? cell : cell.text).trim()
}
