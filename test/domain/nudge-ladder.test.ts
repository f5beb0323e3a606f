import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignmentStatuses } from '../../src/domain/assignment.ts'
import { due, extendedDue } from '../../src/domain/deadline.ts'
import {
  type DueNudge,
  effectiveDue,
  isOverdue,
  mergeStages,
  type NudgeStage,
  type NudgeSubject,
  nextNudge,
  nudgeKeys,
  nudgeStages,
  nudgesDue,
  recipients,
} from '../../src/domain/nudge-ladder.ts'
import { nextAllowed, type Office } from '../../src/domain/office-hours.ts'
import type { Policy } from '../../src/domain/policy.ts'
import { addDays, localDate } from '../../src/domain/time.ts'
import { anyInstant, anyOffice, moment, officeIn, shanghai, shown } from './offices.ts'

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs
const none: ReadonlySet<string> = new Set()

const threeDays: Policy = { kind: 'working-days', days: 3 }
const hours = (count: number): Policy => ({ kind: 'hours', hours: count })
const until = (text: string): Policy => ({ kind: 'until', at: moment(text) })

/** Dispatched now, not acknowledged. */
function sent(policy: Policy, dispatchedAt: number, office: Office = shanghai): NudgeSubject {
  return {
    status: 'sent',
    urgency: 'normal',
    policy,
    dispatchedAt,
    dueFrom: dispatchedAt,
    dueAt: due(policy, dispatchedAt, office).at,
    dueSetAt: dispatchedAt,
    promisedDate: null,
    promisedSetAt: null,
    reviewDate: null,
  }
}

/** On Friday 20 November 2026 at 10:00: due on Wednesday 25 November at 17:30. */
const subject = sent(threeDays, moment('2026-11-20 10:00'))
const working: NudgeSubject = { ...subject, status: 'working' }

function keyOf({ stage, nominalAt }: DueNudge): string {
  return `${stage}@${nominalAt}`
}

/** What goes out from `from` to `to`, each at its time, as the scheduler does it: only by `nextNudge`. */
function schedule(of: NudgeSubject, from: number, to: number, office: Office = shanghai): DueNudge[] {
  const sentNudges: DueNudge[] = []
  const fired = new Set<string>()
  for (let now = from; ; ) {
    const next = nextNudge(of, fired, now, office)
    if (!next || next.at > to) return sentNudges
    now = next.at
    for (const nudge of nudgesDue(of, fired, now, office)) {
      fired.add(keyOf(nudge))
      sentNudges.push(nudge)
    }
  }
}

function lines(of: NudgeSubject, to: string): string[] {
  return schedule(of, of.dispatchedAt, moment(to)).map(({ stage, at }) => `${shown(at)} ${stage}`)
}

