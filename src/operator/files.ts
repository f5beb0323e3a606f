import path from 'node:path'
import type { Columns } from '../files/headers.ts'
import { readTable } from '../files/read-table.ts'
import type { Table } from '../files/table.ts'
import type { FileLabels } from '../messages/files.ts'
import type { Desk } from './desk.ts'
import { labelsOf } from './fault-list.ts'

/** A file of the operator's, read. */
export interface OperatorFile {
  /** As it is called in what is said of it. */
  name: string
  table: Table
  labels: FileLabels
}

/** @throws {FileFault} */
export async function readOperatorFile<F extends string>(
  { folder, terminal, voice }: Desk,
  file: string,
  columns: Columns<F>,
): Promise<OperatorFile> {
  const name = path.basename(file)
  terminal.progress(voice.t.operator.progress.reading(name))
  const table = await readTable(path.resolve(folder, file))
  return { name, table, labels: labelsOf(file, table, columns, voice.locale) }
}

/** Columns that mean nothing to us may be misspelt ones: said, not silently passed over. */
export function sayIgnored({ terminal, voice }: Desk, headers: readonly string[]): void {
  const { t } = voice
  if (headers.length > 0) terminal.say(t.operator.files.ignored(t.list([...headers])))
}
