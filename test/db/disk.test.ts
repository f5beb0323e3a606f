import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitForDisk } from '../../src/db/disk.ts'
import type { Db } from '../../src/db/schema.ts'
import { testDatabase } from '../support/database.ts'

const full = 2
const off = 0

test('a commit waits for the disk unless it is told not to', async () => {
  const { write } = await testDatabase()
  expect(await waiting(write)).toBe(full)
  await waitForDisk(write, false)
  expect(await waiting(write)).toBe(off)
  await waitForDisk(write, true)
  expect(await waiting(write)).toBe(full)
})

async function waiting(db: Db): Promise<unknown> {
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db)
  return rows[0]?.synchronous
}
