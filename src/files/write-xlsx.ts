import type { Cell } from 'write-excel-file/node'
import { guardFormula } from './formula-guard.ts'
import type { TableColumn, TableValue } from './table-to-write.ts'

/** Excel refuses a whole file for one longer cell. */
const maxTextLength = 32_767
const font = { fontFamily: '宋体', fontSize: 11 }
/** In points. */
const lineHeight = 15
const maxLines = 20

/** A sheet to read at once: bold header that stays, text wrapped at the top of its cell, widths by the content. */
export async function writeXlsx(
  columns: readonly TableColumn[],
  values: readonly (readonly TableValue[])[],
): Promise<Buffer> {
  const widths = columns.map((column, index) => column.width ?? fittingWidth(column.label, values, index))
  const body = values.map((row) => {
    const height = rowHeight(row, widths)
    return row.map((value) => bodyCell(value, height))
  })
  // Only who exports waits for it, and no start.
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const file = writeXlsxFile(
    [columns.map(({ label }) => headerCell(label)), ...body],
    { columns: widths.map((width) => ({ width })), stickyRowsCount: 1, orientation: 'landscape' },
    font,
  )
  return await file.toBuffer()
}

function headerCell(label: string): Cell {
  return {
    value: guardFormula(label),
    type: String,
    fontWeight: 'bold',
    backgroundColor: '#E8EEF7',
    align: 'center',
    alignVertical: 'center',
    wrap: true,
  }
}

function bodyCell(value: TableValue, height: number | undefined): Cell {
  const layout = { alignVertical: 'top', wrap: true, height } as const
  if (value === null) return null
  if (typeof value === 'number') return { value, type: Number, ...layout }
  if (typeof value === 'boolean') return { value, type: Boolean, ...layout }
  return { value: guardFormula(value).slice(0, maxTextLength), type: String, ...layout }
}

/** Wide enough for nine rows in ten, within reason; the others wrap. */
function fittingWidth(label: string, values: readonly (readonly TableValue[])[], index: number): number {
  const widths = values.slice(0, 1000).map((row) => Math.max(...lineWidths(row[index])))
  const usual = widths.sort((a, b) => a - b)[Math.floor(widths.length * 0.9)] ?? 0
  return Math.min(Math.max(usual, ...lineWidths(label), 6), 50) + 2
}

/** Said outright where a cell wraps: not every office program finds it by itself. Undefined for a single line. */
function rowHeight(row: readonly TableValue[], widths: number[]): number | undefined {
  const counts = row.map((value, index) => {
    const room = Math.max((widths[index] ?? 0) - 2, 1)
    return lineWidths(value).reduce((sum, width) => sum + Math.max(1, Math.ceil(width / room)), 0)
  })
  const lines = Math.min(Math.max(...counts, 1), maxLines)
  return lines > 1 ? lines * lineHeight : undefined
}

/** Of each line, in half-width characters: a Chinese character takes two. */
function lineWidths(value: TableValue | undefined): number[] {
  const lines = String(value ?? '')
    .slice(0, 2000)
    .split('\n')
  return lines.map((line) => line.length + (line.match(/[^\0-\u024f]/g)?.length ?? 0))
}
