import type { LocalDate } from '../time.ts'
import { promised } from './cues/outcomes.ts'
import type { FoundDate } from './dates.ts'
import type { Finding } from './findings.ts'
import type { Why } from './reading.ts'

/** The last day that the reply sets for the end; a fault where that day is over or does not exist. */
export function promiseOf(
  findings: readonly Finding[],
  today: LocalDate,
): { date: LocalDate | null; fault?: Why } {
  const dates = findings.flatMap(promisedIn).map(({ date }) => date)
  if (dates.includes(null)) return { date: null, fault: 'no-such-date' }
  const last = dates.sort().at(-1) ?? null
  return last !== null && last < today ? { date: null, fault: 'past-date' } : { date: last }
}

/** A plan promises its dates; work under way only a deadline, or what comes with words of finishing. */
function promisedIn(finding: Finding): FoundDate[] {
  if (finding.kind === 'plan' || (finding.kind === 'doubt' && finding.about === 'going')) return finding.dates
  const { kind, clause, dates } = finding
  if (kind !== 'under-way' && kind !== 'step') return []
  const finishes = promised.in(clause.text)
  return dates.filter(({ limit }) => limit || finishes)
}

/** The day until which time is asked for; undefined where none is named, null where it does not exist. */
export function untilOf(findings: readonly Finding[]): LocalDate | null | undefined {
  const asked = findings.filter(({ kind }) => kind === 'extension').flatMap(({ dates }) => dates)
  const near = findings.filter(({ kind }) => kind === 'plan').flatMap(({ dates }) => dates)
  return (asked.length > 0 ? asked : near).at(-1)?.date
}