describe('the ladder by working days', () => {
  it('nags for an acknowledgement, leads up to the due time and goes on after it', () => {
    expect(lines(subject, '2026-12-02 12:00')).toEqual([
      '2026-11-20 12:00 unacknowledged',
      '2026-11-20 14:00 unacknowledged-again',
      '2026-11-24 09:00 day-before',
      '2026-11-25 09:00 due-today',
      '2026-11-25 15:30 due-soon',
      '2026-11-25 17:30 overdue',
      '2026-11-26 09:00 overdue-notice',
      '2026-11-30 09:00 overdue-digest',
      '2026-12-01 09:00 overdue-digest',
      '2026-12-02 09:00 overdue-digest',
    ])
  })

  it('asks nobody to acknowledge who did', () => {
    expect(lines(working, '2026-11-24 12:00')).toEqual(['2026-11-24 09:00 day-before'])
  })

  it('counts by the official calendar', () => {
    const beforeHolidays = sent(threeDays, moment('2026-09-30 16:00'))
    expect(lines(beforeHolidays, '2026-10-16 12:00')).toEqual([
      '2026-10-08 09:30 unacknowledged',
      '2026-10-08 11:30 unacknowledged-again',
      '2026-10-09 09:00 day-before',
      '2026-10-10 09:00 due-today',
      '2026-10-10 15:30 due-soon',
      '2026-10-10 17:30 overdue',
      '2026-10-12 09:00 overdue-notice',
      '2026-10-14 09:00 overdue-digest',
      '2026-10-15 09:00 overdue-digest',
      '2026-10-16 09:00 overdue-digest',
    ])
  })

  it('goes on for as long as it takes', () => {
    const late = moment('2028-11-24 09:00')
    expect(nudgesDue(working, none, late, shanghai).at(-1)?.nominalAt).toBe(late)
    expect(nextNudge(working, none, late, shanghai)?.nominalAt).toBe(moment('2028-11-27 09:00'))
  })

  it('leaves out what would be before dispatch', () => {
    const sameDay = sent(until('2026-11-20 16:00'), moment('2026-11-20 10:00'))
    expect(lines(sameDay, '2026-11-20 23:00')).toEqual([
      '2026-11-20 12:00 unacknowledged',
      '2026-11-20 14:00 unacknowledged-again',
      '2026-11-20 14:00 due-soon',
      '2026-11-20 16:00 overdue',
    ])
  })

  it('leaves out what would be at the moment of dispatch', () => {
    const atWorkStart = sent({ kind: 'working-days', days: 1 }, moment('2026-11-24 09:00'))
    expect(lines({ ...atWorkStart, status: 'working' }, '2026-11-25 10:00')).toEqual([
      '2026-11-25 09:00 due-today',
    ])
  })

  it('asks for no acknowledgement once the time is up', () => {
    const inAnHour = sent(until('2026-11-20 11:00'), moment('2026-11-20 10:00'))
    expect(lines(inAnHour, '2026-11-23 09:00')).toEqual([
      '2026-11-20 11:00 overdue',
      '2026-11-23 09:00 overdue-notice',
    ])
  })

  it('moves what falls on a day off to the next working day', () => {
    const saturday = sent(until('2026-11-28 00:00'), moment('2026-11-27 17:00'))
    expect(lines({ ...saturday, status: 'working' }, '2026-11-30 12:00')).toEqual([
      '2026-11-30 09:00 due-today',
      '2026-11-30 09:00 overdue',
      '2026-11-30 09:00 overdue-notice',
    ])
  })

  it('sends what is critical on days off and at night too', () => {
    const night = {
      ...sent(until('2026-11-28 22:00'), moment('2026-11-27 17:00')),
      urgency: 'critical',
    } as const
    expect(lines({ ...night, status: 'working' }, '2026-11-30 09:00')).toEqual([
      '2026-11-28 09:00 due-today',
      '2026-11-28 22:00 overdue',
      '2026-11-30 09:00 overdue-notice',
    ])
  })
})

describe('who is nudged', () => {
  it.each([
    ['unacknowledged', ['contact']],
    ['unacknowledged-again', ['contact', 'backup', 'leader']],
    ['day-before', ['contact']],
    ['due-today', ['contact']],
    ['due-soon', ['contact', 'backup']],
    ['overdue', ['contact', 'leader']],
    ['overdue-notice', ['contact', 'leader', 'task-force']],
    ['overdue-digest', ['leader', 'task-force']],
    ['promised-date', ['contact']],
    ['review-date', ['contact', 'task-force']],
    ['half-time', ['contact', 'leader', 'task-force']],
    ['three-quarters', ['contact', 'backup', 'leader']],
    ['time-up', ['contact', 'leader', 'task-force']],
  ] satisfies [NudgeStage, string[]][])('%s: %j', (id, to) => {
    expect(nudgeStages.find((stage) => stage.id === id)?.to).toEqual(to)
  })

  it('has no stage that is not in this table, and none twice', () => {
    expect(nudgeStages).toHaveLength(13)
    expect(new Set(nudgeStages.map(({ id }) => id)).size).toBe(13)
  })
})

