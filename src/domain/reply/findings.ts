import type { Clause } from './clauses.ts'
import type { FoundDate } from './dates.ts'
import type { Why } from './reading.ts'

/** What one clause says. */
export type Finding = {
  clause: Clause
  dates: FoundDate[]
  /** Holds a 不, 没 or not that is not lexical. */
  negative: boolean
} & Said

export type Said =
  | { kind: 'acknowledge' }
  | { kind: 'done'; mostly: boolean; bare: boolean }
  | { kind: 'under-way'; bare: boolean }
  /** Something was set going. */
  | { kind: 'step' }
  /** It will be done; `prompt` where it says no more than 马上处理. */
  | { kind: 'plan'; prompt: boolean }
  | { kind: 'deferred'; bare: boolean }
  | { kind: 'reference'; bare: boolean }
  | { kind: 'extension' }
  | { kind: 'return' }
  /** Words that would have said something; `grave` where they speak against it, and do not just leave it open. */
  | { kind: 'doubt'; why: Why; about: About; grave: boolean }
  /** Still open; or, where `contrast`, no more than a 但 with something else behind it. */
  | { kind: 'reserve'; contrast: boolean }
  | { kind: 'follow-up' }
  | { kind: 'courtesy' }
  | { kind: 'instruction' }
  | { kind: 'measure'; concerns: boolean }

export type About = 'done' | 'going' | 'deferred' | 'reference' | 'extension' | 'return' | 'acknowledge'
