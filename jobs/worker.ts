import { type Job as BullJob, DelayedError, ErrorCode, UnrecoverableError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { z } from 'zod'
import { type Clock, Unwritable } from '../src/ports.ts'
import { isAway } from './connection.ts'
import { createDueNotes } from './due-notes.ts'
import { jobs } from './index.ts'
import type { Job, JobServices } from './job.ts'
import { type BullQueue, hasCode, type JobData, realTime } from './queue.ts'
import { within } from './within.ts'

/** What BullMQ says at the end of a job that Redis forgot meanwhile, or gave to another process. */
const lost = [
  ErrorCode.JobNotExist,
  ErrorCode.JobLockNotExist,
  ErrorCode.JobNotInState,
  ErrorCode.JobLockMismatch,
]

/** What it says, without a code, where that shows sooner: while the job still runs. */
const lockLost = /^could not renew lock for job/

export interface WorkerOptions {
  connection: Redis
  prefix: string
  queue: BullQueue
  services: JobServices
  clock: Clock
  log: Logger
  timing: WorkerTiming
}

/** Milliseconds. */
export interface WorkerTiming {
  /** A process that was killed leaves its jobs locked: for so long they can't run elsewhere. */
  lockMs: number
  /** How often to look for such jobs. */
  stalledEveryMs: number
  /** The pause after the first failure of a job; each further one doubles it. */
  firstPauseMs: number
}

export interface Workers {
  /** Waits for what runs now, but no longer than so many milliseconds; what still runs then will run again. */
  stop(graceMs: number): Promise<void>
}

/** Starts a worker for every job. The workers own the connection. */
export function startWorkers(options: WorkerOptions): Workers {
  const { connection, log } = options
  const underWay = new Set<Promise<unknown>>()
  const workers = Object.values(jobs).map((job) => startWorker(job, options, underWay))

  async function stop(graceMs: number): Promise<void> {
    // BullMQ would wait for a Redis that is away; only what is under way here is worth waiting for then.
    const away = connection.status !== 'ready'
    if (!(await within(graceMs, away ? finish() : close(), false))) {
      log.warn({ graceMs }, 'stopped while jobs were still running: they will run again')
    }
    if (away) for (const worker of workers) void worker.close(true)
    connection.disconnect()
  }

  async function close(): Promise<true> {
    await Promise.all(workers.map((worker) => worker.close()))
    return finish()
  }

  async function finish(): Promise<true> {
    await Promise.allSettled(underWay)
    return true
  }

  return { stop }
}

function startWorker(job: Job, options: WorkerOptions, underWay: Set<Promise<unknown>>): Worker<JobData> {
  const { connection, prefix, queue, services, clock, log, timing } = options
  const notes = createDueNotes(connection, prefix)

  const worker = new Worker<JobData>(job.name, run, {
    connection,
    prefix,
    concurrency: job.concurrency,
    lockDuration: timing.lockMs,
    stalledInterval: timing.stalledEveryMs,
    // A process may die again and again: that is no fault of the job's.
    maxStalledCount: 1_000_000,
    runRetryDelay: 1_000,
    settings: { backoffStrategy: backOff },
  })

  async function run(bullJob: BullJob<JobData>, token?: string): Promise<void> {
    const jobId = idOf(bullJob)
    await notes.begin(jobId)
    const payload = job.payload.safeParse(bullJob.data)
    if (!payload.success) throw new UnrecoverableError(`bad payload: ${z.prettifyError(payload.error)}`)
    const again = await track(async () => job.run(services, payload.data, clock.now()))
    if (!again) return
    const due = realTime(clock, again.retryAt)
    await notes.ask(jobId, due)
    await bullJob.moveToDelayed(due, token)
    await queue.settle(job.name, jobId, bullJob.data)
    throw new DelayedError()
  }

  /** Noted, so that who asks for a later run meanwhile does not put it off. */
  async function backOff(
    attempt: number,
    _type?: string,
    _error?: Error,
    failed?: { id?: string },
  ): Promise<number> {
    const delay = timing.firstPauseMs * 2 ** (attempt - 1)
    if (failed?.id) await notes.ask(failed.id, Date.now() + delay)
    return delay
  }

  worker.on('completed', settle)
  worker.on('failed', (bullJob, error) => {
    if (!bullJob) return
    const tries = `${bullJob.attemptsMade} of ${bullJob.opts.attempts ?? 1}`
    // The cause is told once, by who noticed it.
    const level = error instanceof Unwritable ? 'debug' : 'error'
    log[level]({ job: job.name, id: bullJob.id, tries, err: error }, 'a job failed')
    settle(bullJob)
  })
  worker.on('stalled', (id) => log.warn({ job: job.name, id }, 'a job lost its process and runs again'))
  worker.on('error', (error) => {
    if (isAway(error)) return
    if (lost.some((code) => hasCode(error, code)) || lockLost.test(error.message)) {
      log.debug({ job: job.name, err: error }, 'Redis no longer holds a job that was running here')
    } else log.error({ job: job.name, err: error }, 'the worker of a job has a fault')
  })
  return worker

  function settle(ended: BullJob<JobData>): void {
    // The next run of a repeated job is BullMQ's own affair.
    if (ended.repeatJobKey !== undefined) return
    void track(() => queue.settle(job.name, idOf(ended), ended.data))
  }

  function track<T>(work: () => Promise<T>): Promise<T> {
    const tracked = work().finally(() => underWay.delete(tracked))
    underWay.add(tracked)
    return tracked
  }
}

function idOf(job: BullJob<JobData>): string {
  return job.id ?? ''
}