describe('the ladder by the clock', () => {
  it('speaks at half, at three quarters and at the end of the time, and goes on after it', () => {
    expect(lines(sent(hours(2), moment('2026-11-20 10:00')), '2026-11-26 12:00')).toEqual([
      '2026-11-20 11:00 half-time',
      '2026-11-20 11:30 three-quarters',
      '2026-11-20 12:00 time-up',
      '2026-11-23 09:00 overdue-notice',
      '2026-11-25 09:00 overdue-digest',
      '2026-11-26 09:00 overdue-digest',
    ])
  })

  it('does not wait for morning where the time would be up by then', () => {
    expect(lines(sent(hours(2), moment('2026-10-01 22:30')), '2026-10-08 12:00')).toEqual([
      '2026-10-01 23:30 half-time',
      '2026-10-02 00:00 three-quarters',
      '2026-10-02 00:30 time-up',
      '2026-10-08 09:00 overdue-notice',
    ])
  })

  it('of up to a day, waits for the morning but not for Monday', () => {
    const day = { ...sent(hours(24), moment('2026-11-20 15:00')), status: 'working' } as const
    expect(lines(day, '2026-11-23 12:00')).toEqual([
      '2026-11-21 08:00 half-time',
      '2026-11-21 09:00 three-quarters',
      '2026-11-21 15:00 time-up',
      '2026-11-23 09:00 overdue-notice',
    ])
  })

  it('of more than a day, keeps quiet hours and days off', () => {
    const long = { ...sent(hours(60), moment('2026-11-20 15:00')), status: 'working' } as const
    expect(lines(long, '2026-11-24 12:00')).toEqual([
      '2026-11-23 09:00 half-time',
      '2026-11-23 09:00 three-quarters',
      '2026-11-23 09:00 time-up',
      '2026-11-24 09:00 overdue-notice',
    ])
  })

  it('once resumed, shares out what is left from there, however long the pause was', () => {
    const resumedAt = moment('2026-12-11 10:00')
    const resumed: NudgeSubject = {
      ...sent(hours(2), moment('2026-11-20 10:00')),
      status: 'working',
      dueFrom: resumedAt,
      dueAt: moment('2026-12-11 12:00'),
      dueSetAt: resumedAt,
    }
    const end = moment('2026-12-11 23:00')
    expect(schedule(resumed, resumedAt, end).map(({ stage, at }) => `${shown(at)} ${stage}`)).toEqual([
      '2026-12-11 11:00 half-time',
      '2026-12-11 11:30 three-quarters',
      '2026-12-11 12:00 time-up',
    ])
    const night: NudgeSubject = {
      ...resumed,
      dueFrom: moment('2026-12-11 22:30'),
      dueSetAt: moment('2026-12-11 22:30'),
      dueAt: moment('2026-12-12 00:30'),
    }
    const held = schedule(night, night.dueFrom, moment('2026-12-12 01:00'))
    expect(
      held.map(({ stage, at }) => `${shown(at)} ${stage}`),
      'it is no longer than it was',
    ).toEqual(['2026-12-11 23:30 half-time', '2026-12-12 00:00 three-quarters', '2026-12-12 00:30 time-up'])
  })

  it('once extended, shares out the longer time from then on', () => {
    const dispatched = sent(hours(2), moment('2026-11-20 10:00'))
    const extended = {
      ...dispatched,
      dueAt: moment('2026-11-20 16:00'),
      dueSetAt: moment('2026-11-20 11:45'),
    }
    expect(
      schedule(extended, extended.dueSetAt, moment('2026-11-20 20:00')).map(({ stage }) => stage),
    ).toEqual(['unacknowledged', 'half-time', 'unacknowledged-again', 'three-quarters', 'time-up'])
  })
})

describe('an extension', () => {
  const granted = moment('2026-11-25 11:00')
  const extended: NudgeSubject = {
    ...working,
    dueAt: extendedDue(working.dispatchedAt, shanghai).at,
    dueSetAt: granted,
  }

  it('takes the old due time’s nudges with it and brings those of the new one', () => {
    const fired = new Set(nudgesDue(working, none, granted, shanghai).map(keyOf))
    expect(fired.size).toBe(2)
    expect(nudgesDue(extended, fired, granted, shanghai)).toEqual([])
    expect(
      schedule(extended, granted, moment('2026-11-30 12:00')).map(({ stage, at }) => `${shown(at)} ${stage}`),
    ).toEqual([
      '2026-11-26 09:00 day-before',
      '2026-11-27 09:00 due-today',
      '2026-11-27 15:30 due-soon',
      '2026-11-27 17:30 overdue',
      '2026-11-30 09:00 overdue-notice',
    ])
  })

  it('granted late brings no nudge for times that are over', () => {
    const late = { ...extended, dueSetAt: moment('2026-11-27 10:00') }
    const nudges = schedule(late, late.dueSetAt, moment('2026-11-27 23:00'))
    expect(nudges.map(({ stage }) => stage)).toEqual(['due-soon', 'overdue'])
    expect(nudgesDue(late, none, late.dueSetAt, shanghai)).toEqual([])
  })

  it('ends being overdue', () => {
    const overdueAt = moment('2026-11-26 10:00')
    expect(isOverdue(working, overdueAt, shanghai)).toBe(true)
    expect(isOverdue(extended, overdueAt, shanghai)).toBe(false)
  })
})

