import type { Office } from '../office-hours.ts'
import type { LocalDate } from '../time.ts'
import type { Span } from './cue.ts'
import { hedges, negators } from './cues/doubts.ts'
import type { FoundDate } from './dates.ts'
import type { About, Said } from './findings.ts'
import type { Why } from './reading.ts'
import type { Voice } from './voice.ts'

/** A clause about to be read, with what is known around it. */
export interface Here {
  voice: Voice
  text: string
  /** Without the name of the matter. */
  said: string
  dates: FoundDate[]
  setting: Setting
}

export interface Setting {
  today: LocalDate
  office: Office
  /** The clause before it in the reply. */
  before: string
}

/** Finds its words in a clause and tells what they say, null where they are not there. */
export type Move = (here: Here) => Said | null

/** Words that would have said something, and why they do not. */
export function doubt(why: Why, about: About, grave = true): Said {
  return { kind: 'doubt', why, about, grave }
}

/** Why the words are no request or decision of ours, null where nothing speaks against them. */
export function whyNot(voice: Voice, before: string, about: About): Why | null {
  if (negators.in(before)) return 'negated'
  if (voice.asked) return 'question'
  if (voice.quoted) return 'other-speaker'
  if (voice.conditional) return 'conditional'
  if (about !== 'return' && hedges.in(before)) return 'uncertain'
  return null
}

/** Whether nothing but marks and signs is left. */
export function isEmpty(text: string): boolean {
  return text.replace(/[\s\p{P}\p{S}]/gu, '') === ''
}

/** The text without these words. */
export function without(text: string, { text: words }: Span): string {
  return text.replace(words, '')
}
