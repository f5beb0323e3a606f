import type { Outcome } from '../assignment.ts'
import type { LocalDate } from '../time.ts'
import { findMentions } from './completion.ts'
import { formerly, nowadays } from './cues/doubts.ts'
import { promised } from './cues/outcomes.ts'
import { findDepartment } from './department.ts'
import type { Finding } from './findings.ts'
import type { Action, Feedback, Intent, Why } from './reading.ts'
import { extensionReasonOf, measuresOf, reasonOf, returnReasonOf } from './wording.ts'

type Of<Kind extends Finding['kind']> = Extract<Finding, { kind: Kind }>

/** Adds up what the clauses say. Where they do not agree, nothing is certain. */
export function judge(all: readonly Finding[], today: LocalDate): Intent {
  const findings = withoutFormer(all)
  const of = <Kind extends Finding['kind']>(kind: Kind) =>
    findings.filter((finding): finding is Of<Kind> => finding.kind === kind)
  const has = (...kinds: Finding['kind'][]) => findings.some(({ kind }) => kinds.includes(kind))
  const doubts = of('doubt')
  const grave = doubts.filter((doubt) => doubt.grave)
  const unclear = (why: Why, guess?: Action | null): Intent =>
    guess ? { kind: 'unclear', why, guess } : { kind: 'unclear', why }
  const tooLong = doubts.find(({ why }) => why === 'too-long')
  if (tooLong) return unclear('too-long')

  const promise = promiseOf(findings, today)
  const measures = measuresOf(findings)
  const report = (outcome: Outcome, reason: string | null = null): Feedback => ({
    kind: 'feedback',
    outcome,
    measures,
    promisedDate: promise.date,
    reason,
  })
  const final = finalOutcome(findings)

  if (has('return')) {
    const reason = returnReasonOf(findings)
    const guess: Action = {
      kind: 'return',
      reason: reason ?? '',
      suggested: findDepartment(textOf(findings)),
    }
    if (final || has('extension', 'plan', 'under-way')) return unclear('conflicting', guess)
    const against = grave.find(({ why, about }) => why !== 'negated' || about === 'return')
    if (against) return unclear(against.why, guess)
    return reason === null ? unclear('no-reason', guess) : guess
  }

  if (has('extension')) {
    const reason = extensionReasonOf(findings)
    const until = untilOf(findings)
    const guess: Action = { kind: 'extension', reason: reason ?? '', until: until ?? null }
    if (final) return unclear('conflicting', guess)
    const against = grave.find(({ why }) => why !== 'negated' && why !== 'conditional' && why !== 'partial')
    if (against) return unclear(against.why, guess)
    if (until === null) return unclear('no-such-date', guess)
    if (until !== undefined && until < today) return unclear('past-date', { ...guess, until: null })
    return reason === null ? unclear('no-reason', guess) : guess
  }

  if (final === 'conflicting') return unclear('conflicting')
  if (final === 'deferred' || final === 'reference') {
    const reason = reasonOf(findings)
    const against = grave.find(({ why, about }) => why !== 'negated' || about === final)
    if (has('under-way') || against) return unclear(against?.why ?? 'conflicting', report(final, reason))
    return reason === null ? unclear('no-reason', report(final)) : report(final, reason)
  }
  if (final) {
    const tolerated = final === 'mostly_resolved' ? ['negated', 'partial', 'conditional'] : ['negated']
    const open = has('under-way', 'plan', 'reserve') || isTakenBack(findings) || grave.length > 0
    const against = grave.find(({ why }) => !tolerated.includes(why))
    if (against) return unclear(against.about === 'done' ? 'conflicting' : against.why, report('in_progress'))
    if (open && !(final === 'mostly_resolved' && mayRemain(findings)))
      return unclear('conflicting', report(final))
    if (promise.fault) return unclear(promise.fault, report(final))
    return report(final)
  }

  const acknowledged = has('acknowledge')
  const going =
    has('under-way') ||
    (has('plan') && (promise.date !== null || !acknowledged)) ||
    (has('step') && !acknowledged)
  if (promise.fault) return unclear(promise.fault, report('in_progress'))
  if (going) {
    const against = grave.find(({ why }) => !['negated', 'conditional', 'partial'].includes(why))
    return against ? unclear(against.why, guessOf(against, report)) : report('in_progress')
  }
  const denied = acknowledged ? grave.find(({ why }) => why !== 'conditional') : grave[0]
  if (denied) return unclear(denied.why, guessOf(denied, report))
  if (acknowledged) return { kind: 'acknowledge' }
  const open = doubts[0]
  if (open) return unclear(open.why, guessOf(open, report))
  if (findings.some((finding) => finding.kind === 'instruction')) return { kind: 'none' }
  if (has('follow-up', 'reserve', 'step') || of('measure').some(({ concerns }) => concerns))
    return unclear('no-outcome', report('in_progress'))
  return { kind: 'none' }
}

