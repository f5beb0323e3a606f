import { Writable } from 'node:stream'
import { Redis } from 'ioredis'
import { onTestFinished, vi } from 'vitest'
import type { JobServices } from '../../jobs/job.ts'
import { type Jobs, type JobsOptions, openJobs } from '../../jobs/open-jobs.ts'
import { createLogger } from '../../src/log.ts'

let prefixes = 0

/** Keys that no other test of this file has. */
export function freshPrefix(): string {
  prefixes += 1
  return `test${prefixes}`
}

export interface LogLine {
  level: string
  msg: string
  [field: string]: unknown
}

export function recordingLog(): { log: ReturnType<typeof createLogger>; lines: LogLine[] } {
  const lines: LogLine[] = []
  const to = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  return { log: createLogger({ level: 'debug', to }), lines }
}

/** A clock that runs with the machine's, ahead of it by `offset`. */
export function movableClock(): { now(): number; offset: number } {
  return {
    offset: 0,
    now() {
      return Date.now() + this.offset
    },
  }
}

/** Jobs as one process has them, stopped after the test. */
export function openTestJobs(
  redisUrl: string,
  options: Partial<Pick<JobsOptions, 'prefix' | 'clock' | 'timing'>> = {},
) {
  const { log, lines } = recordingLog()
  const jobs: Jobs = openJobs({ redisUrl, clock: Date, prefix: freshPrefix(), log, ...options })
  onTestFinished(() => jobs.stop(2_000))
  return { ...jobs, lines }
}

export function connectTo(redisUrl: string): Redis {
  const redis = new Redis(redisUrl)
  onTestFinished(() => redis.disconnect())
  return redis
}

/** Services that do nothing, but for those given. */
export function services(given: Partial<JobServices> = {}): JobServices {
  return {
    deliver: async () => undefined,
    nudge: async () => {},
    sweep: async () => {},
    fetch: async () => {},
    digest: async () => {},
    announce: async () => {},
    export: async () => undefined,
    ...given,
  }
}

/** A promise that is resolved from outside. */
export function gate(): { opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: () => resolve() }
}

/** Waits until the assertions hold; patient, since the machine may be busy. */
export function until<T>(holds: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(holds, { timeout: 18_000, interval: 20 })
}
