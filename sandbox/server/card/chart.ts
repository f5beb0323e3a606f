import { fault, type Place } from './place.ts'
import { flag, oneOf, pixels, type Rule } from './rules.ts'
import { isObject, type JsonObject } from './walk.ts'

/** The 13 kinds of chart that the platform documents, by VChart's names, and the fields that name their data. */
const kinds: Record<string, string[]> = {
  line: ['xField', 'yField'],
  area: ['xField', 'yField'],
  bar: ['xField', 'yField'],
  scatter: ['xField', 'yField'],
  pie: ['categoryField', 'valueField'],
  funnel: ['categoryField', 'valueField'],
  radar: ['categoryField', 'valueField'],
  linearProgress: ['xField', 'yField'],
  circularProgress: ['categoryField', 'valueField'],
  wordCloud: ['nameField', 'valueField'],
  common: [],
}

const spec: Rule = (value, place) => {
  if (!isObject(value)) return fault(place, 'chart_spec must be an object', 'chart')
  const named =
    typeof value.type === 'string' && Object.hasOwn(kinds, value.type) ? kinds[value.type] : undefined
  if (!named) return fault(place, `unsupported chart type ${JSON.stringify(value.type)}`, 'chart')
  const sets = Array.isArray(value.data) ? value.data : [value.data]
  const rows = sets.flatMap((set) => (isObject(set) && Array.isArray(set.values) ? [set.values] : []))
  if (rows.length !== sets.length) return fault(place, 'data must hold a list of values', 'chart')
  if (value.type === 'common') return series(value, rows, place)
  fields(value, named, rows.flat(), place)
}

function series(spec: JsonObject, rows: unknown[][], place: Place): void {
  const all = Array.isArray(spec.series) ? spec.series : []
  if (all.length === 0) fault(place, 'series is required', 'chart')
  for (const [index, one] of all.entries()) {
    const named = isObject(one) && typeof one.type === 'string' ? kinds[one.type] : undefined
    if (!named || !isObject(one)) {
      fault(place, `series ${index} has an unsupported type`, 'chart')
      continue
    }
    fields(one, named, rows[typeof one.dataIndex === 'number' ? one.dataIndex : 0] ?? [], place)
  }
}

/** Each field must be named, and every row must have it. */
function fields(spec: JsonObject, named: string[], rows: unknown[], place: Place): void {
  const optional = ['seriesField'].filter((field) => spec[field] !== undefined)
  for (const field of [...named, ...optional]) {
    const columns = [spec[field]].flat()
    if (columns.length === 0 || !columns.every((column) => typeof column === 'string' && column !== '')) {
      fault(place, `${field} is required`, 'chart')
      continue
    }
    const missing = columns.find(
      (column) => !rows.every((row) => isObject(row) && row[String(column)] !== undefined),
    )
    if (missing !== undefined) fault(place, `a value has no ${String(missing)}, the ${field}`, 'chart')
  }
}

export const chartShape = {
  fields: {
    chart_spec: spec,
    aspect_ratio: oneOf('1:1', '2:1', '4:3', '16:9'),
    color_theme: oneOf('brand', 'rainbow', 'complementary', 'converse', 'primary'),
    preview: flag,
    height: pixels(1, 999, 'auto'),
  },
  required: ['chart_spec'],
}
