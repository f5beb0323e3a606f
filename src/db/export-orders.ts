import type { Platform } from '../domain/platform.ts'
import type { Db } from './schema.ts'
import { readSetting, writeSetting } from './settings.ts'

/** A table that somebody asked for and has not got yet. */
export interface ExportOrder {
  person: number
  platform: Platform
  account: string
  at: number
  /** How often it was begun. */
  tries: number
}

/** One for each person, kept among the settings: it lives as long as it takes to make the file. */
const prefix = 'export-order-'

export async function exportOrder(db: Db, person: number): Promise<ExportOrder | null> {
  const value = await readSetting(db, `${prefix}${person}`)
  return value === null ? null : (JSON.parse(value) as ExportOrder)
}

export async function writeExportOrder(db: Db, order: ExportOrder): Promise<void> {
  await writeSetting(db, `${prefix}${order.person}`, JSON.stringify(order))
}

export async function removeExportOrder(db: Db, { person }: ExportOrder): Promise<void> {
  await db.deleteFrom('settings').where('key', '=', `${prefix}${person}`).execute()
}

export async function waitingExports(db: Db): Promise<ExportOrder[]> {
  const rows = await db.selectFrom('settings').select('value').where('key', 'like', `${prefix}%`).execute()
  return rows.map(({ value }) => JSON.parse(value) as ExportOrder)
}
