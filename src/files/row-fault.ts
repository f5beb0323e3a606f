import type { CellFlawCode } from './table.ts'

/** Why a row cannot be taken; `messages/` words it for people. */
export interface RowFault {
  line: number
  /** The English name of the field, '' where it is about the row. */
  field: string
  code: RowFaultCode
  /** What was written there, shortened; left out where it may be personal. */
  value?: string
  /** With `too-long`: characters at most. */
  max?: number
  /** The earlier line that this one is at odds with. */
  otherLine?: number
}

export type FieldFault = Pick<RowFault, 'field' | 'code' | 'value' | 'max'>

const texts = {
  required: 'is required',
  'not-text': 'is not text',
  'too-long': 'is too long',
  'unknown-name': 'is none of the known values',
  'not-a-time': 'is no date or time',
  'not-a-date': 'is no date',
  'not-a-policy': 'is no time limit',
  /** The same (source, external_id), or the same date, is on an earlier line. */
  duplicate: 'is on an earlier line already',
  'cell-error': 'is an error or a formula that was not calculated',
  'cell-digits-lost': 'is a number whose last digits Excel has lost; the column must be text',
  'cell-nested': 'is a list or an object',
  'cells-extra': 'there are more cells than headers',
  /** The department has another chat on this platform on an earlier line. */
  'chat-conflict': 'differs from the chat of the same department on an earlier line',
  'chat-taken': 'is the chat of another department',
  'name-taken': 'is a name or alias of another department',
  /** The same account has another name on an earlier line. */
  'person-conflict': 'is the account of somebody of another name',
  'other-year': 'is of another year than the rest of the file',
  'workday-needless': 'is a working day anyway',
} satisfies Record<string, string> & Record<CellFlawCode, string>

export type RowFaultCode = keyof typeof texts
export const rowFaultCodes = Object.keys(texts) as RowFaultCode[]

/** For developers and logs: names the line and the field, and never the value. */
export function describeRowFault(fault: RowFault): string {
  return `line ${fault.line}: ${fault.field || 'row'} ${texts[fault.code]}`
}

/** What a field's reader gives back instead of a value. */
export class Refusal {
  readonly code: RowFaultCode
  readonly value?: string
  readonly max?: number
  constructor(code: RowFaultCode, details: { value?: string; max?: number } = {}) {
    this.code = code
    if (details.value !== undefined) this.value = shorten(details.value)
    if (details.max !== undefined) this.max = details.max
  }
}

export function faultOf(field: string, refusal: Refusal): FieldFault {
  return { field, ...refusal }
}

export function shorten(text: string): string {
  const characters = [...text]
  return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : text
}
