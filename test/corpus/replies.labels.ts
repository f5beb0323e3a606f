import type { Outcome } from '../../src/domain/assignment.ts'
import type { LocalDate } from '../../src/domain/time.ts'

/** A reply with what a careful reader at the task force makes of it. */
export interface Labelled {
  text: string
  items: number[]
  want: Want
  /** The day on which it is read, a Friday in November unless the reply needs another. */
  today: LocalDate
}

/**
 * What is left out of a label is not judged; `date` and `until` are always judged. `measures`, `reason` and
 * `suggested` are whole texts in `is`, parts that must be there in `has`.
 */
export type Want =
  | { kind: 'acknowledge' }
  | {
      kind: 'feedback'
      outcome: Outcome
      date: LocalDate | null
      is?: string
      has?: string[]
      reason?: string
    }
  | { kind: 'extension'; until: LocalDate | null; reason?: string }
  | { kind: 'return'; suggested: string | null; reason?: string }
  /** Any of these is a fair name for why the bot must ask. */
  | { kind: 'unclear'; why: string[] }
  | { kind: 'none' }

interface Extra {
  items?: number[]
  today?: LocalDate
  date?: LocalDate
  is?: string
  has?: string[]
  reason?: string
}

export const today = '2026-11-20'

export const ack = (text: string, extra: Extra = {}) => labelled(text, { kind: 'acknowledge' }, extra)
export const chatter = (text: string, extra: Extra = {}) => labelled(text, { kind: 'none' }, extra)
export const solved = (text: string, extra: Extra = {}) => feedback(text, 'resolved', extra)
export const mostly = (text: string, extra: Extra = {}) => feedback(text, 'mostly_resolved', extra)
export const going = (text: string, extra: Extra = {}) => feedback(text, 'in_progress', extra)
export const deferred = (text: string, extra: Extra = {}) => feedback(text, 'deferred', extra)
export const reference = (text: string, extra: Extra = {}) => feedback(text, 'reference', extra)

export const extend = (text: string, until: LocalDate | null, extra: Extra = {}) =>
  labelled(text, { kind: 'extension', until, reason: extra.reason }, extra)

export const giveBack = (text: string, suggested: string | null, extra: Extra = {}) =>
  labelled(text, { kind: 'return', suggested, reason: extra.reason }, extra)

/** The bot must ask; `why` lists the names that fit, by `|`. */
export const ask = (text: string, why: string, extra: Extra = {}) =>
  labelled(text, { kind: 'unclear', why: why.split('|') }, extra)

function feedback(text: string, outcome: Outcome, extra: Extra): Labelled {
  const { date = null, is, has, reason } = extra
  return labelled(text, { kind: 'feedback', outcome, date, is, has, reason }, extra)
}

function labelled(text: string, want: Want, extra: Extra): Labelled {
  return { text, want, items: extra.items ?? [], today: extra.today ?? today }
}
