import type { Outcome } from '../assignment.ts'
import type { LocalDate } from '../time.ts'

/** What a reply says. */
export interface Reading {
  /** The items that it names, in the order of the text, each once. */
  items: number[]
  intent: Intent
}

export type Intent = Action | Unclear | { kind: 'none' }

/** What changes something. */
export type Action = { kind: 'acknowledge' } | Feedback | Extension | Return

export interface Feedback {
  kind: 'feedback'
  outcome: Outcome
  /** What was done, in the official's words; empty where the reply says the outcome and no more. */
  measures: string
  promisedDate: LocalDate | null
  /** Of `deferred` and `reference`; null for the other outcomes. */
  reason: string | null
}

export interface Extension {
  kind: 'extension'
  reason: string
  /** Null where none is named, or only a length, which counts from a due time that the reply does not hold. */
  until: LocalDate | null
}

export interface Return {
  kind: 'return'
  reason: string
  /** The department that should have it, as written. */
  suggested: string | null
}

/** Changes nothing: the bot asks, offering its guess. */
export interface Unclear {
  kind: 'unclear'
  why: Why
  guess?: Action
}

export type Why =
  /** An item is named, and nothing said about it. */
  | 'empty'
  | 'question'
  | 'negated'
  | 'conditional'
  | 'partial'
  | 'uncertain'
  | 'other-speaker'
  | 'conflicting'
  /** Several items, and not certain that all of it is said of each. */
  | 'several-items'
  | 'no-outcome'
  | 'no-reason'
  /** A promise for a day that is over. */
  | 'past-date'
  /** A day that no calendar has. */
  | 'no-such-date'
  | 'typo'
  | 'too-long'
