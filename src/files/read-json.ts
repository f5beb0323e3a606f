import { FileFault } from './file-fault.ts'
import { maxColumns, maxRows } from './limits.ts'
import { type RawCell, type RawRow, type Table, tableUnder } from './table.ts'

/**
 * An array of objects, alone or under `items` or `days` (the form in which holiday tables go about). A list of texts
 * becomes one text joined by `;`.
 * @throws {FileFault}
 */
export function readJson(text: string): Table {
  const objects = listIn(parse(text))
  if (objects.length > maxRows) throw new FileFault('too-many-rows', { max: maxRows })
  const columns = new Map<string, number>()
  const rows = objects.map((object, index): RawRow => {
    const cells: RawCell[] = []
    for (const [key, value] of Object.entries(object)) {
      const header = key.trim()
      const column = columns.get(header) ?? columns.size
      if (column === columns.size) columns.set(header, column)
      if (column >= maxColumns) throw new FileFault('too-many-columns', { max: maxColumns })
      cells[column] = cellOf(value)
    }
    return { line: index + 1, cells }
  })
  return tableUnder([...columns.keys()], rows, 'ignore')
}

function parse(text: string): unknown {
  if (text.trim() === '') throw new FileFault('file-empty', {})
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new FileFault('json-syntax', { line: lineIn(String(cause), text) }, { cause })
  }
}

/** Node's message tells it for most faults, not for all. */
function lineIn(message: string, text: string): number | null {
  if (message.includes('end of JSON')) return text.trimEnd().split('\n').length
  const line = /line (\d+)/.exec(message)?.[1]
  return line ? Number(line) : null
}

function listIn(value: unknown): Record<string, unknown>[] {
  const list = isObject(value) ? (value.items ?? value.days) : value
  if (!Array.isArray(list) || !list.every(isObject)) throw new FileFault('json-shape', {})
  return list
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function cellOf(value: unknown): RawCell {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value.join(';')
  return { code: 'cell-nested', text: shortJson(value) }
}

/** What is nested deeper than anybody can follow is not written out. */
function shortJson(value: object): string {
  try {
    return JSON.stringify(value).slice(0, 200)
  } catch {
    return '…'
  }
}
