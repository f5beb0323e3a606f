import type { z } from 'zod'

/** An event that is not for us, or garbage; `reason` says why, and never what stood in it. */
export class Dropped {
  readonly reason: string
  /** Nothing wrong with it: it is only none of the bot's business. */
  readonly expected: boolean
  constructor(reason: string, expected = false) {
    this.reason = reason
    this.expected = expected
  }
}

export function read<T>(schema: z.ZodType<T>, event: unknown): T | Dropped {
  const parsed = schema.safeParse(event)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues
    .slice(0, 5)
    .map(({ path, code }) => `${path.join('.') || 'event'} (${code})`)
  return new Dropped(`malformed: ${places.join(', ')}`)
}

/** The platform gives times as strings of digits: milliseconds, or microseconds with card callbacks. */
export function epochMs(digits: string): number {
  const time = Number(digits)
  return time > 1e14 ? Math.floor(time / 1000) : time
}
