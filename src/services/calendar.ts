import { findAssignments, updateAssignment } from '../db/assignments.ts'
import { addEvents } from '../db/audit.ts'
import { replaceCalendarYear } from '../db/calendar.ts'
import type { Assignment } from '../domain/assignment.ts'
import type { CalendarDay } from '../domain/calendar.ts'
import { due } from '../domain/deadline.ts'
import type { Office } from '../domain/office-hours.ts'
import { parsePolicy } from '../domain/policy.ts'
import { type LocalDate, localDate } from '../domain/time.ts'
import type { App } from './app.ts'
import { refreshCards } from './delivery/cards.ts'
import { postElsewhere, sentences } from './delivery/elsewhere.ts'
import { planNudges } from './nudges/nudge-plan.ts'
import type { Work } from './work.ts'

const dayMs = 24 * 60 * 60 * 1000
const warnedAhead = 60 * dayMs

/** The last year of the calendar, once fewer than 60 days are left of it. */
export function calendarEnd({ calendar, hours }: Office, now: number): number | undefined {
  return calendar.covers(localDate(now + warnedAhead, hours.timezone))
    ? undefined
    : calendar.lastCoveredYear()
}

/** @returns what warns in the log, once a day however often it is called, that the calendar runs out. */
export function calendarWatch({ clock, office, log }: App): () => void {
  let checkedOn: LocalDate | undefined
  return () => {
    const { timezone } = office().hours
    const now = clock.now()
    const today = localDate(now, timezone)
    if (today === checkedOn) return
    checkedOn = today
    const lastCoveredYear = calendarEnd(office(), now)
    if (lastCoveredYear === undefined) return
    log.warn(
      { lastCoveredYear, timezone },
      'the working-day calendar runs out: load the next year with `npm run duban -- calendar <file>`',
    )
  }
}

/** Makes a year's official days the ones that count. What is due in a year that was provisional follows by itself. */
export async function loadCalendarYear(work: Work, year: number, days: CalendarDay[]): Promise<void> {
  await replaceCalendarYear(work.db, year, days)
  await addEvents(work.db, [{ at: work.now, what: 'calendar', detail: { year, days: days.length } }])
}

/**
 * Reckons due times anew, now that more of the calendar is known: the provisional ones, or all that are open, since a
 * new year's notice may settle days of the old year too.
 * @returns how many moved
 */
export async function recomputeDue(
  work: Work,
  office: Office,
  which: 'provisional' | 'all',
): Promise<number> {
  const { app, db, now } = work
  const concerned = {
    statuses: ['sent', 'working', 'review', 'suspended'] as const,
    provisional: which === 'provisional',
  }
  const open = await findAssignments(db, concerned)
  const touched: number[] = []
  const moved: number[] = []
  for (const assignment of open) {
    const policy = parsePolicy(assignment.policy, app.voice.timezone)
    if (policy?.kind !== 'working-days') continue
    const next = due(policy, assignment.dueFrom, office)
    const provisional = next.provisional ? 1 : 0
    const changed = next.at !== assignment.dueAt
    if (!changed && assignment.provisional === next.provisional) continue
    touched.push(assignment.id)
    // Since when it is set stays: of what it brings, what is over by now and was never said is said.
    await updateAssignment(db, assignment.id, {
      provisional,
      due_at: next.at,
    })
    if (!changed) continue
    moved.push(assignment.id)
    await addEvents(db, [
      {
        at: now,
        what: 'due-recomputed',
        item: assignment.item.code,
        assignment: assignment.id,
        detail: { from: assignment.dueAt, to: next.at },
      },
    ])
  }
  // Nudges follow the calendar too where the due time does not move.
  await planNudges(work, await findAssignments(db, which === 'all' ? concerned : { ids: touched }))
  if (touched.length === 0) return 0
  await refreshCards(work, touched)
  if (moved.length > 0) await tellMoved(work, await findAssignments(db, { ids: moved }))
  return moved.length
}

/** Where no card can show it, a department is told what is due when now. */
async function tellMoved(work: Work, moved: Assignment[]): Promise<void> {
  const { moment, t } = work.app.voice
  const byDepartment = Map.groupBy(moved, ({ department }) => department.id)
  for (const [department, assignments] of byDepartment) {
    const [first = '', ...more] = assignments.map(({ item, dueAt }) =>
      t.elsewhere.dueMoved(item.code, moment(dueAt)),
    )
    await postElsewhere(work, department, () => sentences(first, more), assignments)
  }
}
