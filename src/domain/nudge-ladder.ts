import type { AssignmentStatus } from './assignment.ts'
import { workdayFrom } from './calendar.ts'
import { closeOf } from './deadline.ts'
import type { Urgency } from './item.ts'
import { addWorkdays, addWorkingHours, nextAllowed, type Office, quietEnd } from './office-hours.ts'
import type { Policy } from './policy.ts'
import { instantAt, type LocalDate, localDate } from './time.ts'

export const recipients = ['contact', 'backup', 'leader', 'task-force'] as const
export type Recipient = (typeof recipients)[number]

/** What the ladder must know of an assignment. Times are epoch milliseconds. */
export interface NudgeSubject {
  status: AssignmentStatus
  urgency: Urgency
  policy: Policy
  dispatchedAt: number
  /** From when the time until `dueAt` counts: dispatch, or where it went on after a pause. */
  dueFrom: number
  dueAt: number
  /** When somebody last set `dueAt`: by dispatch, an extension. */
  dueSetAt: number
  /** The date given in accepted interim feedback, and when that was accepted. */
  promisedDate: LocalDate | null
  promisedSetAt: number | null
  /** Of a suspended assignment. */
  reviewDate: LocalDate | null
}

/**
 * What leads up to the due time: the day's stages, the percent stages of a clock-hour policy, or, once there is a
 * promised date, that date alone.
 */
type Approach = 'days' | 'hours' | 'promise'

interface StageRow {
  id: string
  to: readonly Recipient[]
  statuses: readonly AssignmentStatus[]
  /** Only on these; on all where it names none. */
  approaches?: readonly Approach[]
  /** The nominal time, before quiet hours move it; null where there is none. */
  when(subject: NudgeSubject, office: Office): number | null
  /**
   * What it is about, which names the occurrence: working days may be others by a new calendar, and move `when`. Without,
   * its time does.
   */
  about?(subject: NudgeSubject, office: Office): number
  /** `when` is the first of one on each working day at work start, of which only the latest missed one counts. */
  eachWorkday?: true
}

const unfinished: readonly AssignmentStatus[] = ['sent', 'working']
const dayMs = 24 * 60 * 60 * 1000
const farAheadMs = 7 * dayMs

/** The ladder, a row a stage, from the mildest to the gravest: of stages that come together, the last one speaks. */
export const nudgeStages = [
  {
    id: 'review-date',
    to: ['contact', 'task-force'],
    statuses: ['suspended'],
    when: ({ reviewDate }, office) => (reviewDate ? workStart(reviewDate, office) : null),
  },
  {
    id: 'promised-date',
    to: ['contact'],
    statuses: unfinished,
    when: ({ promisedDate }, office) => (promisedDate ? workStart(promisedDate, office) : null),
  },
  {
    id: 'unacknowledged',
    to: ['contact'],
    statuses: ['sent'],
    about: theDispatch,
    when: (subject, office) => unacknowledgedFor(2, subject, office),
  },
  {
    id: 'day-before',
    to: ['contact'],
    statuses: unfinished,
    approaches: ['days'],
    about: theDueTime,
    when: (subject, office) => workStart(addWorkdays(dueDate(subject, office), -1, office), office),
  },
  {
    id: 'due-today',
    to: ['contact'],
    statuses: unfinished,
    approaches: ['days'],
    about: theDueTime,
    when: (subject, office) => workStart(dueDate(subject, office), office),
  },
  {
    id: 'half-time',
    to: ['contact', 'leader', 'task-force'],
    statuses: unfinished,
    approaches: ['hours'],
    about: theDueTime,
    when: (subject) => shareOfTime(0.5, subject),
  },
  {
    id: 'unacknowledged-again',
    to: ['contact', 'backup', 'leader'],
    statuses: ['sent'],
    about: theDispatch,
    when: (subject, office) => unacknowledgedFor(4, subject, office),
  },
  {
    id: 'due-soon',
    to: ['contact', 'backup'],
    statuses: unfinished,
    approaches: ['days'],
    about: theDueTime,
    when: (subject, office) => addWorkingHours(effectiveDue(subject, office), -2, office),
  },
  {
    id: 'three-quarters',
    to: ['contact', 'backup', 'leader'],
    statuses: unfinished,
    approaches: ['hours'],
    about: theDueTime,
    when: (subject) => shareOfTime(0.75, subject),
  },
  {
    id: 'overdue',
    to: ['contact', 'leader'],
    statuses: unfinished,
    approaches: ['days', 'promise'],
    about: theDueTime,
    when: effectiveDue,
  },
  {
    id: 'time-up',
    to: ['contact', 'leader', 'task-force'],
    statuses: unfinished,
    approaches: ['hours'],
    about: theDueTime,
    when: effectiveDue,
  },
  {
    id: 'overdue-notice',
    to: ['contact', 'leader', 'task-force'],
    statuses: unfinished,
    about: theDueTime,
    when: (subject, office) => workStart(addWorkdays(dueDate(subject, office), 1, office), office),
  },
  {
    id: 'overdue-digest',
    to: ['leader', 'task-force'],
    statuses: unfinished,
    when: (subject, office) => workStart(addWorkdays(dueDate(subject, office), 3, office), office),
    eachWorkday: true,
  },
] as const satisfies readonly StageRow[]

