import { CompiledQuery } from 'kysely'
import type { Execute } from './connection.ts'

/** The first things that are wrong with a whole file; none if it is sound. @throws {SqliteError} if it can't be read */
export async function faultsOf(execute: Execute): Promise<string[]> {
  const integrity = await execute<{ integrity_check: string }>(
    CompiledQuery.raw('pragma integrity_check(10)'),
  )
  const orphans = await execute<{ table: string; rowid: number; parent: string }>(
    CompiledQuery.raw('pragma foreign_key_check'),
  )
  return [
    ...integrity.rows.map((row) => row.integrity_check).filter((it) => it !== 'ok'),
    ...orphans.rows.map((row) => `${row.table} row ${row.rowid} refers to a missing row of ${row.parent}`),
  ].slice(0, 10)
}
