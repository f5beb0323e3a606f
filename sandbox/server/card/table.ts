import { fault, type Place } from './place.ts'
import {
  filled,
  flag,
  horizontalAlign,
  integer,
  list,
  object,
  oneOf,
  pixels,
  type Rule,
  text,
  verticalAlign,
} from './rules.ts'
import { isObject, type JsonObject } from './walk.ts'

const columnWidth: Rule = (value, place) => {
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined
  if (percent !== undefined && Number(percent) >= 1 && Number(percent) <= 100) return
  pixels(80, 600, 'auto')(value, place)
}

const cells: Record<string, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string',
  lark_md: (value) => typeof value === 'string',
  markdown: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  date: (value) => Number.isInteger(value),
  persons: (value) =>
    typeof value === 'string' || (Array.isArray(value) && value.every((id) => typeof id === 'string')),
  options: (value) => typeof value === 'string' || (Array.isArray(value) && value.every(isOption)),
}

function isOption(value: unknown): boolean {
  if (!isObject(value) || typeof value.text !== 'string') return false
  return Object.keys(value).every((key) => key === 'text' || key === 'color')
}

export const tableShape = {
  fields: {
    page_size: integer(1, 10),
    row_height: pixels(32, 124, 'low', 'middle', 'high', 'auto'),
    row_max_height: pixels(32, 999),
    freeze_first_column: flag,
    header_style: object({
      fields: {
        text_align: horizontalAlign,
        text_size: oneOf('normal', 'heading'),
        background_style: oneOf('grey', 'none'),
        text_color: oneOf('default', 'grey'),
        bold: flag,
        lines: integer(1, 1000),
      },
    }),
    columns: list(
      object({
        fields: {
          name: filled,
          display_name: text,
          width: columnWidth,
          vertical_align: verticalAlign,
          horizontal_align: horizontalAlign,
          data_type: oneOf(...Object.keys(cells)),
          format: object({
            fields: { precision: integer(0, 10), symbol: text, separator: flag },
          }),
          date_format: filled,
        },
        required: ['name', 'data_type'],
      }),
      { min: 1, max: 50 },
    ),
    rows: list(
      (row, place) => {
        if (!isObject(row)) fault(place, 'a row must be an object', 'rows')
      },
      { kind: 'rows' },
    ),
  },
  required: ['columns', 'rows'],
}

/** Every cell is in a column, and of its type. */
export function checkTable(table: JsonObject, place: Place): void {
  const columns = (Array.isArray(table.columns) ? table.columns : []).filter(isObject)
  const types = new Map(columns.map(({ name, data_type }) => [String(name), String(data_type)]))
  if (types.size < columns.length) fault(place, 'column names must be unique')
  for (const [index, row] of (Array.isArray(table.rows) ? table.rows : []).entries()) {
    if (!isObject(row)) continue
    for (const [name, value] of Object.entries(row)) {
      const type = types.get(name)
      if (type === undefined) fault(place, `row ${index}: there is no column ${name}`, 'rowName')
      else if (cells[type] && !cells[type](value)) {
        fault(place, `row ${index}: ${name} is no ${type}: ${JSON.stringify(value)}`, 'rows')
      }
    }
  }
}