describe('a promised date', () => {
  const promised: NudgeSubject = {
    ...working,
    promisedDate: '2026-12-03',
    promisedSetAt: moment('2026-11-24 16:00'),
  }
  const firing = (of: NudgeSubject, to: string) =>
    schedule(of, of.promisedSetAt ?? 0, moment(to)).map(({ stage, at }) => `${shown(at)} ${stage}`)

  it('takes the place of the due day', () => {
    expect(shown(effectiveDue(promised, shanghai))).toBe('2026-12-03 17:30')
    expect(firing(promised, '2026-12-08 12:00')).toEqual([
      '2026-12-03 09:00 promised-date',
      '2026-12-03 17:30 overdue',
      '2026-12-04 09:00 overdue-notice',
      '2026-12-08 09:00 overdue-digest',
    ])
  })

  it('never brings the due time forward', () => {
    const early = { ...promised, promisedDate: '2026-11-25', dueAt: moment('2026-11-27 17:30') }
    expect(effectiveDue(early, shanghai)).toBe(early.dueAt)
    expect(firing(early, '2026-11-28 12:00')).toEqual([
      '2026-11-25 09:00 promised-date',
      '2026-11-27 17:30 overdue',
    ])
  })

  it('on a day off holds until the next working day closes', () => {
    const saturday = { ...promised, promisedDate: '2026-12-05' }
    expect(firing(saturday, '2026-12-08 12:00')).toEqual([
      '2026-12-07 09:00 promised-date',
      '2026-12-07 17:30 overdue',
      '2026-12-08 09:00 overdue-notice',
    ])
  })

  it('of today, given after work start, is not asked about at once', () => {
    const today = { ...promised, promisedDate: '2026-11-25', promisedSetAt: moment('2026-11-25 10:00') }
    expect(firing(today, '2026-11-25 23:00')).toEqual(['2026-11-25 17:30 overdue'])
  })

  it('ends being overdue, and being by the clock', () => {
    const hot: NudgeSubject = { ...sent(hours(2), moment('2026-11-24 10:00')), status: 'working' }
    const now = moment('2026-11-24 16:00')
    expect(isOverdue(hot, now, shanghai)).toBe(true)
    const later = { ...hot, promisedDate: '2026-11-27', promisedSetAt: now }
    expect(isOverdue(later, now, shanghai)).toBe(false)
    expect(firing(later, '2026-11-28 12:00')).toEqual([
      '2026-11-27 09:00 promised-date',
      '2026-11-27 17:30 overdue',
    ])
  })
})

describe('statuses', () => {
  const all: NudgeSubject = {
    ...subject,
    promisedDate: '2026-11-27',
    promisedSetAt: null,
    reviewDate: '2026-12-05',
  }

  it.each([
    [
      'sent',
      [
        'unacknowledged',
        'unacknowledged-again',
        'promised-date',
        'overdue',
        'overdue-notice',
        'overdue-digest',
      ],
    ],
    ['working', ['promised-date', 'overdue', 'overdue-notice', 'overdue-digest']],
    ['suspended', ['review-date']],
    ['review', []],
    ['accepted', []],
    ['returned', []],
    ['withdrawn', []],
  ] as const)('%s: %j', (status, stages) => {
    const of = { ...all, status }
    const due = nudgesDue(of, none, moment('2026-12-09 09:00'), shanghai)
    expect(due.map(({ stage }) => stage)).toEqual(stages)
    expect(nextNudge(of, none, of.dispatchedAt, shanghai)?.stage).toBe(stages[0])
  })

  it('asks after a suspended one on its review date, or on the working day after it', () => {
    const suspended = { ...all, status: 'suspended' } as const
    expect(lines(suspended, '2027-12-31 12:00')).toEqual(['2026-12-07 09:00 review-date'])
    expect(lines({ ...suspended, reviewDate: null }, '2027-12-31 12:00')).toEqual([])
  })

  it('is overdue only with the department', () => {
    const late = moment('2026-12-31 09:00')
    const overdue = assignmentStatuses.filter((status) => isOverdue({ ...subject, status }, late, shanghai))
    expect(overdue).toEqual(['sent', 'working'])
    expect(isOverdue(subject, subject.dueAt, shanghai)).toBe(false)
    expect(isOverdue(subject, subject.dueAt + 1, shanghai)).toBe(true)
  })
})