/** The one outcome that ends the assignment, null for none; the weaker where both degrees of solved are named. */
function finalOutcome(findings: readonly Finding[]): Exclude<Outcome, 'in_progress'> | 'conflicting' | null {
  const done = findings.filter((finding) => finding.kind === 'done')
  const named = [
    done.length === 0 ? null : done.some((finding) => finding.mostly) ? 'mostly_resolved' : 'resolved',
    findings.some(({ kind }) => kind === 'deferred') ? 'deferred' : null,
    findings.some(({ kind }) => kind === 'reference') ? 'reference' : null,
  ].filter((outcome) => outcome !== null) as Exclude<Outcome, 'in_progress'>[]
  if (named.length > 1) return 'conflicting'
  return named[0] ?? null
}

/** 前期未解决…，现已解决: the earlier state is history. */
function withoutFormer(findings: readonly Finding[]): readonly Finding[] {
  const now = findings.findLastIndex(({ kind, clause }) => kind === 'done' && nowadays.in(clause.text))
  return findings.filter(
    ({ kind, clause }, i) =>
      i >= now || !['doubt', 'under-way', 'reserve'].includes(kind) || !formerly.in(clause.text),
  )
}

/** 东侧已修复，西侧没人管: a denial behind the outcome, whatever it denies. */
function isTakenBack(findings: readonly Finding[]): boolean {
  const last = findings.findLastIndex(({ kind }) => kind === 'done')
  return findings
    .slice(last + 1)
    .some(({ kind, negative }) => negative && (kind === 'measure' || kind === 'step'))
}

/** 基本解决 leaves a remainder open, and may say so; what is still open must be that remainder. */
function mayRemain(findings: readonly Finding[]): boolean {
  return findings.every(({ kind, clause: { text }, negative }) => {
    if (kind === 'done' || kind === 'plan' || kind === 'follow-up' || kind === 'courtesy') return true
    const open = negative || kind === 'under-way' || kind === 'doubt' || kind === 'reserve'
    return !open || (remainder.test(text) && !relapse.test(text))
  })
}

const remainder =
  /剩|其余|余下|个别|大部分|部分|后续|少数|少量|尾|最后|仍有|仍需|仍略|还有|还差|还需|[未没]完全|完全|尚有|remain|left|still|few/iu
const relapse = /又|再次|复发|反弹|不满|不认可|不同意|其实|说|again/iu

/** The last day that own words set for the end; a fault where that day is over or does not exist. */
function promiseOf(findings: readonly Finding[], today: LocalDate): { date: LocalDate | null; fault?: Why } {
  const dates = findings
    .filter(({ kind, clause, dates: found }) => {
      if (kind === 'plan') return true
      if (kind !== 'under-way' && kind !== 'step') return false
      return (
        found.some(({ limit }) => limit) || promised.in(clause.text) || findMentions(clause.text).length > 0
      )
    })
    .flatMap((finding) =>
      finding.dates.filter(
        ({ limit }) => limit || finding.kind === 'plan' || promised.in(finding.clause.text),
      ),
    )
  if (dates.some(({ date }) => date === null)) return { date: null, fault: 'no-such-date' }
  const last = dates
    .map(({ date }) => date ?? '')
    .sort()
    .at(-1)
  if (last === undefined) return { date: null }
  return last < today ? { date: null, fault: 'past-date' } : { date: last }
}

/** Undefined where the request names no day, null where the day does not exist. */
function untilOf(findings: readonly Finding[]): LocalDate | null | undefined {
  const asked = findings.filter(({ kind }) => kind === 'extension').flatMap(({ dates }) => dates)
  const near = findings.filter(({ kind }) => kind === 'plan').flatMap(({ dates }) => dates)
  const dates = asked.length > 0 ? asked : near
  return dates.at(-1)?.date
}

function guessOf(doubt: Of<'doubt'>, report: (outcome: Outcome) => Feedback): Action | null {
  if (doubt.why === 'negated' || doubt.why === 'partial' || doubt.why === 'conditional')
    return doubt.about === 'done' ? report('in_progress') : null
  switch (doubt.about) {
    case 'done':
      return report('resolved')
    case 'going':
      return report('in_progress')
    case 'deferred':
    case 'reference':
      return report(doubt.about)
    case 'acknowledge':
      return { kind: 'acknowledge' }
    case 'extension':
      return { kind: 'extension', reason: '', until: null }
    case 'return':
      return { kind: 'return', reason: '', suggested: null }
  }
}

function textOf(findings: readonly Finding[]): string {
  return findings.map(({ clause }) => clause.raw + clause.mark).join('')
}
