import { open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { CompiledQuery } from 'kysely'
import type { Execute } from './connection.ts'

/**
 * A whole copy of one moment. `vacuum into` reads a snapshot, so that it neither stops those who write nor starts again
 * because of them; the file has its name only once it is complete and on the disk.
 * @throws {Error} when `target` exists, or can't be written
 */
export async function backUp(execute: Execute, target: string): Promise<void> {
  await refuseExisting(target)
  const unfinished = `${target}.unfinished-${process.pid}`
  // Made beforehand for its rights; SQLite takes an empty file.
  await (await open(unfinished, 'wx', 0o600)).close()
  try {
    await execute(CompiledQuery.raw('vacuum into ?', [unfinished]))
    await flush(unfinished)
    await refuseExisting(target)
    await rename(unfinished, target)
    await flush(path.dirname(target))
  } finally {
    await rm(unfinished, { force: true })
  }
}

async function refuseExisting(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found) throw new Error('it exists already')
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
