import { type Job as BullJob, ErrorCode, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Clock, JobName, JobQueue } from '../src/ports.ts'
import { isAway } from './connection.ts'
import { createDueNotes } from './due-notes.ts'
import { jobs } from './index.ts'
import { within } from './within.ts'

/** What Redis keeps of a job. */
export interface JobData {
  id: string
}

export interface JobCounts {
  waiting: number
  active: number
  delayed: number
}

export interface BullQueue extends JobQueue {
  /** After a run: has BullMQ run it again if that was asked while it ran. Never throws. */
  settle(name: JobName, jobId: string, data: JobData): Promise<void>
  /** Makes sure that the jobs that run by themselves still do: a wiped Redis has forgotten them. */
  repeat(): Promise<void>
  counts(): Promise<Record<JobName, JobCounts>>
  close(): Promise<void>
}

export interface QueueOptions {
  connection: Redis
  prefix: string
  clock: Clock
  log: Logger
}

/** The longest that a caller of `schedule` waits; a Redis that is away is left to the sweep. */
const patienceMs = 80

/** Two machines are never quite of the same mind about the time. */
const toleratedMs = 5_000

/** An id can only be used again once its job is removed. */
const jobOptions = { attempts: 4, backoff: { type: 'custom' }, removeOnComplete: true, removeOnFail: true }

/**
 * One BullMQ queue a job name. BullMQ ignores a job whose id it has, so the earliest time that anyone asked for is noted
 * beside it:
 *
 *   schedule   notes the time if it is the earliest, then brings BullMQ in line with the note
 *   worker     takes the note away as the run begins, and after the run looks whether there is a new one
 *
 * A note is written before BullMQ is asked and read again after BullMQ was changed, so whichever of two callers, or of
 * a caller and a finishing worker, comes last sees what the other wanted.
 */
export function createQueue({ connection, prefix, clock, log }: QueueOptions): BullQueue {
  const notes = createDueNotes(connection, prefix)
  const queues = Object.fromEntries(
    Object.keys(jobs).map((name) => [name, openQueue(name, connection, prefix, log)]),
  ) as Record<JobName, Queue<JobData>>

  async function schedule(name: JobName, id: string, at: number): Promise<void> {
    const data = { id }
    const fault = jobs[name].payload.safeParse(data).error?.issues[0]
    if (fault || !Number.isFinite(at)) {
      log.error(
        { job: name, id, at },
        `not scheduled: ${fault ? `the id ${fault.message}` : 'the time is no number'}`,
      )
      return
    }
    const jobId = `${name}-${id}`
    await within(patienceMs, ask(name, jobId, data, realTime(clock, at)), undefined)
  }

  async function ask(name: JobName, jobId: string, data: JobData, due: number): Promise<void> {
    try {
      await queues[name].waitUntilReady()
      await carry(name, jobId, data, await notes.ask(jobId, due))
    } catch (error) {
      giveUp(name, jobId, error)
    }
  }

  /** Brings BullMQ's job in line with the earliest time asked for; without one a run has begun since, or none is wanted. */
  async function carry(
    name: JobName,
    jobId: string,
    data: JobData,
    earliest: number | undefined,
  ): Promise<void> {
    let due = earliest
    while (due !== undefined) {
      const delay = Math.max(0, due - Date.now())
      const job = await queues[name].add(name, data, { ...jobOptions, jobId, delay })
      // Not delayed: it waits and will begin, or it runs and its worker looks at the note when it has ended.
      if (!(await delayBy(job, delay))) return
      const latest = await notes.earliest(jobId)
      if (latest === due) return
      due = latest
    }
  }

  async function settle(name: JobName, jobId: string, data: JobData): Promise<void> {
    try {
      await carry(name, jobId, data, await notes.earliest(jobId))
    } catch (error) {
      giveUp(name, jobId, error)
    }
  }

  function giveUp(name: JobName, jobId: string, error: unknown): void {
    if (isAway(error))
      log.debug({ job: name, id: jobId }, 'not scheduled, Redis can not take it: the sweep will')
    else log.error({ job: name, id: jobId, err: error }, 'not scheduled: the sweep will')
  }

  async function repeat(): Promise<void> {
    for (const { name, every } of Object.values(jobs)) {
      if (every === undefined) continue
      const opts = { ...jobOptions, attempts: 1 }
      const { next = 0 } = (await queues[name].getJobScheduler(name)) ?? {}
      // The clock was set back since: it would stand still until the old time comes.
      if (next > Date.now() + every + toleratedMs) await queues[name].removeJobScheduler(name)
      await queues[name].upsertJobScheduler(name, { every }, { name, data: { id: 'repeated' }, opts })
    }
  }

  async function counts(): Promise<Record<JobName, JobCounts>> {
    const entries = Object.values(queues).map(async (queue) => {
      const {
        waiting = 0,
        active = 0,
        delayed = 0,
      } = await queue.getJobCounts('waiting', 'active', 'delayed')
      return [queue.name, { waiting, active, delayed }] as const
    })
    return Object.fromEntries(await Promise.all(entries)) as Record<JobName, JobCounts>
  }

  async function close(): Promise<void> {
    await Promise.all(Object.values(queues).map((queue) => queue.close()))
  }

  return { schedule, settle, repeat, counts, close }
}

/** The machine's time for a time by the Clock, which may be offset from it and may jump. */
export function realTime(clock: Clock, at: number): number {
  return Date.now() + Math.max(0, Math.ceil(at - clock.now()))
}

function openQueue(name: string, connection: Redis, prefix: string, log: Logger): Queue<JobData> {
  const queue = new Queue<JobData>(name, { connection, prefix, streams: { events: { maxLen: 100 } } })
  queue.on('error', (error) => {
    if (!isAway(error)) log.error({ job: name, err: error }, 'the queue of jobs has a fault')
  })
  return queue
}

/** Whether the job was delayed, and now is by so many milliseconds. */
async function delayBy(job: BullJob<JobData>, delay: number): Promise<boolean> {
  try {
    await job.changeDelay(delay)
    return true
  } catch (error) {
    if (hasCode(error, ErrorCode.JobNotInState) || hasCode(error, ErrorCode.JobNotExist)) return false
    throw error
  }
}

/** Whether this is what BullMQ says when a job is not as it expected. */
export function hasCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
