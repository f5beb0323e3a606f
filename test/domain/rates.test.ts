import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percent, type RatedAssignment, type RateWindow, solvedWithin } from '../../src/domain/rates.ts'
import { anyInstant, anyOffice, moment, shanghai } from './offices.ts'

const threeWorkingDays: RateWindow = { kind: 'working-days', count: 3 }
const sevenDays: RateWindow = { kind: 'days', count: 7 }

function row(dispatched: string, solved: string | null, counted = true): RatedAssignment {
  return { dispatchedAt: moment(dispatched), solvedAt: solved === null ? null : moment(solved), counted }
}

describe('solved within 3 working days', () => {
  // Dispatched on Friday 20 November: the window ends on Wednesday 25 November at 17:30.
  it.each([
    ['at once', '2026-11-20 10:00', { n: 1, m: 1 }],
    ['at close of business of the last day', '2026-11-25 17:30', { n: 1, m: 1 }],
    ['a minute late', '2026-11-25 17:31', { n: 0, m: 1 }],
    ['not yet', null, { n: 0, m: 1 }],
  ])('%s', (_, solved, rate) => {
    const rows = [row('2026-11-20 10:00', solved)]
    expect(solvedWithin(rows, threeWorkingDays, moment('2026-12-01 00:00'), shanghai)).toEqual(rate)
  })

  it('leaves out what still has time, solved already or not', () => {
    const rows = [row('2026-11-20 10:00', '2026-11-20 11:00'), row('2026-11-20 10:00', null)]
    const at = (now: string) => solvedWithin(rows, threeWorkingDays, moment(now), shanghai)
    expect(at('2026-11-25 17:30')).toEqual({ n: 0, m: 0 })
    expect(at('2026-11-25 17:31')).toEqual({ n: 1, m: 2 })
  })

  it('leaves out what was returned, withdrawn or merged', () => {
    const rows = [
      row('2026-11-20 10:00', '2026-11-20 11:00', false),
      row('2026-11-20 10:00', null, false),
      row('2026-11-20 10:00', '2026-11-23 11:00'),
    ]
    expect(solvedWithin(rows, threeWorkingDays, moment('2026-12-01 00:00'), shanghai)).toEqual({ n: 1, m: 1 })
  })

  it('counts working days by the official calendar', () => {
    const rows = [row('2026-09-30 10:00', '2026-10-10 17:00'), row('2026-09-30 16:00', '2026-10-11 09:00')]
    expect(solvedWithin(rows, threeWorkingDays, moment('2026-10-09 18:00'), shanghai)).toEqual({ n: 0, m: 0 })
    expect(solvedWithin(rows, threeWorkingDays, moment('2026-10-12 09:00'), shanghai)).toEqual({ n: 1, m: 2 })
  })
})

describe('solved within 7 days', () => {
  it.each([
    ['on the evening of the seventh day', '2026-11-27 23:59', { n: 1, m: 1 }],
    ['on the eighth', '2026-11-28 00:00', { n: 0, m: 1 }],
  ])('%s', (_, solved, rate) => {
    const rows = [row('2026-11-20 10:00', solved)]
    expect(solvedWithin(rows, sevenDays, moment('2026-12-01 00:00'), shanghai)).toEqual(rate)
  })

  it('waits for the seventh day to end', () => {
    const rows = [row('2026-11-20 10:00', '2026-11-20 11:00')]
    expect(solvedWithin(rows, sevenDays, moment('2026-11-27 23:59'), shanghai)).toEqual({ n: 0, m: 0 })
    expect(solvedWithin(rows, sevenDays, moment('2026-11-28 00:00'), shanghai)).toEqual({ n: 1, m: 1 })
  })
})

describe('any window', () => {
  const hour = 60 * 60 * 1000
  const anyRow = fc
    .record({
      dispatchedAt: anyInstant,
      after: fc.option(fc.integer({ min: 0, max: 30 * 24 })),
      counted: fc.boolean(),
    })
    .map(({ dispatchedAt, after, counted }) => ({
      dispatchedAt,
      solvedAt: after === null ? null : dispatchedAt + after * hour,
      counted,
    }))
  const rows = fc.array(anyRow, { maxLength: 20 })
  const kinds = fc.constantFrom<RateWindow['kind'][]>('days', 'working-days')

  it('adds up over parts of the rows, and only grows as time goes by', () => {
    fc.assert(
      fc.property(rows, rows, kinds, anyInstant, anyOffice, (some, others, kind, now, office) => {
        const window = { kind, count: 3 }
        const a = solvedWithin(some, window, now, office)
        const b = solvedWithin(others, window, now, office)
        const both = solvedWithin([...some, ...others], window, now, office)
        expect(both).toEqual({ n: a.n + b.n, m: a.m + b.m })
        expect(a.n).toBeLessThanOrEqual(a.m)
        expect(a.m).toBeLessThanOrEqual(some.filter(({ counted }) => counted).length)
        const later = solvedWithin(some, window, now + 400 * 24 * hour, office)
        expect(later.n).toBeGreaterThanOrEqual(a.n)
        expect(later.m).toBeGreaterThanOrEqual(a.m)
      }),
    )
  })

  it('once over, does not change whatever happens later', () => {
    fc.assert(
      fc.property(anyRow, kinds, anyOffice, (one, kind, office) => {
        const window = { kind, count: 7 }
        const over = one.dispatchedAt + 40 * 24 * hour
        const before = solvedWithin([one], window, over, office)
        const solvedLater = { ...one, solvedAt: one.solvedAt ?? over }
        expect(solvedWithin([solvedLater], window, over + hour, office)).toEqual(before)
      }),
    )
  })
})

describe('percent', () => {
  it.each([
    [0, 0, null],
    [0, 7, '0%'],
    [3, 4, '75%'],
    [658, 720, '91.4%'],
    [1, 3, '33.3%'],
    [2, 3, '66.7%'],
    [7, 7, '100%'],
    [9999, 10_000, '99.9%'],
    [1, 10_000, '0.1%'],
  ])('%i of %i is %s', (n, m, text) => {
    expect(percent({ n, m })).toBe(text)
  })

  it('says all only of all, none only of none, and is never further off than rounding', () => {
    const rates = fc
      .integer({ min: 1, max: 100_000 })
      .chain((m) => fc.record({ n: fc.nat(m), m: fc.constant(m) }))
    fc.assert(
      fc.property(rates, ({ n, m }) => {
        const text = percent({ n, m }) ?? ''
        expect(text).toMatch(/^\d{1,3}(\.\d)?%$/)
        expect(text === '100%').toBe(n === m)
        expect(text === '0%').toBe(n === 0)
        expect(Math.abs(Number.parseFloat(text) - (100 * n) / m)).toBeLessThanOrEqual(0.1)
      }),
      { numRuns: 1000 },
    )
  })
})
