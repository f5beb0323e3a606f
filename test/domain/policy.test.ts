import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sources, urgencies } from '../../src/domain/item.ts'
import {
  choosePolicy,
  formatPolicy,
  type Policy,
  type PolicyRow,
  parsePolicy,
  policyTable,
  unreachedRows,
} from '../../src/domain/policy.ts'
import { readPolicies } from '../../src/files/policy-file.ts'
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
    ['deputy', 'urgent', '5wd'],
    ['cppcc', 'normal', '5wd'],
    ['expert', 'critical', '3wd'],
    ['public_account', 'normal', '3wd'],
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

describe('unreachedRows', () => {
  it('are none in the default table', () => {
    expect(unreachedRows(policyTable)).toEqual([])
  })

  it('are those below rows that take all of theirs', () => {
    const policy: Policy = { kind: 'hours', hours: 4 }
    const table: PolicyRow[] = [
      { sources: ['expert'], urgencies: ['normal'], policy },
      { sources: ['expert'], urgencies: ['urgent', 'critical'], policy },
      { sources: ['expert'], policy },
      { sources: ['expert', 'deputy'], policy },
      { policy },
      { urgencies: ['critical'], policy },
    ]
    expect(unreachedRows(table)).toEqual([2, 5])
  })
})

describe('a policies file', () => {
  const faultsOf = (value: unknown) => {
    const read = readPolicies(typeof value === 'string' ? value : JSON.stringify(value))
    if (!('faults' in read)) throw new Error('the file was taken')
    return read.faults
  }

  it('is a table of sources, urgencies and policies, in the words that a file of items may use', () => {
    const read = readPolicies(`\ufeff[
      { "sources": ["网络舆情"], "urgencies": ["急", "critical"], "policy": "半小时", "note": "舆情热点" },
      { "sources": ["hotline", "上海发布"], "policy": "2个工作日" },
      { "policy": "7wd" }
    ]`)
    expect(read).toEqual({
      rows: [
        { sources: ['online'], urgencies: ['urgent', 'critical'], policy: { kind: 'hours', hours: 0.5 } },
        { sources: ['hotline', 'public_account'], policy: { kind: 'working-days', days: 2 } },
        { policy: { kind: 'working-days', days: 7 } },
      ],
    })
  })

  it('can say all that the default table says', () => {
    const rows = policyTable.map((row) => ({ ...row, policy: formatPolicy(row.policy, timezone) }))
    expect(readPolicies(JSON.stringify(rows))).toEqual({ rows: policyTable })
  })

  it('has every fault told with its place', () => {
    expect(
      faultsOf([
        { sources: ['hotlin', 'deputy'], policy: '3wd' },
        { sources: [], urgencies: ['very'], policy: '5天' },
        'expert',
        { source: ['expert'], policy: 3 },
        { sources: ['expert'], policy: '2026-11-30' },
        { sources: 'expert' },
      ]),
    ).toEqual([
      expect.stringMatching(/^row 1, sources 1: "hotlin" is no source: hotline, public_account, /),
      'row 2, sources: names nothing: leave it out for all',
      'row 2, urgencies 1: "very" is no urgency: normal, urgent, critical',
      'row 2, policy: "5天" is no time limit: write 3wd, 5wd or 2h',
      'row 3: must look like {"sources": ["hotline"], "urgencies": ["urgent"], "policy": "3wd"}',
      'row 4, policy: must be text, like "3wd"',
      'row 4: source means nothing here: sources, urgencies, policy, note',
      'row 5, policy: "2026-11-30" is no time limit: write 3wd, 5wd or 2h',
      'row 6, sources: must be a list, like ["hotline"]',
      'row 6, policy: must be text, like "3wd"',
    ])
  })

  it('has a row that nothing comes to told', () => {
    expect(faultsOf([{ policy: '3wd' }, { sources: ['expert'], policy: '5wd' }])).toEqual([
      'row 2: never applies, for rows above it take all of it',
    ])
  })

  it.each([
    ['{"policy": "3wd"}', 'must be a list of rows'],
    ['[]', 'has no rows'],
    ['', /^is not valid JSON: /],
    ['[\n{"policy": "3wd",}\n]', /^is not valid JSON: .*line 2/],
  ])('that is %s is refused', (text, fault) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(fault)])
  })
})
