export type SqliteValue = string | number | boolean | null | Buffer

/**
 * A query's parameter as sqlite3 binds it faithfully. sqlite3 itself would bind `undefined` and bigints as NULL, NaN as
 * NULL and objects as `[object Object]`, without a word. An integer beyond 32 bits it binds as a REAL, which an integer
 * column makes an integer again; in an expression, `/` divides without truncating.
 * @throws {TypeError} when SQLite can't hold the value; the message names its place and type, not its content
 */
export function toSqliteValue(value: unknown, index: number): SqliteValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value)
  if (Buffer.isBuffer(value)) return value
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  throw new TypeError(`Parameter ${index + 1} of the query is ${describe(value)}, which SQLite can't hold`)
}

function describe(value: unknown): string {
  if (value === undefined) return 'undefined'
  if (typeof value === 'number') return 'not a number (NaN)'
  if (typeof value === 'bigint') return 'a bigint beyond 2^53'
  if (value instanceof Date) return 'a Date (times are epoch milliseconds)'
  return typeof value === 'object' ? 'an object (make it JSON first)' : `a ${typeof value}`
}
