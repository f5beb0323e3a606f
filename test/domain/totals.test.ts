import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomes } from '../../src/domain/assignment.ts'
import { noRates } from '../../src/domain/rates.ts'
import {
  type CountedAssignments,
  departmentTotals,
  dispatchedParts,
  openOf,
  totalsOf,
} from '../../src/domain/totals.ts'
import { moment, shanghai } from './offices.ts'

const now = moment('2026-11-20 10:00')

const finished = fc.record({
  status: fc.constant('accepted' as const),
  outcome: fc.constantFrom(...outcomes.filter((outcome) => outcome !== 'in_progress')),
})
const open = fc.record({
  status: fc.constantFrom('sent' as const, 'working' as const, 'review' as const, 'suspended' as const),
  outcome: fc.constantFrom(null, 'in_progress' as const),
})
const counted: fc.Arbitrary<CountedAssignments> = fc
  .tuple(
    fc.oneof(finished, open),
    fc.constantFrom('甲局', '乙局', '丙委'),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: -10, max: 10 }),
  )
  .map(([state, department, count, due]) => ({
    ...state,
    department,
    promisedDate: null,
    dueAt: now + due * 86_400_000,
    count,
  }))
const countOf = (assignments: CountedAssignments[]) => assignments.reduce((all, { count }) => all + count, 0)

describe('the totals', () => {
  test('of nothing are nothing', () => {
    expect(totalsOf({}, [], noRates, now, shanghai)).toMatchObject({
      collected: 0,
      dispatched: 0,
      overdue: 0,
      rate_3wd: { n: 0, m: 0 },
    })
  })

  test('are the sum of their parts', () => {
    fc.assert(
      fc.property(fc.array(counted), (assignments) => {
        const totals = totalsOf(
          { open: countOf(assignments), triage: 2 },
          assignments,
          noRates,
          now,
          shanghai,
        )
        const sum = dispatchedParts.reduce((all, part) => all + totals[part], 0)
        expect(sum).toBe(totals.dispatched)
        expect(totals.dispatched).toBe(countOf(assignments))
        expect(totals.collected).toBe(totals.dispatched + totals.waiting)
        expect(totals.overdue).toBeLessThanOrEqual(openOf(totals))
      }),
    )
  })

  test('are the sum of the departments', () => {
    fc.assert(
      fc.property(fc.array(counted), (assignments) => {
        const all = totalsOf({}, assignments, noRates, now, shanghai)
        const departments = departmentTotals(assignments, new Map(), now, shanghai)
        for (const part of [...dispatchedParts, 'overdue'] as const) {
          expect(departments.reduce((sum, row) => sum + row[part], 0)).toBe(all[part])
        }
      }),
    )
  })

  test('an interim feedback still counts as being solved, the seed’s 62', () => {
    const interim: CountedAssignments = {
      department: '甲局',
      status: 'working',
      outcome: 'in_progress',
      promisedDate: '2026-11-25',
      dueAt: now - 86_400_000,
      count: 1,
    }
    expect(totalsOf({}, [interim], noRates, now, shanghai)).toMatchObject({
      in_progress: 1,
      working: 0,
      overdue: 0,
    })
  })

  test('say how much each department returned, also where nothing else is left with it', () => {
    const open: CountedAssignments = {
      department: '甲局',
      status: 'sent',
      outcome: null,
      promisedDate: null,
      dueAt: now + 1,
      count: 1,
    }
    const returns = new Map([
      ['甲局', { n: 0, m: 3 }],
      ['乙局', { n: 2, m: 2 }],
      ['丙委', { n: 0, m: 1 }],
    ])
    const rows = departmentTotals([open], new Map(), now, shanghai, returns)
    expect(rows.map((row) => [row.department, row.dispatched, row.returns])).toEqual([
      ['甲局', 1, { n: 0, m: 3 }],
      ['乙局', 0, { n: 2, m: 2 }],
    ])
  })

  test('worst department first', () => {
    const late = {
      status: 'working',
      outcome: null,
      promisedDate: null,
      dueAt: now - 1,
      count: 1,
    } as const
    const rows = departmentTotals(
      [
        { ...late, dueAt: now + 1, department: '甲局' },
        { ...late, department: '乙局' },
      ],
      new Map(),
      now,
      shanghai,
    )
    expect(rows.map(({ department, overdue }) => [department, overdue])).toEqual([
      ['乙局', 1],
      ['甲局', 0],
    ])
  })
})