describe('after a sleep', () => {
  const late = moment('2026-12-02 10:00')

  it('brings each missed stage, of the digests only the latest, and these make one message', () => {
    const due = nudgesDue(subject, none, late, shanghai)
    expect(due.map(({ stage }) => stage)).toEqual([
      'unacknowledged',
      'unacknowledged-again',
      'day-before',
      'due-today',
      'due-soon',
      'overdue',
      'overdue-notice',
      'overdue-digest',
    ])
    expect(due.at(-1)?.nominalAt).toBe(moment('2026-12-02 09:00'))
    expect(mergeStages(due)).toEqual({
      stage: 'overdue-digest',
      to: ['contact', 'backup', 'leader', 'task-force'],
    })
  })

  it('brings nothing that has fired, and no earlier digest for it', () => {
    const fired = new Set(nudgesDue(subject, none, late, shanghai).map(keyOf))
    expect(nudgesDue(subject, fired, late, shanghai)).toEqual([])
    expect(nudgesDue(subject, fired, moment('2026-12-01 10:00'), shanghai)).toEqual([])
    expect(nextNudge(subject, fired, moment('2026-11-26 10:00'), shanghai)?.nominalAt).toBe(
      moment('2026-12-03 09:00'),
    )
  })
})

describe('a calendar that is loaded late', () => {
  const newYear = officeIn('Asia/Shanghai', {}, [
    { date: '2027-01-01', workday: false },
    { date: '2027-01-04', workday: false },
    { date: '2027-01-05', workday: false },
    { date: '2027-10-01', workday: false },
  ])
  const firedBy = (of: NudgeSubject, now: string) =>
    new Set(nudgesDue(of, none, moment(now), shanghai).flatMap(nudgeKeys))

  it('repeats nothing that was said about the same due time, on the day that it was then', () => {
    const hot: NudgeSubject = { ...sent(hours(2), moment('2027-01-04 10:00')), status: 'working' }
    const fired = firedBy(hot, '2027-01-05 09:00')
    const notice = (office: Office, keys: ReadonlySet<string>) =>
      nudgesDue(hot, keys, moment('2027-01-06 09:00'), office).filter(
        ({ stage }) => stage === 'overdue-notice',
      )
    expect(notice(newYear, none).map(({ nominalAt }) => shown(nominalAt))).toEqual(['2027-01-06 09:00'])
    expect(notice(newYear, fired)).toEqual([])
    expect(nextNudge(hot, fired, moment('2027-01-05 10:00'), newYear)?.stage).toBe('overdue-digest')
  })

  it('asks for no acknowledgement again, by whatever due time', () => {
    const dispatchedAt = moment('2026-12-31 16:30')
    const fired = firedBy(sent(threeDays, dispatchedAt), '2027-01-01 12:30')
    const moved = sent(threeDays, dispatchedAt, newYear)
    expect(nudgesDue(moved, none, moment('2027-01-06 12:30'), newYear).map(({ stage }) => stage)).toEqual([
      'unacknowledged',
      'unacknowledged-again',
    ])
    expect(nudgesDue(moved, fired, moment('2027-01-06 12:30'), newYear)).toEqual([])
  })

  it('moves a due time whose nudges come anew', () => {
    const dispatchedAt = moment('2026-12-30 10:00')
    const fired = firedBy({ ...sent(threeDays, dispatchedAt), status: 'working' }, '2027-01-05 09:00')
    const moved: NudgeSubject = { ...sent(threeDays, dispatchedAt, newYear), status: 'working' }
    expect(nudgesDue(moved, fired, moment('2027-01-08 09:00'), newYear).map(({ stage }) => stage)).toEqual([
      'day-before',
      'due-today',
      'due-soon',
      'overdue',
      'overdue-notice',
    ])
  })
})

