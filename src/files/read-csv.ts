import { CsvError, parse } from 'csv-parse/sync'
import { FileFault } from './file-fault.ts'
import { unguardFormula } from './formula-guard.ts'
import { maxCellLength, maxColumns, maxRows } from './limits.ts'
import { type RawRow, type Table, tableOf } from './table.ts'

/**
 * Delimited by commas, semicolons or tabs; quoted fields may span lines, and a row's line is the one it begins on.
 * @throws {FileFault}
 */
export function readCsv(text: string): Table {
  const rows: RawRow[] = []
  let nextLine = 1
  let blanks = 0
  function take(cells: string[], context: { lines: number }): null {
    const line = nextLine
    nextLine = context.lines + 1
    if (cells.every((cell) => cell.trim() === '')) {
      if (++blanks > maxRows) throw new FileFault('too-many-rows', { max: maxRows })
      return null
    }
    if (cells.length > maxColumns) cells = withoutEmptyEnd(cells)
    // The header and banners come on top of the rows: tableOf counts exactly.
    if (rows.length > maxRows + 10) throw new FileFault('too-many-rows', { max: maxRows })
    rows.push({ line, cells: cells.map(unguardFormula) })
    return null
  }
  // One kind of line end throughout, or csv-parse counts a CRLF inside quotation marks as two lines.
  const lines = text.replace(/\r\n?/g, '\n')
  const delimiter = delimiterOf(lines)
  requireSheet(lines, delimiter)
  try {
    parse(withoutBlankEnd(lines.replace(sepLine, '\n'), delimiter), {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: maxColumns * maxCellLength,
      on_record: take,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const code = error.code === 'CSV_MAX_RECORD_SIZE' ? 'row-too-long' : 'quote-open'
    throw new FileFault(code, { line: nextLine }, { cause: error })
  }
  return tableOf(rows, { extraCells: 'flaw' })
}

/** As wide as a sheet can be. */
const mostCells = 16_384

/** csv-parse puts a row of millions of cells together before anybody hears of it. */
function requireSheet(text: string, delimiter: string): void {
  let cells = 0
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === '\n') cells = 0
    else if (char === delimiter && ++cells >= mostCells)
      throw new FileFault('too-many-columns', { max: maxColumns })
  }
}

/** A sheet that was once formatted down to its last row is saved with a million rows of nothing but commas. */
function withoutBlankEnd(text: string, delimiter: string): string {
  let end = text.length
  while (end > 0 && ` \n${delimiter}`.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** Excel's own hint in the first line: `sep=;`. Its line break stays, so that the lines count on. */
const sepLine = /^sep=[,;\t]\n/i

function delimiterOf(text: string): string {
  if (sepLine.test(text)) return text.charAt(4)
  const counts = new Map([
    [',', 0],
    [';', 0],
    ['\t', 0],
  ])
  let quoted = false
  for (const char of text.slice(0, 100_000)) {
    const count = counts.get(char)
    if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (count !== undefined) counts.set(char, count + 1)
    else if (char === '\n' && mostOf(counts)[1] > 0) break
  }
  return mostOf(counts)[0]
}

function mostOf(counts: Map<string, number>): [string, number] {
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most))
}

function withoutEmptyEnd(cells: string[]): string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '')
  if (last >= maxColumns) throw new FileFault('too-many-columns', { max: maxColumns })
  return cells.slice(0, last + 1)
}
