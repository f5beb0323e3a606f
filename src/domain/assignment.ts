/** An assignment 交办: one department's share of an item. */
import type { ItemStatus, Source, Urgency } from './item.ts'

export const assignmentStatuses = [
  'sent',
  'working',
  'review',
  'accepted',
  'suspended',
  'returned',
  'withdrawn',
] as const
export type AssignmentStatus = (typeof assignmentStatuses)[number]

export const parts = ['lead', 'co'] as const
export type Part = (typeof parts)[number]

export const outcomes = ['resolved', 'mostly_resolved', 'in_progress', 'deferred', 'reference'] as const
export type Outcome = (typeof outcomes)[number]

/** Outcomes that end an assignment once accepted; `in_progress` is interim. */
export function isFinal(outcome: Outcome): boolean {
  return outcome !== 'in_progress'
}

/** Outcomes that count as solved in the rates. */
export function isSolved(outcome: Outcome): boolean {
  return outcome === 'resolved' || outcome === 'mostly_resolved'
}

/** Outcomes that are only accepted with a reason. */
export function needsReason(outcome: Outcome): boolean {
  return outcome === 'deferred' || outcome === 'reference'
}

/** An assignment with its item, as messages and rules look at it. Times are epoch milliseconds. */
export interface Assignment {
  id: number
  item: {
    code: number
    title: string
    content: string
    source: Source
    category: string | null
    urgency: Urgency
    status: ItemStatus
    receivedAt: number
  }
  department: { id: number; name: string }
  part: Part
  round: number
  status: AssignmentStatus
  /** As `formatPolicy` writes it: `3wd`. */
  policy: string
  /** From when the policy counts: the dispatch, or a later decision. */
  dueFrom: number
  dispatchedAt: number
  acknowledgedAt: number | null
  acknowledgedBy: string | null
  dueAt: number
  dueSetAt: number
  /** The due time was reckoned in a year whose calendar is not published yet. */
  provisional: boolean
  promisedDate: string | null
  promisedSetAt: number | null
  reviewDate: string | null
  /** The outcome that was accepted last. */
  outcome: Outcome | null
  solvedAt: number | null
  acceptedAt: number | null
  /** The newest feedback, whatever became of it. */
  feedback: Feedback | null
  /** How many photos and files came with it. */
  evidence: number
}

export interface Feedback {
  id: number
  at: number
  by: string
  byId: number
  outcome: Outcome
  measures: string
  reason: string | null
  promisedDate: string | null
  handler: string | null
  /** Null: not said. */
  mayPublish: boolean | null
  review: 'pending' | 'accepted' | 'redo' | 'superseded'
  reviewedAt: number | null
  reviewedBy: string | null
  reviewReason: string | null
}

/** What a department fills in. */
export interface FeedbackDraft {
  outcome: Outcome
  measures: string
  reason: string | null
  promisedDate: string | null
  handler: string | null
  /** Null: not said. */
  mayPublish: boolean | null
}
