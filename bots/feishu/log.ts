import type { Logger as SdkLogger } from '@larksuiteoapi/node-sdk'
import type { Logger } from 'pino'

type Level = 'warn' | 'info' | 'debug'

/**
 * How loud the SDK's words are in our log. Whatever fails is told by us too, and more exactly, so the SDK is turned
 * down by one; below its `info` it prints whole payloads.
 */
const levels = { error: 'warn', warn: 'info', info: 'debug' } as const satisfies Record<string, Level>

const longest = 300

/**
 * The SDK's logger, on ours. The SDK hands over one array of anything, among it raw errors that hold the app's secret
 * and whole requests; of those only a name, a status and a code are kept, and `secrets` never pass in any string.
 */
export function sdkLogger(log: Logger, secrets: string[]): SdkLogger {
  const write = (level: Level) => (args: unknown) => {
    const words = (Array.isArray(args) ? args : [args]).flatMap(describe)
    log[level]({ source: 'feishu-sdk' }, redact(words.join(' '), secrets))
  }
  return {
    error: write(levels.error),
    warn: write(levels.warn),
    info: write(levels.info),
    debug: () => {},
    trace: () => {},
  }
}

/** Without the secrets, anything that looks like a token, and the content that a JSON parse error quotes. */
export function redact(text: string, secrets: string[]): string {
  let safe = withoutContent(text)
  for (const secret of secrets) if (secret !== '') safe = safe.replaceAll(secret, '[redacted]')
  safe = safe
    .replace(/\b(Bearer\s+|[tuac]-)[\w.-]{16,}/g, '[redacted]')
    .replace(/\b(ticket|access_key|token)=[^&\s]+/g, '$1=[redacted]')
  return safe.length > longest ? `${safe.slice(0, longest)}…` : safe
}

const isNotJson = '" is not valid JSON'

function withoutContent(text: string): string {
  const begun = /, ?"/.exec(text)
  const end = text.lastIndexOf(isNotJson)
  if (!begun || end < begun.index + begun[0].length) return text
  return `${text.slice(0, begun.index)} (content withheld)${text.slice(end + isNotJson.length)}`
}

function describe(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)]
  if (value instanceof Error) return [`${value.name}: ${value.message}`]
  if (Array.isArray(value)) return value.flatMap(describe)
  if (typeof value !== 'object' || value === null) return []
  const { status, code } = value as { status?: unknown; code?: unknown }
  return [
    ...(typeof status === 'number' ? [`status ${status}`] : []),
    ...(typeof code === 'number' || typeof code === 'string' ? [`code ${code}`] : []),
  ]
}
