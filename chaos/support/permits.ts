import { Redis } from 'ioredis'

/** The permits that all processes together took of the shared limits, at the Redis' own time. */
export interface Permits {
  /** How many permits were taken of the limits whose key, and its milliseconds after a colon, match. */
  count(limits: RegExp): number
  /** A line for each window that holds more permits than its limit. */
  exceeded(): string[]
  close(): void
}

interface Taken {
  /** Microseconds. */
  times: number[]
  permits: number
}

/** Listens to what the limiter notes: a list a limit, cut to as many times as it has permits. */
export async function watchPermits(url: string): Promise<Permits> {
  const connection = new Redis(url)
  const monitor = await connection.monitor()
  const limits = new Map<string, Taken>()
  monitor.on('monitor', (_time: string, [command = '', key = '', value]: string[]) => {
    const [, limit] = /^duban:limit:(.+:\d+)$/.exec(key) ?? []
    if (limit === undefined) return
    const taken = limits.get(limit) ?? { times: [], permits: Number.POSITIVE_INFINITY }
    if (command.toUpperCase() === 'RPUSH') taken.times.push(Number(value))
    if (command.toUpperCase() === 'LTRIM') taken.permits = -Number(value)
    limits.set(limit, taken)
  })
  return {
    count: (which) =>
      [...limits].reduce((sum, [limit, { times }]) => (which.test(limit) ? sum + times.length : sum), 0),
    exceeded: () =>
      [...limits].flatMap(([limit, { times, permits }]) => {
        const perMs = Number(limit.slice(limit.lastIndexOf(':') + 1))
        const early = times.filter((at, index) => at - (times[index - permits] ?? 0) < perMs * 1_000)
        return early.length > 0
          ? [`${early.length} permits too many of ${permits} in ${perMs} ms: ${limit}`]
          : []
      }),
    close: () => {
      monitor.disconnect()
      connection.disconnect()
    },
  }
}
