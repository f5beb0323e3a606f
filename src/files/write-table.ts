import { stringify } from 'csv-stringify/sync'
import writeXlsxFile, { type Cell as XlsxCell } from 'write-excel-file/node'
import { guardFormula } from './formula-guard.ts'

export const tableFormats = ['csv', 'xlsx', 'json'] as const
export type TableFormat = (typeof tableFormats)[number]

export interface TableColumn {
  key: string
  /** The header in .csv and .xlsx; .json has the keys. */
  label: string
  /** In .xlsx, in half-width characters; by the content where it is not given. */
  width?: number
}

export type TableValue = string | number | boolean | null

/** .csv in UTF-8 with BOM and CRLF, so that Excel in China opens it; .xlsx with a frozen header; .json, an array. */
export async function writeTable(
  format: TableFormat,
  columns: readonly TableColumn[],
  rows: readonly Readonly<Record<string, TableValue | undefined>>[],
): Promise<Buffer> {
  const values = rows.map((row) => columns.map(({ key }) => row[key] ?? null))
  switch (format) {
    case 'csv':
      return writeCsv(columns, values)
    case 'xlsx':
      return await writeXlsx(columns, values)
    case 'json':
      return writeJson(columns, values)
  }
}

function writeCsv(columns: readonly TableColumn[], values: TableValue[][]): Buffer {
  const labels = columns.map(({ label }) => label)
  const text = stringify(
    [labels, ...values].map((row) => row.map(csvText)),
    {
      bom: true,
      record_delimiter: '\r\n',
      // By itself csv-stringify quotes for the whole record delimiter only, not for a lone \n.
      quoted_match: /[\r\n]/,
    },
  )
  return Buffer.from(text)
}

function csvText(value: TableValue): string {
  return typeof value === 'string' ? guardFormula(value) : String(value ?? '')
}

function writeJson(columns: readonly TableColumn[], values: TableValue[][]): Buffer {
  const objects = values.map((row) =>
    Object.fromEntries(columns.map(({ key }, index) => [key, row[index] ?? null])),
  )
  return Buffer.from(`${JSON.stringify(objects, null, 2)}\n`)
}

/** Excel refuses a whole file for one longer cell. */
const maxXlsxText = 32_767

async function writeXlsx(columns: readonly TableColumn[], values: TableValue[][]): Promise<Buffer> {
  const header = columns.map(
    ({ label }): XlsxCell => ({
      value: guardFormula(label),
      type: String,
      fontWeight: 'bold',
      backgroundColor: '#E8EEF7',
      align: 'center',
      alignVertical: 'center',
      wrap: true,
    }),
  )
  const body = values.map((row) => row.map(xlsxCell))
  const file = writeXlsxFile([header, ...body], {
    columns: columns.map((column, index) => ({ width: column.width ?? fittingWidth(column, values, index) })),
    stickyRowsCount: 1,
  })
  return await file.toBuffer()
}

function xlsxCell(value: TableValue): XlsxCell {
  const layout = { alignVertical: 'top', wrap: true } as const
  if (value === null) return null
  if (typeof value === 'number') return { value, type: Number, ...layout }
  if (typeof value === 'boolean') return { value, type: Boolean, ...layout }
  return { value: guardFormula(value).slice(0, maxXlsxText), type: String, ...layout }
}

/** Wide enough for nine rows in ten, within reason; the others wrap. */
function fittingWidth(column: TableColumn, values: TableValue[][], index: number): number {
  const widths = values.slice(0, 1000).map((row) => displayWidth(String(row[index] ?? '')))
  const usual = widths.sort((a, b) => a - b)[Math.floor(widths.length * 0.9)] ?? 0
  return Math.min(Math.max(usual, displayWidth(column.label), 6), 50) + 2
}

/** In half-width characters, of the longest line: a Chinese character takes two. */
function displayWidth(text: string): number {
  const lines = text.slice(0, 200).split('\n')
  return Math.max(...lines.map((line) => line.length + (line.match(/[^\0-\u024f]/g)?.length ?? 0)))
}
