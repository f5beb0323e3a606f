import type { Logger } from 'pino'
import type { Clock, JobName, JobQueue, RateLimiter } from '../src/ports.ts'
import { connectToGive, connectToWork, isAway, takesNothing, warnOfEviction } from './connection.ts'
import type { JobServices } from './job.ts'
import { createQueue, type JobCounts } from './queue.ts'
import { createRateLimiter } from './rate-limiter.ts'
import { within } from './within.ts'
import { startWorkers, type Workers, type WorkerTiming } from './worker.ts'

export interface Jobs {
  /** Usable at once, before `start`. */
  queue: JobQueue
  limiter: RateLimiter
  /** Begins to run jobs; a Redis that is away is waited for in the background. */
  start(services: JobServices): void
  /** No new runs; waits for those under way, at most so many milliseconds (6 s), and lets go of Redis. */
  stop(graceMs?: number): Promise<void>
  health(): { ok: boolean; detail?: string }
  /** How many jobs Redis holds now; undefined while it is away. */
  counts(): Promise<Record<JobName, JobCounts> | undefined>
}

export interface JobsOptions {
  redisUrl: string
  clock: Clock
  log: Logger
  /** Before every key, so that several bots may share one Redis. */
  prefix?: string
  timing?: Partial<JobsTiming>
}

/** Milliseconds. */
export interface JobsTiming extends WorkerTiming {
  /** How often to see to it that the repeated jobs still stand and that Redis takes what it is given. */
  checkEveryMs: number
  /** A Redis that takes longer to answer is as good as away. */
  answerMs: number
}

const defaultTiming: JobsTiming = {
  checkEveryMs: 5_000,
  answerMs: 2_000,
  lockMs: 10_000,
  stalledEveryMs: 5_000,
  firstPauseMs: 1_000,
}

/** Opens the queue and the limiter; jobs run once `start` has been given the services. */
export function openJobs({ redisUrl, clock, log, prefix = 'duban', ...options }: JobsOptions): Jobs {
  const timing = { ...defaultTiming, ...options.timing }
  const { answerMs, checkEveryMs } = timing
  const giving = connectToGive(redisUrl, log)
  const queue = createQueue({ connection: giving, prefix, clock, log })
  const limiter = createRateLimiter({ connection: giving, prefix, log })
  let workers: Workers | undefined
  /** Why Redis, which is there, can't be used. */
  let fault: string | undefined
  const timer = setInterval(check, checkEveryMs)
  giving.on('ready', catchUp)
  giving.once('ready', () => void warnOfEviction(giving, log).catch(() => {}))

  /** What was asked for while Redis was away is found in the database. */
  async function catchUp(): Promise<void> {
    await check()
    if (workers) await queue.schedule('sweep', 'catch-up', clock.now())
  }

  async function check(): Promise<void> {
    const before = fault
    fault = await within(answerMs, tried(), 'Redis does not answer')
    if (fault !== undefined && before === undefined) log.warn({ reason: fault }, 'Redis can not be used')
    if (fault !== undefined || before === undefined) return
    log.info('Redis can be used again')
    if (workers) await queue.schedule('sweep', 'catch-up', clock.now())
  }

  /** The repeated jobs are only put up by a process that can run them. @returns what Redis has against it */
  async function tried(): Promise<string | undefined> {
    try {
      // A write, for a Redis whose memory is full still answers questions.
      await giving.set(`${prefix}:tried`, '', 'PX', checkEveryMs)
      if (workers) await queue.repeat()
      return undefined
    } catch (error) {
      if (takesNothing(error)) return `Redis takes nothing: ${(error as Error).message}`
      if (!isAway(error)) log.error({ err: error }, 'the repeated jobs could not be put up')
      return 'Redis does not answer'
    }
  }

  function start(services: JobServices): void {
    const working = connectToWork(redisUrl)
    workers = startWorkers({ connection: working, prefix, queue, services, clock, log, timing })
    if (giving.status === 'ready') void catchUp()
  }

  async function stop(graceMs = 6_000): Promise<void> {
    clearInterval(timer)
    giving.off('ready', catchUp)
    await workers?.stop(graceMs)
    await within(answerMs, queue.close(), undefined).catch(() => {})
    giving.disconnect()
  }

  function health(): { ok: boolean; detail?: string } {
    if (giving.status !== 'ready') return { ok: false, detail: `Redis is away (${giving.status})` }
    return fault === undefined ? { ok: true } : { ok: false, detail: fault }
  }

  async function counts(): Promise<Record<JobName, JobCounts> | undefined> {
    if (giving.status !== 'ready') return undefined
    return within(answerMs, queue.counts(), undefined).catch(() => undefined)
  }

  return { queue, limiter, start, stop, health, counts }
}
