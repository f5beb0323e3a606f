/** What the audit trail can tell of. */
export const eventNames = [
  'collected',
  'dispatched',
  'acknowledged',
  'feedback',
  'evidence',
  'accepted',
  'redo',
  'forwarded',
  'merged',
  'declined',
  'returned',
  'extension-asked',
  'extended',
  'extension-refused',
  'suspension-asked',
  'suspended',
  'suspension-moved',
  'suspension-refused',
  'resumed',
  'withdrawn',
  'done',
  'closed',
  'called-back',
  'published',
  'uptake',
  'reopened',
  'undone',
  'nudged',
  'undelivered',
  'due-recomputed',
  'bound',
  'person',
  'claimed',
  'claim-code',
  'unbound',
  'left',
  'stand-in',
  'details-shown',
  'exported',
  'erased',
  'directory',
  'calendar',
] as const
export type EventName = (typeof eventNames)[number]

/** One line of an item's history. */
export interface AuditEntry {
  at: number
  what: EventName
  /** Null: Duban by itself. */
  by: string | null
  department: string | null
  detail: Record<string, unknown>
}
