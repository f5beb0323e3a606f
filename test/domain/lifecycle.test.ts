import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignmentStatuses } from '../../src/domain/assignment.ts'
import { itemStatuses } from '../../src/domain/item.ts'
import {
  type AssignmentMove,
  assignmentMoves,
  canMoveAssignment,
  canMoveItem,
  IllegalMove,
  type ItemMove,
  isItemDone,
  itemMoves,
  moveAssignment,
  moveItem,
  undoAssignment,
  undoItem,
} from '../../src/domain/lifecycle.ts'

/** DESIGN's lifecycle, written down a second time: what leads from where to where. */
const legalForAssignments: Record<AssignmentMove, Record<string, string>> = {
  acknowledge: { sent: 'working' },
  submit: { sent: 'review', working: 'review' },
  unsubmit: { review: 'working' },
  acceptFinal: { review: 'accepted' },
  acceptInterim: { review: 'working' },
  redo: { review: 'working' },
  suspend: { sent: 'suspended', working: 'suspended' },
  resume: { suspended: 'working' },
  return: { sent: 'returned', working: 'returned' },
  withdraw: { sent: 'withdrawn', working: 'withdrawn', review: 'withdrawn', suspended: 'withdrawn' },
}

const legalForItems: Record<ItemMove, Record<string, string>> = {
  judge: { triage: 'ready' },
  dispatch: { triage: 'open', ready: 'open' },
  putBack: { open: 'ready' },
  finish: { open: 'done' },
  close: { done: 'closed' },
  reopen: { done: 'open', closed: 'open' },
  merge: { triage: 'merged', ready: 'merged' },
  decline: { triage: 'declined', ready: 'declined' },
}

const assignmentCells = Object.keys(assignmentMoves).flatMap((move) =>
  assignmentStatuses.map((from) => ({ move: move as AssignmentMove, from })),
)
const itemCells = Object.keys(itemMoves).flatMap((move) =>
  itemStatuses.map((from) => ({ move: move as ItemMove, from })),
)

describe('every cell of the table', () => {
  test.each(assignmentCells)('assignment: $move from $from', ({ move, from }) => {
    const to = legalForAssignments[move][from]
    expect(canMoveAssignment(from, move)).toBe(to !== undefined)
    if (to) expect(moveAssignment(from, move)).toBe(to)
    else expect(() => moveAssignment(from, move)).toThrow(IllegalMove)
  })

  test.each(itemCells)('item: $move from $from', ({ move, from }) => {
    const to = legalForItems[move][from]
    expect(canMoveItem(from, move)).toBe(to !== undefined)
    if (to) expect(moveItem(from, move)).toBe(to)
    else expect(() => moveItem(from, move)).toThrow(IllegalMove)
  })

  test('an illegal move says what and from where', () => {
    expect(() => moveItem('closed', 'dispatch')).toThrow(/dispatch.*closed/)
  })
})

describe('taking a move back', () => {
  test.each(assignmentCells)('assignment: $move from $from leads back there', ({ move, from }) => {
    const to = legalForAssignments[move][from]
    if (to) expect(undoAssignment(moveAssignment(from, move), from)).toBe(from)
  })

  test.each(itemCells)('item: $move from $from leads back there', ({ move, from }) => {
    const to = legalForItems[move][from]
    if (to) expect(undoItem(moveItem(from, move), from)).toBe(from)
  })

  test('never leads where no row of the table came from', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...assignmentStatuses),
        fc.constantFrom(...assignmentStatuses),
        (from, before) => {
          const isLegal =
            from === before || Object.values(legalForAssignments).some((cells) => cells[before] === from)
          if (isLegal) expect(undoAssignment(from, before)).toBe(before)
          else expect(() => undoAssignment(from, before)).toThrow(IllegalMove)
        },
      ),
    )
    fc.assert(
      fc.property(fc.constantFrom(...itemStatuses), fc.constantFrom(...itemStatuses), (from, before) => {
        const isLegal =
          from === before || Object.values(legalForItems).some((cells) => cells[before] === from)
        if (isLegal) expect(undoItem(from, before)).toBe(before)
        else expect(() => undoItem(from, before)).toThrow(IllegalMove)
      }),
    )
  })
})

describe('an item is done', () => {
  const lead = { part: 'lead', status: 'accepted', outcomeIsFinal: true } as const
  const co = { part: 'co', status: 'working', outcomeIsFinal: false } as const

  test('when its lead assignment is accepted for good', () => {
    expect(isItemDone([lead], 'all')).toBe(true)
    expect(isItemDone([{ ...lead, status: 'review' }], 'all')).toBe(false)
    expect(isItemDone([{ ...lead, outcomeIsFinal: false }], 'all')).toBe(false)
    expect(isItemDone([], 'all')).toBe(false)
  })

  test('and every co-assignment, unless any is enough', () => {
    expect(isItemDone([lead, co], 'all')).toBe(false)
    expect(isItemDone([lead, co], 'any')).toBe(true)
    expect(isItemDone([lead, { ...co, status: 'accepted', outcomeIsFinal: true }], 'all')).toBe(true)
  })

  test('whatever was withdrawn or returned', () => {
    expect(isItemDone([lead, { ...co, status: 'withdrawn' }], 'all')).toBe(true)
    expect(isItemDone([{ ...lead, status: 'returned' }], 'any')).toBe(false)
  })

  test('never without an accepted lead assignment', () => {
    const assignment = fc.record({
      part: fc.constantFrom('lead', 'co'),
      status: fc.constantFrom(...assignmentStatuses),
      outcomeIsFinal: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(assignment), fc.constantFrom('all', 'any'), (all, closing) => {
        const leadIsAccepted = all.some(({ part, status }) => part === 'lead' && status === 'accepted')
        expect(isItemDone(all, closing) && !leadIsAccepted).toBe(false)
      }),
    )
  })
})
