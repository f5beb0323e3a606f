/** An assignment 交办: one department's share of an item. */
import type { ItemStatus, Source, Urgency } from './item.ts'
import type { Request } from './request.ts'

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

/** What an item waits for before it is done: every co-department, or the lead alone. */
export const closings = ['all', 'any'] as const
export type Closing = (typeof closings)[number]

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
    /** Whether the item waits for every co-department, or for the lead alone. */
    closing: Closing
    /** How many reports it stands for: itself, and those merged into it. */
    reports: number
    /** Whether it is on file how to reach the citizen: what that is stays out of here. */
    hasDetails: boolean
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
  suspendedAt: number | null
  /** Of a returned one: why, and whose it is in the department's eyes. */
  returned: { at: number; reason: string; suggested: { id: number; name: string } | null } | null
  /** Why the item was given out anew 重新交办. */
  reopened: { by: string | null; reason: string } | null
  /** The outcome that was accepted last. */
  outcome: Outcome | null
  solvedAt: number | null
  acceptedAt: number | null
  /** The newest feedback, whatever became of it. */
  feedback: Feedback | null
  /** How many photos and files came with it. */
  evidence: number
  /** The newest request of each kind, whatever became of it. */
  requests: Partial<Record<Request['kind'], Request>>
  /** The other departments' shares of the item in the same round that stand. */
  others: Share[]
}

/** Another department's share of an item, as far as it is shown to the lead department. */
export interface Share {
  id: number
  department: { id: number; name: string }
  part: Part
  status: AssignmentStatus
  outcome: Outcome | null
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

/** Whether the department still has, or has done, its share. */
export function isStanding({ status }: { status: AssignmentStatus }): boolean {
  return status !== 'returned' && status !== 'withdrawn'
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
