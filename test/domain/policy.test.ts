import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sources, urgencies } from '../../src/domain/item.ts'
import { choosePolicy, formatPolicy, type Policy, parsePolicy } from '../../src/domain/policy.ts'
import { anyInstant, moment } from './offices.ts'

const timezone = 'Asia/Shanghai'

describe('parsePolicy', () => {
  it.each([
    ['3wd', 3],
    ['5WD', 5],
    [' 3 wd ', 3],
    ['３ｗｄ', 3],
    ['3个工作日', 3],
    ['5工作日', 5],
    ['３ 个工作日内', 3],
    ['三个工作日', 3],
    ['十个工作日', 10],
    ['5 working days', 5],
    ['1 workday', 1],
    ['250wd', 250],
  ])('reads %s as working days', (text, days) => {
    expect(parsePolicy(text, timezone)).toEqual({ kind: 'working-days', days })
  })

  it.each([
    ['2h', 2],
    ['2小时', 2],
    ['２个小时', 2],
    ['两小时内', 2],
    ['半小时', 0.5],
    ['1.5h', 1.5],
    ['24 hours', 24],
    ['1 hour', 1],
  ])('reads %s as hours by the clock', (text, hours) => {
    expect(parsePolicy(text, timezone)).toEqual({ kind: 'hours', hours })
  })

  it.each([
    ['2026-11-30', '2026-11-30 00:00'],
    ['2026年11月30日', '2026-11-30 00:00'],
    ['2026-11-30 12:00', '2026-11-30 12:00'],
    ['２０２６/１１/３０ １２：００', '2026-11-30 12:00'],
    ['2026-11-30T04:00:00Z', '2026-11-30 12:00'],
  ])('reads %s as a moment', (text, at) => {
    expect(parsePolicy(text, timezone)).toEqual({ kind: 'until', at: moment(at) })
  })

  it.each([
    '',
    '5天',
    '5日',
    '5d',
    '3',
    'wd',
    '0wd',
    '-3wd',
    '1.5wd',
    '251wd',
    '半个工作日',
    '0h',
    '0小时',
    '721h',
    '0.0001h',
    '..h',
    '1.2.3h',
    '3wd 2h',
    '尽快',
    '11月30日',
    '2026-02-30',
  ])('does not read "%s"', (text) => {
    expect(parsePolicy(text, timezone)).toBeNull()
  })
})

describe('formatPolicy', () => {
  it.each([
    [{ kind: 'working-days', days: 3 }, '3wd'],
    [{ kind: 'hours', hours: 2 }, '2h'],
    [{ kind: 'hours', hours: 0.5 }, '0.5h'],
    [{ kind: 'until', at: moment('2026-11-30 00:00') }, '2026-11-30'],
    [{ kind: 'until', at: moment('2026-11-30 12:00') }, '2026-11-30T12:00:00+08:00'],
  ] satisfies [Policy, string][])('%o is %s', (policy, text) => {
    expect(formatPolicy(policy, timezone)).toBe(text)
  })

  it('writes what parsePolicy reads', () => {
    const anyPolicy = fc.oneof<fc.Arbitrary<Policy>[]>(
      fc.integer({ min: 1, max: 250 }).map((days) => ({ kind: 'working-days', days })),
      fc.integer({ min: 6, max: 720 * 60 }).map((minutes) => ({ kind: 'hours', hours: minutes / 60 })),
      anyInstant.map((at) => ({ kind: 'until', at })),
      fc.integer({ min: 0, max: 4e12 }).map((at) => ({ kind: 'until', at })),
    )
    const zones = fc.constantFrom(timezone, 'America/New_York', 'America/Santiago', 'UTC')
    fc.assert(
      fc.property(anyPolicy, zones, (policy, zone) => {
        expect(parsePolicy(formatPolicy(policy, zone), zone)).toEqual(policy)
      }),
      { numRuns: 500 },
    )
  })
})

describe('choosePolicy', () => {
  it.each([
    ['hotline', 'normal', '3wd'],
    ['hotline', 'critical', '3wd'],
    ['deputy', 'urgent', '3wd'],
    ['other', 'normal', '3wd'],
    ['online', 'normal', '3wd'],
    ['online', 'urgent', '2h'],
    ['online', 'critical', '2h'],
    ['enterprise_visit', 'normal', '5wd'],
    ['enterprise_online', 'critical', '5wd'],
  ] as const)('%s, %s: %s', (source, urgency, text) => {
    expect(formatPolicy(choosePolicy({ source, urgency }), timezone)).toBe(text)
  })

  it('has an answer for every item', () => {
    for (const source of sources) {
      for (const urgency of urgencies) {
        const policy = choosePolicy({ source, urgency })
        expect(parsePolicy(formatPolicy(policy, timezone), timezone)).toEqual(policy)
      }
    }
  })

  it('takes the first row that applies, and the default where none does', () => {
    const day: Policy = { kind: 'hours', hours: 24 }
    const week: Policy = { kind: 'working-days', days: 5 }
    const table = [
      { urgencies: ['critical'], policy: day },
      { sources: ['expert'], policy: week },
    ] as const
    expect(choosePolicy({ source: 'expert', urgency: 'critical' }, table)).toEqual(day)
    expect(choosePolicy({ source: 'expert', urgency: 'normal' }, table)).toEqual(week)
    expect(choosePolicy({ source: 'hotline', urgency: 'normal' }, table)).toEqual({
      kind: 'working-days',
      days: 3,
    })
    expect(choosePolicy({ source: 'online', urgency: 'urgent' }, [{ policy: week }])).toEqual(week)
  })
})
