import type { RawCell } from '../table.ts'

/** How a cell's number is meant: a date, zero-padded digits of some width, or just a number. */
export type NumberFormat = 'number' | 'date' | { digits: number }

/** @param code the format code that the workbook gives for the id, if it gives one */
export function numberFormat(id: number, code?: string): NumberFormat {
  if (code !== undefined) return formatOfCode(code)
  return isBuiltInDate(id) ? 'date' : 'number'
}

/** ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are the Chinese ones, which files use without spelling them out. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id === 45 || id === 47 || (id >= 50 && id <= 58)
}

function formatOfCode(code: string): NumberFormat {
  if (/^0+$/.test(code)) return { digits: code.length }
  const bare = code.replace(/"[^"]*"|\\.|[_*]./g, '')
  const isDuration = /\[(?:h+|m+|s+)\]/i.test(bare)
  const section = bare.replace(/\[[^[\]]*\]/g, '').split(';')[0] ?? ''
  return !isDuration && !/general/i.test(section) && /[ymdhs]/i.test(section) ? 'date' : 'number'
}

const secondsPerDay = 24 * 60 * 60
/** 31 December 9999, the last day that Excel knows. */
const lastDay = 2_958_465
/** Day 0 that makes all days from March 1900 on right; Excel believes that 1900 was a leap year. */
const dayZero = Date.UTC(1899, 11, 30)
const daysTo1904 = 1462

/**
 * The text that a person would have typed: dates in ISO 8601 without an offset, numbers with neither an exponent nor
 * the noise of binary fractions.
 */
export function numberText(raw: string, format: NumberFormat, epoch1904: boolean): RawCell {
  const value = Number(raw)
  if (!Number.isFinite(value)) return { code: 'cell-error', text: raw }
  if (format === 'date' && value >= 0 && value <= lastDay - daysTo1904) {
    return dateText(value + (epoch1904 ? daysTo1904 : 0))
  }
  if (Math.abs(value) >= 1e15) return longNumber(raw, value)
  const text = plain.format(value)
  return typeof format === 'object' && value >= 0 ? text.padStart(format.digits, '0') : text
}

/** Excel keeps 15 digits of a number; other writers may have kept all. */
function longNumber(raw: string, value: number): RawCell {
  if (/^\d+$/.test(raw) && !/^\d{15}0+$/.test(raw)) return raw
  return { code: 'cell-digits-lost', text: plain.format(value) }
}

const plain = new Intl.NumberFormat('en-US', { useGrouping: false, maximumSignificantDigits: 15 })

function dateText(serial: number): string {
  const seconds = Math.round(serial * secondsPerDay)
  const iso = new Date(dayZero + seconds * 1000).toISOString().slice(0, 19)
  if (serial < 1) return iso.slice(11)
  return iso.replace('T00:00:00', '')
}
