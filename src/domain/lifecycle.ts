import type { AssignmentStatus } from './assignment.ts'
import type { ItemStatus } from './item.ts'

/** One row a move: from which statuses it is legal, and where it leads. Nothing changes a status but through here. */
interface Move<Status> {
  from: readonly Status[]
  to: Status
}

const unfinished = ['sent', 'working', 'review', 'suspended'] as const

export const assignmentMoves = {
  acknowledge: { from: ['sent'], to: 'working' },
  /** Feedback says "ours" too, so it needs no acknowledgement before it. */
  submit: { from: ['sent', 'working'], to: 'review' },
  /** The submitter takes the feedback back before it is reviewed. */
  unsubmit: { from: ['review'], to: 'working' },
  acceptFinal: { from: ['review'], to: 'accepted' },
  acceptInterim: { from: ['review'], to: 'working' },
  redo: { from: ['review'], to: 'working' },
  suspend: { from: ['sent', 'working'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'working' },
  return: { from: ['sent', 'working'], to: 'returned' },
  withdraw: { from: unfinished, to: 'withdrawn' },
} as const satisfies Record<string, Move<AssignmentStatus>>

export const itemMoves = {
  judge: { from: ['triage'], to: 'ready' },
  dispatch: { from: ['triage', 'ready'], to: 'open' },
  /** Its lead assignment came back: "not ours". */
  putBack: { from: ['open'], to: 'ready' },
  finish: { from: ['open'], to: 'done' },
  close: { from: ['done'], to: 'closed' },
  /** A new round. */
  reopen: { from: ['done', 'closed'], to: 'open' },
  merge: { from: ['triage', 'ready'], to: 'merged' },
  decline: { from: ['triage', 'ready'], to: 'declined' },
} as const satisfies Record<string, Move<ItemStatus>>

export type AssignmentMove = keyof typeof assignmentMoves
export type ItemMove = keyof typeof itemMoves

/** The move is not in the table: somebody was faster, or the request was never legal. */
export class IllegalMove extends Error {
  readonly move: AssignmentMove | ItemMove | 'undo'
  readonly from: AssignmentStatus | ItemStatus
  constructor(move: AssignmentMove | ItemMove | 'undo', from: AssignmentStatus | ItemStatus) {
    super(`${move} is not possible from ${from}`)
    this.name = 'IllegalMove'
    this.move = move
    this.from = from
  }
}

/** Where the move leads. @throws {IllegalMove} */
export function moveAssignment(from: AssignmentStatus, move: AssignmentMove): AssignmentStatus {
  if (!canMoveAssignment(from, move)) throw new IllegalMove(move, from)
  return assignmentMoves[move].to
}

/** Where the move leads. @throws {IllegalMove} */
export function moveItem(from: ItemStatus, move: ItemMove): ItemStatus {
  if (!canMoveItem(from, move)) throw new IllegalMove(move, from)
  return itemMoves[move].to
}

/** Taking a move back leads only to where a row of the table came from. @throws {IllegalMove} */
export function undoAssignment(from: AssignmentStatus, before: AssignmentStatus): AssignmentStatus {
  return undoMove<AssignmentStatus>(Object.values(assignmentMoves), from, before)
}

/** Taking a move back leads only to where a row of the table came from. @throws {IllegalMove} */
export function undoItem(from: ItemStatus, before: ItemStatus): ItemStatus {
  return undoMove<ItemStatus>(Object.values(itemMoves), from, before)
}

export function canMoveAssignment(from: AssignmentStatus, move: AssignmentMove): boolean {
  const row: Move<AssignmentStatus> = assignmentMoves[move]
  return row.from.includes(from)
}

export function canMoveItem(from: ItemStatus, move: ItemMove): boolean {
  const row: Move<ItemStatus> = itemMoves[move]
  return row.from.includes(from)
}

function undoMove<Status extends AssignmentStatus | ItemStatus>(
  moves: readonly Move<Status>[],
  from: Status,
  before: Status,
): Status {
  if (from !== before && !moves.some((move) => move.to === from && move.from.includes(before)))
    throw new IllegalMove('undo', from)
  return before
}

/** When an item is `done`: its lead assignment accepted and, unless any is enough, every co-assignment too. */
export function isItemDone(
  assignments: readonly { part: 'lead' | 'co'; status: AssignmentStatus; outcomeIsFinal: boolean }[],
  closing: 'all' | 'any',
): boolean {
  const live = assignments.filter((a) => a.status !== 'withdrawn' && a.status !== 'returned')
  const lead = live.find((a) => a.part === 'lead')
  if (lead?.status !== 'accepted' || !lead.outcomeIsFinal) return false
  return closing === 'any' || live.every((a) => a.status === 'accepted')
}
