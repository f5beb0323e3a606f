import type { Block } from '../../../src/messages/message.ts'
import type { Element } from './element.ts'

/** The platform's bounds: tables in a card, columns in a table, rows on one of its pages. */
export const maxTables = 5
export const maxColumns = 50
const maxPageSize = 10

export function renderTable({ columns, rows }: Extract<Block, { kind: 'table' }>): Element[] {
  const shown = columns.slice(0, maxColumns).map((column, index) => ({ ...column, name: `c${index}` }))
  if (shown.length === 0) return []
  return [
    {
      tag: 'table',
      page_size: Math.max(1, Math.min(maxPageSize, rows.length)),
      row_height: 'low',
      header_style: { background_style: 'grey', bold: true, lines: 1 },
      columns: shown.map(({ name, label, align }) => ({
        name,
        display_name: label,
        data_type: 'text',
        horizontal_align: align ?? 'left',
        width: 'auto',
      })),
      rows: rows.map((row) =>
        Object.fromEntries(
          shown.map(({ name, key }) => [name, Object.hasOwn(row, key) ? String(row[key]) : '']),
        ),
      ),
    },
  ]
}
