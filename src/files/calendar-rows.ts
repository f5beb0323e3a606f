import type { CalendarDay } from '../domain/calendar.ts'
import { isStartOfDay, localDate, parseInstant, weekday } from '../domain/time.ts'
import { found, oneLine, required } from './field-readers.ts'
import { FileFault } from './file-fault.ts'
import { calendarColumns, findColumns } from './headers.ts'
import { dayKindNames, nameFinder } from './names.ts'
import { cellsByField } from './row-cells.ts'
import { faultOf, Refusal, type RowFault } from './row-fault.ts'
import type { Table } from './table.ts'

export interface ParsedCalendar {
  /** null where no row is good. */
  year: number | null
  days: CalendarDay[]
  faults: RowFault[]
  /** Headers of columns that mean nothing to us. */
  ignored: string[]
}

/**
 * One year's holidays and make-up workdays. Days around the turn to a neighbouring year may be among them, since the
 * official notice settles these too.
 * @throws {FileFault} where the file has no such columns, or the year lacks a fixed holiday and so is not whole
 */
export function parseCalendarRows(table: Table): ParsedCalendar {
  const columns = findColumns(table, calendarColumns, ['date', 'kind'])
  const faults: RowFault[] = []
  const read: ReadDay[] = []
  for (const row of table.rows) {
    const { cells, faults: inCells } = cellsByField(row, columns)
    const result = readDay(cells, row.line, new Set(inCells.map(({ field }) => field)))
    faults.push(...inCells, ...result.faults)
    if (result.day && inCells.length === 0) read.push(result.day)
  }
  const year = commonYear(read)
  if (year === null) {
    if (faults.length === 0) throw new FileFault('file-empty', {})
    return { year: null, days: [], faults, ignored: columns.ignored }
  }
  const days: CalendarDay[] = []
  const seen = new Map<string, number>()
  for (const { line, ...day } of read) {
    const otherLine = seen.get(day.date)
    if (otherLine !== undefined) {
      faults.push({ line, field: 'date', code: 'duplicate', value: day.date, otherLine })
    } else if (!belongsTo(year, day.date)) {
      faults.push({ line, field: 'date', code: 'other-year', value: day.date })
    } else {
      seen.set(day.date, line)
      days.push(day)
    }
  }
  refuseIncomplete(year, days, faults)
  return { year, days, faults: faults.sort((a, b) => a.line - b.line), ignored: columns.ignored }
}

interface ReadDay extends CalendarDay {
  line: number
}

const readDate = required(found(findDate, 'not-a-date'))
const readKind = required(found(nameFinder(dayKindNames), 'unknown-name'))
const readName = oneLine(50)

function readDay(
  cells: { date?: string; kind?: string; name?: string },
  line: number,
  flawed: ReadonlySet<string>,
): { day: ReadDay | null; faults: RowFault[] } {
  const date = readDate(cells.date, undefined)
  const kind = readKind(cells.kind, undefined)
  const name = readName(cells.name, undefined)
  const faults: RowFault[] = []
  for (const [field, value] of Object.entries({ date, kind, name })) {
    if (value instanceof Refusal && !flawed.has(field)) faults.push({ line, ...faultOf(field, value) })
  }
  if (date instanceof Refusal || kind instanceof Refusal || name instanceof Refusal)
    return { day: null, faults }
  if (kind === 'workday' && weekday(date) <= 5) {
    return { day: null, faults: [{ line, field: 'kind', code: 'workday-needless', value: date }] }
  }
  const day = { line, date, workday: kind === 'workday' }
  return { day: name === null ? day : { ...day, name }, faults }
}

/** A whole day in any of the forms that `parseInstant` knows, or `20261001`. */
function findDate(text: string): string | null {
  const at = parseInstant(text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'), 'UTC')
  return at !== null && isStartOfDay(at, 'UTC') ? localDate(at, 'UTC') : null
}

function commonYear(days: ReadDay[]): number | null {
  const counts = new Map<number, number>()
  for (const { date } of days) {
    const year = Number(date.slice(0, 4))
    counts.set(year, (counts.get(year) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most?.[0] ?? null
}

function belongsTo(year: number, date: string): boolean {
  const firstDay = `${year - 1}-12-25`
  const lastDay = `${year + 1}-01-07`
  return firstDay <= date && date <= lastDay
}

/** Holidays in every year, by the State Council's regulation: New Year, Labour Day, National Day. */
const fixedHolidays = ['01-01', '05-01', '10-01']

/** Half a year's table would silently make working days of the other half's holidays. */
function refuseIncomplete(year: number, days: CalendarDay[], faults: RowFault[]): void {
  if (faults.length > 0) return
  const holidays = new Set(days.filter((day) => !day.workday).map((day) => day.date))
  const missing = fixedHolidays.map((day) => `${year}-${day}`).filter((date) => !holidays.has(date))
  if (missing.length > 0) throw new FileFault('calendar-incomplete', { year, missing })
}
