import { type Logger, pino } from 'pino'
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
  const options = {
    level,
    base: null,
    formatters: {
      level: (label: string) => ({ level: label }),
      bindings: scrubFields,
      log: scrubFields,
    },
    // Errors are described by `scrub`: pino's own way with them would keep what it hides.
    serializers: { msg: (text: unknown) => scrub(text), err: (described: unknown) => described },
  }
  if (to) return pino(options, to)
  return pretty ? pino(options, prettyStream({ sync: true, ignore: 'pid,hostname' })) : pino(options)
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
  [/(\w+:\/\/[^:/@\s]*):[^@/\s]+@/g, `$1:${hidden}@`],
]

function scrubText(text: string): string {
  return personal.reduce((kept, [pattern, mask]) => kept.replace(pattern, mask), text)
}

function scrubFields(fields: Record<string, unknown>): Record<string, unknown> {
  return scrub(fields) as Record<string, unknown>
}

function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > 8) return '[deep]'
  if (value instanceof Error) return describe(value, depth)
  if (value instanceof Date) return value.toJSON()
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.map((element) => scrub(element, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isPrivate(key, inner) ? hidden : scrub(inner, depth + 1),
    ]),
  )
}

function isPrivate(key: string, value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'boolean') return false
  return secretKey.test(key) || personalKey.test(key)
}

/** An HTTP client's error holds the whole request, its headers too: only what says what happened is kept. */
function describe(error: Error, depth: number): Record<string, unknown> {
  const { code, status, reason, cause } = error as Error & Record<string, unknown>
  return {
    type: error.name,
    message: scrubText(error.message),
    ...(error.stack ? { stack: scrubText(error.stack) } : {}),
    ...Object.fromEntries(
      Object.entries({ code, status, reason }).filter(([, detail]) =>
        ['string', 'number'].includes(typeof detail),
      ),
    ),
    ...(cause === undefined ? {} : { cause: scrub(cause, depth + 1) }),
  }
}
