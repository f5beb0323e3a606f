import type { Redis } from 'ioredis'

/** The earliest time, in the machine's own milliseconds, for which anyone asked for a job's next run. */
export interface DueNotes {
  /** Notes a time, unless an earlier one is noted. Returns the earliest. */
  ask(jobId: string, due: number): Promise<number | undefined>
  /** A run begins: it answers all that was asked before. */
  begin(jobId: string): Promise<void>
  earliest(jobId: string): Promise<number | undefined>
}

export function createDueNotes(connection: Redis, prefix: string): DueNotes {
  const key = `${prefix}:due`

  async function ask(jobId: string, due: number): Promise<number | undefined> {
    const [, noted] = await Promise.all([connection.zadd(key, 'LT', due, jobId), earliest(jobId)])
    return noted
  }

  async function begin(jobId: string): Promise<void> {
    await connection.zrem(key, jobId)
  }

  async function earliest(jobId: string): Promise<number | undefined> {
    const due = await connection.zscore(key, jobId)
    return due === null ? undefined : Number(due)
  }

  return { ask, begin, earliest }
}
