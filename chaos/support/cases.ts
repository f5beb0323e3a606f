import type { Outcome } from '../../src/domain/assignment.ts'
import type { Random } from '../scenario.ts'
import type { Office } from './city.ts'

/** How far an assignment is to come. */
export const stages = ['sent', 'working', 'review', 'accepted'] as const
export type Stage = (typeof stages)[number]

/** One assignment: what the people mean to do with it, and what they did. */
export interface Case {
  code: number
  department: Office
  until: Stage
  outcome: Extract<Outcome, 'resolved' | 'mostly_resolved' | 'in_progress'>
  /** Whether its feedback is a form or an answer in words. */
  by: 'form' | 'words'
  clicks: Click[]
  /** What was said to the bot, each of which it answers once. */
  said: string[]
  /** Each feedback that was tried, by words that no other has. */
  feedback: { words: string; told: Told }[]
}

export interface Click {
  act: 'acknowledged' | 'feedback' | 'accepted'
  told: Told
}

/** What the one who acted saw: that it was taken, that it was not, or nothing of either. */
export type Told = 'taken' | 'refused' | 'nothing'

export function planCases(codes: number[], departments: Office[], random: Random): Case[] {
  return codes.map((code) => ({
    code,
    department: random.pick(departments),
    until: random.pick(howFar),
    outcome: random.pick(outcomes),
    by: random.chance(0.2) ? 'words' : 'form',
    clicks: [],
    said: [],
    feedback: [],
  }))
}

/** Most come to their end. */
const howFar: Stage[] = ['sent', 'working', 'review', ...Array.from({ length: 9 }, () => 'accepted' as const)]
const outcomes = ['resolved', 'resolved', 'mostly_resolved', 'in_progress'] as const