export type NudgeStage = (typeof nudgeStages)[number]['id']

type Stage = StageRow & { id: NudgeStage }
const stages: readonly Stage[] = nudgeStages

export interface DueNudge {
  stage: NudgeStage
  /** When the table says; names the occurrence too. */
  nominalAt: number
  /** What it is about, where that names it whenever it is. */
  occasion: number | null
  /** When it goes out: moved out of quiet hours and days off, where they hold it back. */
  at: number
  to: readonly Recipient[]
}

/** Name one occurrence for life: a moved due time makes new ones, asking again or a moved day off does not. */
export function nudgeKeys({
  stage,
  nominalAt,
  occasion,
}: Pick<DueNudge, 'stage' | 'nominalAt' | 'occasion'>): string[] {
  return [timeKey(stage, nominalAt), ...(occasion === null ? [] : [`${stage} about ${occasion}`])]
}

function timeKey(stage: NudgeStage, nominalAt: number): string {
  return `${stage}@${nominalAt}`
}

/**
 * Every occurrence that should have gone out by `now` and whose keys are not in `fired`, earliest first; of a repeating
 * stage only the latest. The answer depends on nothing else, so the clock may jump and sweeps may overlap.
 */
export function nudgesDue(
  subject: NudgeSubject,
  fired: ReadonlySet<string>,
  now: number,
  office: Office,
): DueNudge[] {
  return applyingStages(subject)
    .flatMap((stage) => unfired(stage, subject, fired, now, office).findLast(({ at }) => at <= now) ?? [])
    .sort((a, b) => a.at - b.at)
}

/** The earliest occurrence that goes out later than `after` and has not fired: when to look again. */
export function nextNudge(
  subject: NudgeSubject,
  fired: ReadonlySet<string>,
  after: number,
  office: Office,
): DueNudge | null {
  return applyingStages(subject)
    .flatMap((stage) => unfired(stage, subject, fired, after, office).find(({ at }) => at > after) ?? [])
    .reduce<DueNudge | null>((first, nudge) => (first && first.at <= nudge.at ? first : nudge), null)
}

/** Stages that come due together speak once: in the words of the gravest, to everyone that any of them names. */
export function mergeStages(due: readonly DueNudge[]): { stage: NudgeStage; to: Recipient[] } | null {
  const gravest = stages.findLast(({ id }) => due.some(({ stage }) => stage === id))
  if (!gravest) return null
  const to = recipients.filter((recipient) => due.some((nudge) => nudge.to.includes(recipient)))
  return { stage: gravest.id, to }
}

/**
 * The due time that counts: a promised date that was accepted puts it off, and never brings it forward. A day off has
 * no close of business, so a promise for one holds until that of the next working day (民法典 203).
 */
export function effectiveDue(
  { dueAt, promisedDate }: Pick<NudgeSubject, 'dueAt' | 'promisedDate'>,
  office: Office,
): number {
  if (!promisedDate) return dueAt
  return Math.max(dueAt, closeOf(workdayFrom(promisedDate, office.calendar), office))
}

/** Derived, never stored. Only while the department has it: not in review, suspended or done. */
export function isOverdue(
  subject: Pick<NudgeSubject, 'status' | 'dueAt' | 'promisedDate'>,
  now: number,
  office: Office,
): boolean {
  return unfinished.includes(subject.status) && now > effectiveDue(subject, office)
}

function applyingStages(subject: NudgeSubject): Stage[] {
  const approach = approachOf(subject)
  return stages.filter(
    ({ statuses, approaches }) =>
      statuses.includes(subject.status) && (approaches?.includes(approach) ?? true),
  )
}

