import { Writable } from 'node:stream'
import { type Logger, type LoggerOptions, pino } from 'pino'
import { build as prettyStream } from 'pino-pretty'

export interface LogOptions {
  level: string
  /** For people: colours and short lines instead of JSON. By default when stdout is a terminal. */
  pretty?: boolean
  /** Where the lines go instead of stdout. */
  to?: { write(line: string): void }
}

/** A logger that lets no secret and no citizen's details through, whatever is handed to it. */
export function createLogger({ level, pretty = process.stdout.isTTY === true, to }: LogOptions): Logger {
  const stream = pretty ? prettyStream({ sync: true, ...(to ? { destination: streamTo(to) } : {}) }) : to
  const options: LoggerOptions = {
    level,
    base: null,
    formatters: { level: (label) => ({ level: label }), log: describeErrors },
    // They are described by then: pino's own way with errors keeps all that hangs on them.
    serializers: { err: (described: unknown) => described },
    // The finished line is the one place that everything passes, what a child logger was given too.
    hooks: { streamWrite: (line) => `${JSON.stringify(scrub(JSON.parse(line)))}\n` },
  }
  return stream ? pino(options, stream) : pino(options)
}

function streamTo(to: { write(line: string): void }): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      to.write(String(chunk))
      done()
    },
  })
}

const hidden = '[hidden]'

const secretKey =
  /secret|token|password|passwd|authorization|cookie|api_?-?key|encrypt_?key|claim_?code|credential|ticket/i
const personalKey =
  /^(phone|mobile|tel|telephone|address|petitioner|id_?card|id_?number|identity|电话|联系电话|地址|身份证)/i

const personal: [RegExp, string][] = [
  [/(?<![\w.])\d{17}[\dXx](?!\w)/g, '[identity]'],
  [/(?<![\w.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\w)/g, '[phone]'],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${hidden}`],
  [/([?&](?:[\w-]*(?:token|secret|key|ticket)[\w-]*)=)[^&\s"]+/gi, `$1${hidden}`],
  [/(\w:\/\/[^:/@\s]*):[^@/\s]+@/g, `$1:${hidden}@`],
]

function scrubText(text: string): string {
  return personal.reduce((kept, [pattern, mask]) => kept.replace(pattern, mask), text)
}

function scrub(value: unknown): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(scrub)
  if ('type' in value && value.type === 'Buffer' && 'data' in value && Array.isArray(value.data)) {
    return `[${value.data.length} bytes]`
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isPrivate(key, inner) ? hidden : scrub(inner)]),
  )
}

function isPrivate(key: string, value: unknown): boolean {
  if (value === null || typeof value === 'boolean') return false
  return secretKey.test(key) || personalKey.test(key)
}

function describeErrors(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? describe(value) : value]),
  )
}

/** An HTTP client's error holds the whole request, its headers too: only what says what happened is kept. */
function describe(error: Error, causes = 3): Record<string, unknown> {
  const { name, message, stack, code, status, reason, cause } = error as Error & Record<string, unknown>
  const described = { type: name, message, stack, code, status, reason }
  return cause instanceof Error && causes > 0
    ? { ...described, cause: describe(cause, causes - 1) }
    : described
}
