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

/** A change that waits to be written with others. */
interface Part {
  change(work: Work): Promise<unknown>
  resolve(result: unknown): void
  reject(error: unknown): void
}

const gathering = new WeakMap<App['db'], Part[]>()

/**
 * The same for what comes in great numbers: all that waits while others write becomes one transaction, in order, so that
 * all of it waits for the disk once. Where one of them fails each is run again by itself, so a change may do nothing
 * but write.
 * @throws {Unwritable} where nothing can be kept now
 */
export function workTogether<T>(app: App, change: (work: Work) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const part: Part = { change, resolve: (result) => resolve(result as T), reject }
    const others = gathering.get(app.db)
    if (others) others.push(part)
    else {
      gathering.set(app.db, [part])
      void writeGathered(app)
    }
  })
}

async function writeGathered(app: App): Promise<void> {
  let parts: Part[] = []
  const take = () => {
    parts = gathering.get(app.db) ?? []
    gathering.delete(app.db)
  }
  try {
    const results = await work(app, async (current) => {
      take()
      const all: unknown[] = []
      for (const { change } of parts) all.push(await change(current))
      return all
    })
    for (const [index, { resolve }] of parts.entries()) resolve(results[index])
  } catch (error) {
    // It did not even begin.
    if (parts.length === 0) take()
    const [only, another] = parts
    if (only && !another) only.reject(error)
    else for (const { change, resolve, reject } of parts) await work(app, change).then(resolve, reject)
  }
}