describe('a clock that was wrong by months', () => {
  it('keeps no digest quiet once it is right again, nor when that time comes', () => {
    const fired = new Set<string>()
    const digests = (now: string) => {
      const due = nudgesDue(working, fired, moment(now), shanghai)
      for (const nudge of due) for (const key of nudgeKeys(nudge)) fired.add(key)
      return due.filter(({ stage }) => stage === 'overdue-digest').map(({ nominalAt }) => shown(nominalAt))
    }
    for (const [now, said] of [
      ['2027-11-22 10:00', ['2027-11-22 09:00']],
      ['2026-12-02 10:00', ['2026-12-02 09:00']],
      ['2026-12-02 10:00', []],
      ['2028-05-22 10:00', ['2028-05-22 09:00']],
      ['2026-12-02 11:00', []],
      ['2026-12-01 10:00', []],
      ['2027-11-19 10:00', ['2027-11-19 09:00']],
      ['2027-11-22 10:00', []],
      ['2027-11-23 10:00', ['2027-11-23 09:00']],
    ] as const) {
      expect(digests(now), now).toEqual(said)
    }
  })

  it('has a next one in view, however many digests there were', () => {
    const fired = new Set(schedule(working, working.dispatchedAt, moment('2027-03-01 09:00')).map(keyOf))
    const next = nextNudge(working, fired, moment('2026-01-01 00:00'), shanghai)
    expect(next && shown(next.nominalAt)).toBe('2027-03-02 09:00')
    expect(nudgesDue(working, fired, moment('2027-03-02 09:00'), shanghai).map(keyOf)).toHaveLength(1)
  })
})

describe('mergeStages', () => {
  const nudge = (stage: NudgeStage): DueNudge => {
    const row = nudgeStages.find(({ id }) => id === stage)
    return { stage, nominalAt: 0, occasion: null, at: 0, to: row?.to ?? [] }
  }

  it.each([
    [['due-soon', 'day-before'], 'due-soon', ['contact', 'backup']],
    [['overdue', 'unacknowledged-again'], 'overdue', ['contact', 'backup', 'leader']],
    [['unacknowledged', 'due-today'], 'due-today', ['contact']],
    [['overdue-digest', 'overdue-notice'], 'overdue-digest', ['contact', 'leader', 'task-force']],
    [['time-up', 'three-quarters', 'half-time'], 'time-up', ['contact', 'backup', 'leader', 'task-force']],
    [['review-date'], 'review-date', ['contact', 'task-force']],
  ] satisfies [NudgeStage[], NudgeStage, string[]][])('%j speak as %s to %j', (stages, stage, to) => {
    expect(mergeStages(stages.map(nudge))).toEqual({ stage, to })
  })

  it('says nothing of nothing', () => {
    expect(mergeStages([])).toBeNull()
  })
})

