import { stringify } from 'csv-stringify/sync'
import { guardFormula } from './formula-guard.ts'
import type { TableColumn, TableValue } from './table-to-write.ts'
import { writeXlsx } from './write-xlsx.ts'

export type { TableColumn, TableValue }

export const tableFormats = ['csv', 'xlsx', 'json'] as const
export type TableFormat = (typeof tableFormats)[number]

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