function approachOf({ promisedDate, policy }: NudgeSubject): Approach {
  if (promisedDate) return 'promise'
  return policy.kind === 'hours' ? 'hours' : 'days'
}

/** The stage's occurrences that are still to go out, in order; of a repeating stage those around `moment`. */
function unfired(
  stage: Stage,
  subject: NudgeSubject,
  fired: ReadonlySet<string>,
  moment: number,
  office: Office,
): DueNudge[] {
  const first = stage.when(subject, office)
  if (first === null) return []
  const setAt = Math.max(subject.dispatchedAt, subject.dueSetAt, subject.promisedSetAt ?? 0)
  const spentUntil = stage.eachWorkday ? Math.max(setAt, lastFired(stage.id, fired, moment)) : setAt
  const hasFired = (time: number) => fired.has(timeKey(stage.id, time))
  const around = Math.max(moment, first, spentUntil)
  const times = stage.eachWorkday ? workStartsAround(around, office, hasFired) : [first]
  const occasion = stage.about?.(subject, office) ?? null
  return times
    .filter((time) => time >= first && time > spentUntil)
    .map((time) => ({
      stage: stage.id,
      nominalAt: time,
      occasion,
      at: sendingTime(time, subject, office),
      to: stage.to,
    }))
    .filter((nudge) => nudgeKeys(nudge).every((key) => !fired.has(key)))
}

/**
 * An earlier repeat is not sent after a later one, when the clock is put right by hours or days. One of a clock that was
 * months ahead would keep the others quiet for as long, and does not count. The keys are in the order of their firing.
 */
function lastFired(stage: NudgeStage, fired: ReadonlySet<string>, moment: number): number {
  const told: number[] = []
  for (const key of fired) {
    if (!key.startsWith(`${stage}@`)) continue
    const at = Number(key.slice(stage.length + 1))
    // What an earlier one followed was far ahead then, and never counts again.
    while (at < (told.at(-1) ?? at)) told.pop()
    told.push(at)
  }
  return told.findLast((at) => at <= moment + farAheadMs) ?? -Infinity
}

/**
 * Those before, on and after the day of `moment`, and on until one has not fired: the latest by then and the first to come
 * are among them.
 */
function workStartsAround(moment: number, office: Office, hasFired: (time: number) => boolean): number[] {
  const times: number[] = []
  let day = addWorkdays(localDate(moment, office.hours.timezone), -1, office)
  while (times.length < 3 || hasFired(times.at(-1) ?? moment)) {
    times.push(workStart(day, office))
    day = addWorkdays(day, 1, office)
  }
  return times
}

/**
 * Quiet hours and days off put a nudge off, except what is critical. A policy of up to a day by the clock was set to run
 * through days off; only the night holds its nudges back, and not even that where the time would be up by morning.
 * Asked with the present moment: until when what was missed has to wait.
 */
export function sendingTime(nominalAt: number, subject: NudgeSubject, office: Office): number {
  if (subject.urgency === 'critical') return nominalAt
  const isShort = approachOf(subject) === 'hours' && subject.dueAt - subject.dueFrom <= dayMs
  if (!isShort || nominalAt > subject.dueAt) return nextAllowed(nominalAt, office)
  const morning = quietEnd(nominalAt, office)
  return morning < subject.dueAt ? morning : nominalAt
}

function theDispatch({ dispatchedAt }: NudgeSubject): number {
  return dispatchedAt
}

/** As `effectiveDue`, but for the working days. */
function theDueTime({ dueAt, promisedDate }: NudgeSubject, office: Office): number {
  return promisedDate ? Math.max(dueAt, closeOf(promisedDate, office)) : dueAt
}

/** Once the time is up the overdue stages say so. */
function unacknowledgedFor(
  hours: number,
  { dispatchedAt, dueAt }: NudgeSubject,
  office: Office,
): number | null {
  const at = addWorkingHours(dispatchedAt, hours, office)
  return at < dueAt ? at : null
}

function shareOfTime(share: number, { dueFrom, dueAt }: NudgeSubject): number {
  return Math.round(dueFrom + share * (dueAt - dueFrom))
}

function dueDate(subject: NudgeSubject, office: Office): LocalDate {
  return localDate(effectiveDue(subject, office), office.hours.timezone)
}

function workStart(date: LocalDate, { hours }: Office): number {
  return instantAt(date, hours.workStart, hours.timezone)
}
