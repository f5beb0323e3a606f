import { randomBytes } from 'node:crypto'
import { Queue } from 'bullmq'
import { pino } from 'pino'
import { connectToGive } from './connection.ts'
import { usable } from './doctor.ts'
import type { JobData } from './queue.ts'
import { within } from './within.ts'

const patienceMs = 2_000

/**
 * Has a bot that runs on this Redis sweep at once: for a process beside it that changed the database.
 * @returns whether Redis took the job; if not, the bot's next sweep by itself finds the same
 */
export async function wakeBot(redisUrl: string, prefix = 'duban'): Promise<boolean> {
  const connection = connectToGive(redisUrl, pino({ level: 'silent' }))
  try {
    return await within(patienceMs, askForSweep(), false)
  } catch {
    return false
  } finally {
    connection.disconnect()
  }

  async function askForSweep(): Promise<boolean> {
    await usable(connection)
    const sweeps = new Queue<JobData>('sweep', { connection, prefix })
    sweeps.on('error', () => {})
    // An id of its own: a sweep that runs already may have passed what was just written.
    const id = `operator-${randomBytes(6).toString('hex')}`
    await sweeps.add('sweep', { id }, { jobId: `sweep-${id}`, removeOnComplete: true, removeOnFail: true })
    await sweeps.close()
    return true
  }
}
