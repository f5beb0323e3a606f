/** What a department asks for and a lead decides: more time 延期, or a pause 挂账. */
export const requestKinds = ['extension', 'suspension'] as const
export type RequestKind = (typeof requestKinds)[number]

/** `dropped`: overtaken by an answer, or by a decision of another kind. */
export const requestStatuses = ['pending', 'granted', 'refused', 'dropped'] as const
export type RequestStatus = (typeof requestStatuses)[number]

/** What overtook a request: a newer one, an answer, the end of the assignment, a pause, the asker’s own undoing. */
export const dropReasons = ['replaced', 'answered', 'returned', 'withdrawn', 'suspended', 'undone'] as const
export type DropReason = (typeof dropReasons)[number]

/** Times are epoch milliseconds. */
export interface Request {
  id: number
  kind: RequestKind
  reason: string
  /** Until when it is asked for, a date; null: not said. */
  until: string | null
  askedAt: number
  askedBy: string
  askedById: number
  status: RequestStatus
  decidedAt: number | null
  decidedBy: string | null
  /** Why it was refused; of a dropped one a `DropReason`. */
  decisionReason: string | null
  /** The due time that was granted. */
  grantedUntil: number | null
}
