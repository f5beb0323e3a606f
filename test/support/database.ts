import { access, constants, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import type { Schema } from '../../src/db/schema.ts'
import { afterwards } from './leftovers.ts'

export interface TestDatabase extends Database<Schema> {
  url: string
}

/** A fresh migrated file, removed when the test is over or, outside a test, when the test file is. */
export async function testDatabase(): Promise<TestDatabase> {
  const url = `file:${path.join(await testFolder(), 'duban.db')}`
  const database = await openDatabase<Schema>(url)
  afterwards(database.close)
  await migrate(database)
  return { ...database, url }
}

/** A fresh folder, removed likewise; in memory where there is room, so that no test waits for a busy disk. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(await place(), 'duban-test-'))
  afterwards(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const memory = '/dev/shm'

async function place(): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(memory)
    if (bavail * bsize < 2 ** 30) return tmpdir()
    await access(memory, constants.W_OK)
    return memory
  } catch {
    return tmpdir()
  }
}
