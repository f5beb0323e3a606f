/** SQLite's result codes 1 to 26, in their order: https://www.sqlite.org/rescode.html */
const primaryCodes = [
  'SQLITE_ERROR',
  'SQLITE_INTERNAL',
  'SQLITE_PERM',
  'SQLITE_ABORT',
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_NOMEM',
  'SQLITE_READONLY',
  'SQLITE_INTERRUPT',
  'SQLITE_IOERR',
  'SQLITE_CORRUPT',
  'SQLITE_NOTFOUND',
  'SQLITE_FULL',
  'SQLITE_CANTOPEN',
  'SQLITE_PROTOCOL',
  'SQLITE_EMPTY',
  'SQLITE_SCHEMA',
  'SQLITE_TOOBIG',
  'SQLITE_CONSTRAINT',
  'SQLITE_MISMATCH',
  'SQLITE_MISUSE',
  'SQLITE_NOLFS',
  'SQLITE_AUTH',
  'SQLITE_FORMAT',
  'SQLITE_RANGE',
  'SQLITE_NOTADB',
] as const

/** The extended codes that callers tell apart. */
const constraintCodes = new Map<number, SqliteCode>([
  [275, 'SQLITE_CONSTRAINT_CHECK'],
  [787, 'SQLITE_CONSTRAINT_FOREIGNKEY'],
  [1299, 'SQLITE_CONSTRAINT_NOTNULL'],
  [1555, 'SQLITE_CONSTRAINT_PRIMARYKEY'],
  [1811, 'SQLITE_CONSTRAINT_TRIGGER'],
  [2067, 'SQLITE_CONSTRAINT_UNIQUE'],
  [2579, 'SQLITE_CONSTRAINT_ROWID'],
  [3091, 'SQLITE_CONSTRAINT_DATATYPE'],
])

export type SqliteCode = (typeof primaryCodes)[number] | `SQLITE_CONSTRAINT_${string}`

/** What SQLite refused. `code` names the primary code, and which constraint; `errno` is the extended code. */
export class SqliteError extends Error {
  readonly code: SqliteCode
  readonly errno: number

  constructor(errno: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SqliteError'
    this.errno = errno
    this.code = constraintCodes.get(errno) ?? primaryCodes[(errno & 0xff) - 1] ?? 'SQLITE_ERROR'
  }
}

/** `cause` as sqlite3 gave it, its message freed of the code's name before it. */
export function toSqliteError(cause: unknown): unknown {
  if (!(cause instanceof Error) || !('errno' in cause) || typeof cause.errno !== 'number') return cause
  return new SqliteError(cause.errno, cause.message.replace(/^[A-Z_]+: /, ''))
}