describe('however the clock goes', () => {
  const anyPolicy = fc.oneof<fc.Arbitrary<Policy>[]>(
    fc.integer({ min: 1, max: 6 }).map((days) => ({ kind: 'working-days', days })),
    fc.integer({ min: 1, max: 80 }).map((count) => ({ kind: 'hours', hours: count / 2 })),
  )
  const anySubject = fc
    .record({
      office: anyOffice,
      policy: anyPolicy,
      dispatchedAt: anyInstant,
      status: fc.constantFrom('sent' as const, 'working' as const, 'suspended' as const),
      urgency: fc.constantFrom('normal' as const, 'urgent' as const, 'critical' as const),
      promisedIn: fc.option(fc.integer({ min: 0, max: 10 })),
      reviewIn: fc.integer({ min: 0, max: 15 }),
      pausedHours: fc.option(fc.integer({ min: 1, max: 200 })),
    })
    .map(({ office, promisedIn, reviewIn, pausedHours, ...rest }) => {
      const today = localDate(rest.dispatchedAt, office.hours.timezone)
      const resumedAt = rest.dispatchedAt + (pausedHours ?? 0) * hourMs
      const of: NudgeSubject = {
        ...sent(rest.policy, rest.dispatchedAt, office),
        ...rest,
        dueFrom: resumedAt,
        dueAt: due(rest.policy, resumedAt, office).at,
        dueSetAt: resumedAt,
        promisedDate: promisedIn === null ? null : addDays(today, promisedIn),
        promisedSetAt: promisedIn === null ? null : rest.dispatchedAt,
        reviewDate: addDays(today, reviewIn),
      }
      return { of, office }
    })

  const horizon = 18 * dayMs
  const isDigest = (key: string) => key.startsWith('overdue-digest@')

  /** Every key that looking four times a day brings: the patient observer, against whom the others are held. */
  function patiently(of: NudgeSubject, office: Office): string[] {
    const fired = new Set<string>()
    for (let now = of.dispatchedAt; now <= of.dispatchedAt + horizon; now += 6 * hourMs) {
      for (const nudge of nudgesDue(of, fired, now, office)) fired.add(keyOf(nudge))
    }
    return [...fired]
  }

  it('nothing fires twice, nothing is lost, and only earlier digests are passed over', () => {
    // Steps from three hours back to five days on: sleeps, sweeps and corrected clocks.
    const steps = fc.array(fc.integer({ min: -180, max: 5 * 24 * 60 }), { maxLength: 60 })
    fc.assert(
      fc.property(anySubject, steps, ({ of, office }, minutes) => {
        const end = of.dispatchedAt + horizon
        const fired: string[] = []
        let now = of.dispatchedAt
        const look = () => {
          for (const nudge of nudgesDue(of, new Set(fired), now, office)) {
            expect(nudge.at).toBeLessThanOrEqual(now)
            expect(fired).not.toContain(keyOf(nudge))
            fired.push(keyOf(nudge))
          }
        }
        for (const step of minutes) {
          now = Math.min(now + step * 60_000, end)
          look()
        }
        now = end
        look()

        const all = patiently(of, office)
        const digests = fired.filter(isDigest)
        expect(fired.filter((key) => !isDigest(key)).sort()).toEqual(
          all.filter((key) => !isDigest(key)).sort(),
        )
        expect(all).toEqual(expect.arrayContaining(digests))
        expect(digests.at(-1)).toBe(all.filter(isDigest).at(-1))
        expect(digests).toEqual([...digests].sort())
      }),
      { numRuns: 100 },
    )
  })

  it('looking only when nextNudge says so misses nothing and is never late', () => {
    fc.assert(
      fc.property(anySubject, ({ of, office }) => {
        const end = of.dispatchedAt + horizon
        const scheduled = schedule(of, of.dispatchedAt, end, office)
        expect(scheduled.map(keyOf).sort()).toEqual(patiently(of, office).sort())
        for (const [i, nudge] of scheduled.entries()) {
          expect(nudge.at).toBeGreaterThanOrEqual(scheduled[i - 1]?.at ?? of.dispatchedAt)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('goes out when it may, at its nominal time or later, and after dispatch', () => {
    fc.assert(
      fc.property(anySubject, ({ of, office }) => {
        for (const nudge of schedule(of, of.dispatchedAt, of.dispatchedAt + horizon, office)) {
          expect(nudge.nominalAt).toBeGreaterThan(of.dispatchedAt)
          expect(nudge.at).toBeGreaterThanOrEqual(nudge.nominalAt)
          if (of.urgency === 'critical') expect(nudge.at).toBe(nudge.nominalAt)
          else if (of.policy.kind !== 'hours' || nudge.stage.startsWith('overdue-'))
            expect(nextAllowed(nudge.at, office)).toBe(nudge.at)
          expect(recipients).toEqual(expect.arrayContaining([...nudge.to]))
        }
      }),
      { numRuns: 100 },
    )
  })

  it('a due time set anew brings no nominal time from before it was set', () => {
    fc.assert(
      fc.property(
        anySubject,
        fc.integer({ min: 1, max: 240 }),
        fc.integer({ min: 0, max: 200 }),
        ({ of, office }, set, more) => {
          const dueSetAt = of.dispatchedAt + set * hourMs
          const moved = { ...of, dueSetAt, dueAt: of.dueAt + more * hourMs }
          expect(nudgesDue(moved, none, dueSetAt, office)).toEqual([])
          for (const nudge of schedule(moved, dueSetAt, dueSetAt + horizon, office)) {
            expect(nudge.nominalAt).toBeGreaterThan(dueSetAt)
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})
