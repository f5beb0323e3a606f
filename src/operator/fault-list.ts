import type { Columns } from '../files/headers.ts'
import { findColumns } from '../files/headers.ts'
import {
  dayKindNames,
  type Names,
  platformNames,
  roleNames,
  sourceNames,
  urgencyNames,
} from '../files/names.ts'
import type { RowFault } from '../files/row-fault.ts'
import type { Table } from '../files/table.ts'
import { type FileLabels, rowFaultText, type WordedFault } from '../messages/files.ts'
import type { Locale, Voice } from '../messages/voice.ts'

export type Fault = RowFault | WordedFault

const shownAtMost = 50

const namesByField: Record<string, Names<string>> = {
  source: sourceNames,
  urgency: urgencyNames,
  role: roleNames,
  platform: platformNames,
  kind: dayKindNames,
}

/** What faults of this file are told with. */
export function labelsOf<F extends string>(
  file: string,
  table: Table,
  columns: Columns<F>,
  locale: Locale,
): FileLabels {
  return {
    rows: file.toLowerCase().endsWith('.json') ? 'object' : 'line',
    headers: findColumns(table, columns, []).headers,
    choices: Object.fromEntries(
      Object.entries(namesByField).map(([field, names]) => [
        field,
        Object.entries(names).map(([key, [chinese]]) => (locale === 'en' ? key : (chinese ?? key))),
      ]),
    ),
  }
}

/** A line for each fault, at most fifty, and how many more there are. */
export function faultList(faults: readonly Fault[], labels: FileLabels, voice: Voice): string {
  const lines = faults.slice(0, shownAtMost).map((fault) => `  ${rowFaultText(fault, labels, voice)}`)
  const rest = faults.length - lines.length
  if (rest > 0) lines.push(`  ${voice.t.operator.files.moreFaults(rest)}`)
  return lines.join('\n')
}

/** Says why a file is refused, all of it. */
export function refusal(
  name: string,
  faults: readonly Fault[],
  labels: FileLabels,
  advice: string,
  voice: Voice,
): string {
  const { files } = voice.t.operator
  return [files.refused(name, files.faults(faults.length)), faultList(faults, labels, voice), advice].join(
    '\n',
  )
}

/** Says which rows were left out. */
export function leftOut(faults: readonly Fault[], labels: FileLabels, voice: Voice): string {
  const { files } = voice.t.operator
  const rows = new Set(faults.map(({ line }) => line)).size
  return [files.leftOut(rows, files.faults(faults.length)), faultList(faults, labels, voice)].join('\n')
}
