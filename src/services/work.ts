import type { Chat } from '../db/departments.ts'
import type { Tx } from '../db/schema.ts'
import type { JobName } from '../ports.ts'
import type { App } from './app.ts'

/** A use case under way: all it reads and writes is one transaction, and what it schedules waits for the commit. */
export interface Work {
  app: App
  db: Tx
  now: number
  /** The chat in which it was said or clicked, where it was, and what was said or clicked. */
  here?: Chat & { messageId?: string }
  schedule(name: JobName, id: string, at: number): void
}

/**
 * Runs `change` in one transaction. Jobs are scheduled after the commit; if that fails the sweep finds them.
 * @throws {Unwritable} where nothing can be kept now
 */
export async function work<T>(app: App, change: (work: Work) => Promise<T>): Promise<T> {
  const jobs = new Map<string, { name: JobName; id: string; at: number }>()
  const transaction = app.db.write.transaction().execute((db) =>
    change({
      app,
      db,
      now: app.clock.now(),
      schedule(name, id, at) {
        const key = `${name} ${id}`
        const known = jobs.get(key)
        if (!known || at < known.at) jobs.set(key, { name, id, at })
      },
    }),
  )
  const result = await transaction.catch((error: unknown) => {
    throw app.storage.explained(error)
  })
  for (const job of jobs.values()) void app.queue.schedule(job.name, job.id, job.at)
  return result
}
