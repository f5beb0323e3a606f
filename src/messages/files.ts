import { maskPersonal } from '../domain/masking.ts'
import type { FileFault, FileFaultCode, FileFaultParams } from '../files/file-fault.ts'
import type { RowFault } from '../files/row-fault.ts'
import type { Voice } from './voice.ts'
import type { Wording } from './wording.ts'

/** Something wrong with a row that only the database could tell. */
export interface WordedFault {
  line: number
  field: string
  say(wording: Wording): string
}

/** How a person finds things in one file. */
export interface FileLabels {
  /** Of .json the rows are objects, and have no lines. */
  rows: keyof Wording['files']['place']
  /** The file's own headers by field. */
  headers: Readonly<Record<string, string | undefined>>
  /** What may stand in a field. */
  choices: Readonly<Record<string, readonly string[] | undefined>>
}

/** What stands there is never shown, even where a fault brings it. */
const personalFields = ['petitioner', 'phone', 'address', 'content']

/** Why a file cannot be read. */
export function fileFaultText<C extends FileFaultCode>({ code, params }: FileFault<C>, { t }: Voice): string {
  const say = t.files.faults[code] as (params: FileFaultParams[C]) => string
  return say(params)
}

/** One line: where, which field, why, and what stands there unless it may be personal. */
export function rowFaultText(fault: RowFault | WordedFault, labels: FileLabels, { t }: Voice): string {
  const { place, fault: line, fields } = t.files
  const where = place[labels.rows](fault.line)
  const label = labels.headers[fault.field] ?? fields[fault.field] ?? fault.field
  if ('say' in fault) return line(where, label, fault.say(t), '')
  const other = fault.otherLine === undefined ? '' : place[labels.rows](fault.otherLine)
  const reason = t.files.rowFaults[fault.code]({ max: fault.max ?? 0, other })
  const choices = fault.code === 'unknown-name' ? labels.choices[fault.field] : undefined
  return line(
    where,
    label,
    choices ? t.files.andChoices(reason, choices) : reason,
    isShown(fault) ? maskPersonal(fault.value ?? '') : '',
  )
}

function isShown({ field }: RowFault): boolean {
  return field !== '' && !personalFields.includes(field)
}
