import { FileFault } from '../file-fault.ts'
import { maxColumns, maxRows } from '../limits.ts'
import { type RawCell, type RawRow, type Table, tableOf } from '../table.ts'
import { numberText } from './number-format.ts'
import { readWorkbook, scanPart, textCollector, unescapeText, type Workbook } from './workbook.ts'
import { type Archive, openZip } from './zip.ts'

/**
 * Reads the first visible sheet. Ours, because the library for it fills every gap between rows, so that a file of
 * 600 bytes with a cell in row 30,000,000 ends the process, and unpacks without a bound.
 * @throws {FileFault}
 */
export function readXlsx(bytes: Buffer): Table {
  const archive = openZip(bytes)
  const workbook = readWorkbook(archive)
  const rows = readSheet(archive, workbook)
  return tableOf(rows, { extraCells: 'ignore' })
}

interface SheetCell {
  column: number
  type: string
  style: number
  value: string | null
  formula: string | null
}

function readSheet(archive: Archive, workbook: Workbook): RawRow[] {
  const rows: RawRow[] = []
  const merged: string[] = []
  const inline = textCollector()
  let line = 0
  let row: RawRow | null = null
  let cell: SheetCell | null = null
  let column = 0
  let part = ''
  scanPart(archive, workbook.sheetPath, {
    open(name, attribute) {
      if (name === 'row') {
        line = lineAfter(line, attribute('r'))
        row = { line, cells: [] }
        column = 0
      } else if (name === 'c' && row) {
        const address = attribute('r')
        column = address ? columnOf(address) : column + 1
        cell = {
          column,
          type: attribute('t') ?? 'n',
          style: Number(attribute('s') ?? 0),
          value: null,
          formula: null,
        }
        inline.start()
      } else if (name === 'mergeCell') {
        if (merged.length < maxRows) merged.push(attribute('ref') ?? '')
      } else if (cell) {
        part = name
        inline.open(name)
        if (name === 'v') cell.value = ''
        if (name === 'f') cell.formula = ''
      }
    },
    text(text) {
      if (!cell) return
      if (part === 'v' && cell.value !== null) cell.value += text
      else if (part === 'f' && cell.formula !== null) cell.formula += text
      else inline.add(text)
    },
    close(name) {
      if (name === 'c' && cell && row) {
        const content = contentOf(cell, inline.text(), workbook)
        if (content !== '') put(row, cell.column, content)
        cell = null
      } else if (name === 'row' && row) {
        if (row.cells.length > 0) rows.push(row)
        if (rows.length > maxRows + 10) throw new FileFault('too-many-rows', { max: maxRows })
        row = null
      } else if (cell) {
        part = ''
        inline.close(name)
      }
    },
  })
  fillMerged(rows, merged)
  return rows
}

/** Rows may leave gaps and may leave their number out, but are in order. */
function lineAfter(previous: number, written: string | undefined): number {
  const line = written === undefined ? previous + 1 : Number(written)
  if (Number.isSafeInteger(line) && line > previous) return line
  throw new FileFault('file-damaged', { detail: `row "${written?.slice(0, 20)}"` })
}

function put(row: RawRow, column: number, content: RawCell): void {
  if (column > maxColumns) throw new FileFault('too-many-columns', { max: maxColumns })
  row.cells[column - 1] = content
}

/** Column A is 1. */
function columnOf(address: string): number {
  let column = 0
  for (const letter of address.toUpperCase()) {
    const digit = letter.charCodeAt(0) - 64
    if (digit < 1 || digit > 26) break
    column = column * 26 + digit
  }
  if (column === 0) throw new FileFault('file-damaged', { detail: `cell "${address.slice(0, 20)}"` })
  return column
}

function contentOf(cell: SheetCell, inline: string, workbook: Workbook): RawCell {
  if (cell.type === 'inlineStr') return inline
  // A formula that gave an empty text says so by its type; one without a value was never calculated.
  if (!cell.value && cell.formula !== null && cell.type !== 'str') {
    return { code: 'cell-error', text: `=${cell.formula}` }
  }
  if (!cell.value) return ''
  switch (cell.type) {
    case 's':
      return workbook.strings[Number(cell.value)] ?? damagedString(cell.value)
    case 'str':
      return unescapeText(cell.value)
    case 'b':
      return cell.value.trim() === '1' ? 'TRUE' : 'FALSE'
    case 'e':
      return { code: 'cell-error', text: cell.value }
    case 'd':
      return cell.value.replace(/(?:T00:00:00)?(?:\.0+)?Z?$/, '')
    default:
      return numberText(cell.value, workbook.formats[cell.style] ?? 'number', workbook.epoch1904)
  }
}

function damagedString(index: string): never {
  throw new FileFault('file-damaged', { detail: `no shared string ${index.slice(0, 20)}` })
}

/** Far more than an honest sheet has; areas that overlap could take hours. */
const maxMergedCells = 2_000_000

/**
 * A cell merged down over rows, a department above its people, say, stands for each of them. Cells merged across are
 * banners and stay as they are.
 */
function fillMerged(rows: RawRow[], merged: string[]): void {
  if (merged.length === 0) return
  const byLine = new Map(rows.map((row) => [row.line, row]))
  const lastLine = rows.at(-1)?.line ?? 0
  let steps = 0
  for (const ref of merged) {
    const [from, to] = ref.split(':')
    if (!from || !to || columnOf(from) !== columnOf(to)) continue
    const column = columnOf(from) - 1
    const content = byLine.get(lineOf(from))?.cells[column]
    if (content === undefined) continue
    for (let line = lineOf(from) + 1; line <= Math.min(lineOf(to), lastLine); line++) {
      if (++steps > maxMergedCells) throw new FileFault('file-damaged', { detail: 'merged cells' })
      const row = byLine.get(line)
      if (row) row.cells[column] ??= content
    }
  }
}

function lineOf(address: string): number {
  return Number(/(?<!\d)\d+$/.exec(address)?.[0] ?? 0)
}
