import { type Source, sources, type Urgency, urgencies } from './item.ts'
import { isStartOfDay, localDate, parseInstant, toIso } from './time.ts'

/** How long a department has 时限; deadline.ts makes a due time of it. */
export type Policy =
  /** Ends at close of business of the last of so many working days, the day of dispatch not counted. */
  | { kind: 'working-days'; days: number }
  /** By the clock, nights and holidays included. */
  | { kind: 'hours'; hours: number }
  /** A moment that was named; the first moment of a day names the day, which ends at close of business. */
  | { kind: 'until'; at: number }

export const defaultPolicy: Policy = { kind: 'working-days', days: 3 }
/** Hard cases 情况复杂, and the limit of an extension: in total, from dispatch. */
export const hardPolicy: Policy = { kind: 'working-days', days: 5 }
/** Feedback that was sent back 退回重办. */
export const redoPolicy: Policy = { kind: 'working-days', days: 1 }

const longestDays = 250
const shortestHours = 0.1
const longestHours = 720

const daysForm = /^(\d+(?:\.\d+)?|[一二两三四五六七八九十])\s*(?:wd|working\s?days?|workdays?|个?工作日内?)$/i
const hoursForm = /^(\d+(?:\.\d+)?|[一二两三四五六七八九十半])\s*(?:h|hours?|个?小时内?)$/i
const numerals: Record<string, number> = {
  半: 0.5,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
}

/**
 * Reads `3wd`, `3个工作日`, `2h`, `2小时`, a date, or a date-time in `timezone`; full-width digits too. Up to 250 working
 * days, or a tenth to 720 hours.
 * @returns null where it is none of these; also for a bare `5天`, which may mean either kind of day
 */
export function parsePolicy(text: string, timezone: string): Policy | null {
  const plain = text.normalize('NFKC').trim()
  const days = amount(daysForm, plain)
  if (days !== null)
    return Number.isInteger(days) && days >= 1 && days <= longestDays ? { kind: 'working-days', days } : null
  const hours = amount(hoursForm, plain)
  if (hours !== null) return hours >= shortestHours && hours <= longestHours ? { kind: 'hours', hours } : null
  const at = parseInstant(plain, timezone)
  return at === null ? null : { kind: 'until', at }
}

/** The form that is stored: `parsePolicy` reads the same policy from it, in the same timezone. */
export function formatPolicy(policy: Policy, timezone: string): string {
  switch (policy.kind) {
    case 'working-days':
      return `${policy.days}wd`
    case 'hours':
      return `${policy.hours}h`
    case 'until':
      return isStartOfDay(policy.at, timezone) ? localDate(policy.at, timezone) : toIso(policy.at, timezone)
  }
}

/** A row applies to the sources and urgencies that it names, and to all where it names none. */
export interface PolicyRow {
  sources?: readonly Source[]
  urgencies?: readonly Urgency[]
  policy: Policy
}

/** The first row that applies is taken, and the default where none does. A deployer's POLICIES_FILE stands in its place. */
export const policyTable: readonly PolicyRow[] = [
  // A hot topic 舆情热点: the public must have an answer before the talk has spread.
  { sources: ['online'], urgencies: ['urgent', 'critical'], policy: { kind: 'hours', hours: 2 } },
  { sources: ['hotline'], policy: defaultPolicy },
  { sources: ['deputy', 'cppcc'], policy: hardPolicy },
  { sources: ['enterprise_visit', 'enterprise_online'], policy: hardPolicy },
]

export function choosePolicy(
  item: { source: Source; urgency: Urgency },
  table: readonly PolicyRow[] = policyTable,
): Policy {
  return table.find((row) => applies(row, item))?.policy ?? defaultPolicy
}

/** The places of rows that nothing ever comes to, because earlier ones take it all. */
export function unreachedRows(table: readonly PolicyRow[]): number[] {
  const items = sources.flatMap((source) => urgencies.map((urgency) => ({ source, urgency })))
  const reached = new Set(items.map((item) => table.findIndex((row) => applies(row, item))))
  return [...table.keys()].filter((index) => !reached.has(index))
}

function applies(row: PolicyRow, item: { source: Source; urgency: Urgency }): boolean {
  return (row.sources?.includes(item.source) ?? true) && (row.urgencies?.includes(item.urgency) ?? true)
}

function amount(form: RegExp, text: string): number | null {
  const found = form.exec(text)?.[1]
  return found === undefined ? null : (numerals[found] ?? Number(found))
}
