import type { TableColumn, TableValue } from './table-to-write.ts'
import { writeTable } from './write-table.ts'

export type SheetRow = Readonly<Record<string, TableValue | undefined>>

/** An .xlsx in the making: it can't be written in pieces, but its rows may come in some. */
export interface Sheet {
  add(rows: SheetRow[]): void
  /** The whole file; after it the sheet is gone. */
  finish(): Promise<Buffer>
  /** Gives it up. May come after `finish`. */
  drop(): Promise<void>
}

/** Made here, which takes this thread for itself: for a program that does nothing else meanwhile. */
export function sheetHere(columns: readonly TableColumn[]): Sheet {
  const all: SheetRow[] = []
  return {
    add: (rows) => void all.push(...rows),
    finish: () => writeTable('xlsx', columns, all),
    drop: async () => {},
  }
}
