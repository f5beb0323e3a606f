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

/**
 * What can be wrong with a row. `duplicate`: the same (source, external_id), or the same date, is on an earlier line;
 * `chat-conflict`: the department has another chat on this platform there; `person-conflict`: the account another name.
 */
export type RowFaultCode =
  | CellFlawCode
  | 'required'
  | 'not-text'
  | 'too-long'
  | 'unknown-name'
  | 'not-a-time'
  | 'not-a-date'
  | 'not-a-policy'
  | 'duplicate'
  | 'chat-conflict'
  | 'chat-taken'
  | 'name-taken'
  | 'person-conflict'
  | 'other-year'
  | 'workday-needless'

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
