import { addWorkdays, type Office } from './office-hours.ts'
import { hardPolicy, type Policy } from './policy.ts'
import { addDays, instantAt, isStartOfDay, type LocalDate, localDate } from './time.ts'

export interface Due {
  at: number
  /** 暂定: counted over a year whose calendar is not published, so it may move once that is loaded. */
  provisional: boolean
}

/**
 * When an assignment dispatched at `dispatchedAt` is due. The day of dispatch does not count, and the last day ends at
 * close of business (民法典 201–203). A date that was named is taken as it is, on a day off too.
 */
export function due(policy: Policy, dispatchedAt: number, office: Office): Due {
  const { timezone } = office.hours
  switch (policy.kind) {
    case 'working-days': {
      const dispatched = localDate(dispatchedAt, timezone)
      const last = addWorkdays(dispatched, policy.days, office)
      return { at: closeOf(last, office), provisional: !coversDays(addDays(dispatched, 1), last, office) }
    }
    case 'hours':
      return { at: dispatchedAt + Math.round(policy.hours * 60 * 60 * 1000), provisional: false }
    case 'until': {
      const namesDay = isStartOfDay(policy.at, timezone)
      return {
        at: namesDay ? closeOf(localDate(policy.at, timezone), office) : policy.at,
        provisional: false,
      }
    }
  }
}

/** The due time of a granted extension where the lead names no date: 5 working days in total, not 3 + 5. */
export function extendedDue(dispatchedAt: number, office: Office): Due {
  return due(hardPolicy, dispatchedAt, office)
}

/** Close of business on `date`, whether or not it is a workday. */
export function closeOf(date: LocalDate, { hours }: Office): number {
  return instantAt(date, hours.closeOfBusiness, hours.timezone)
}

function coversDays(from: LocalDate, to: LocalDate, { calendar }: Office): boolean {
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (!calendar.covers(day)) return false
  }
  return true
}
