import type { Outcome } from '../assignment.ts'
import type { LocalDate } from '../time.ts'
import { findMentions } from './completion.ts'
import { formerly, leftovers, nowadays, relapses } from './cues/doubts.ts'
import { findDepartment } from './department.ts'
import type { Finding } from './findings.ts'
import { promiseOf, untilOf } from './promise.ts'
import type { Action, Extension, Feedback, Intent, Return, Why } from './reading.ts'
import { extensionReasonOf, measuresOf, reasonOf, returnReasonOf, textOf } from './wording.ts'

/** Adds up what the clauses say. Where they do not agree, nothing is certain. */
export function judge(all: readonly Finding[], today: LocalDate): Intent {
  const findings = withoutFormer(all)
  const sum: Sum = {
    findings,
    today,
    has: (...kinds) => findings.some(({ kind }) => kinds.includes(kind)),
    grave: findings.filter((finding) => finding.kind === 'doubt').filter(({ grave }) => grave),
    final: finalOutcome(findings),
    promise: promiseOf(findings, today),
  }
  if (sum.has('return')) return judgeReturn(sum)
  if (sum.has('extension')) return judgeExtension(sum)
  switch (sum.final) {
    case 'conflicting':
      return unclear('conflicting')
    case 'deferred':
    case 'reference':
      return judgePutOff(sum, sum.final)
    case 'resolved':
    case 'mostly_resolved':
      return judgeSolved(sum, sum.final)
    case null:
      return judgeOpen(sum)
  }
}

type Doubt = Extract<Finding, { kind: 'doubt' }>
type Final = Exclude<Outcome, 'in_progress'>

interface Sum {
  findings: readonly Finding[]
  today: LocalDate
  has: (...kinds: Finding['kind'][]) => boolean
  grave: readonly Doubt[]
  final: Final | 'conflicting' | null
  promise: { date: LocalDate | null; fault?: Why }
}

function judgeReturn({ findings, has, grave, final }: Sum): Intent {
  const reason = returnReasonOf(findings)
  const back: Return = { kind: 'return', reason: reason ?? '', suggested: findDepartment(textOf(findings)) }
  if (final || has('extension', 'plan', 'under-way')) return unclear('conflicting', back)
  const against = grave.find(({ why, about }) => why !== 'negated' || about === 'return')
  if (against) return unclear(against.why, back)
  return reason === null ? unclear('no-reason', back) : back
}

function judgeExtension({ findings, grave, final, today }: Sum): Intent {
  const reason = extensionReasonOf(findings)
  const until = untilOf(findings)
  const extension: Extension = { kind: 'extension', reason: reason ?? '', until: until ?? null }
  if (final) return unclear('conflicting', extension)
  const against = grave.find(({ why }) => !unfinished.includes(why))
  if (against) return unclear(against.why, extension)
  if (until === null) return unclear('no-such-date', extension)
  if (until !== undefined && until < today) return unclear('past-date', { ...extension, until: null })
  return reason === null ? unclear('no-reason', extension) : extension
}

function judgePutOff(sum: Sum, final: 'deferred' | 'reference'): Intent {
  const reason = reasonOf(sum.findings)
  const against = sum.grave.find(
    ({ why, about }) => !['negated', 'conditional'].includes(why) || about === final,
  )
  const worked = sum.findings.some(
    (finding) =>
      finding.kind === 'under-way' && (finding.bare || findMentions(finding.clause.text).length > 0),
  )
  if (worked || against) return unclear(against?.why ?? 'conflicting', report(sum, final, reason))
  return reason === null ? unclear('no-reason', report(sum, final)) : report(sum, final, reason)
}

function judgeSolved(sum: Sum, final: 'resolved' | 'mostly_resolved'): Intent {
  const { findings, has, grave, promise } = sum
  const tolerated = final === 'mostly_resolved' ? unfinished : ['negated']
  const against = grave.find(({ why }) => !tolerated.includes(why))
  if (against)
    return unclear(against.about === 'done' ? 'conflicting' : against.why, report(sum, 'in_progress'))
  const open = has('under-way', 'plan') || isTakenBack(findings) || grave.length > 0
  if (open && !(final === 'mostly_resolved' && mayRemain(findings)))
    return unclear('conflicting', report(sum, final))
  return promise.fault ? unclear(promise.fault, report(sum, final)) : report(sum, final)
}

/** Acknowledged, being solved, or nothing of the kind. */
function judgeOpen(sum: Sum): Intent {
  const { findings, has, grave, promise } = sum
  const acknowledged = has('acknowledge')
  const inProgress = report(sum, 'in_progress')
  if (promise.fault) return unclear(promise.fault, inProgress)

  // 收到，尽快处理 says that they will; that it is being solved takes more, a day or work under way.
  const prompt = findings.every((finding) => finding.kind !== 'plan' || finding.prompt)
  const planned =
    has('plan') &&
    !(prompt && acknowledged) &&
    (promise.date !== null || !(acknowledged || (prompt && grave.length === 0)))
  if (has('under-way') || planned || (has('step') && !acknowledged)) {
    const against = grave.find(
      ({ why, about }) => !unfinished.includes(why) || (about !== 'done' && about !== 'going'),
    )
    return against ? unclear(against.why, guessOf(against, sum)) : inProgress
  }
  const against = acknowledged ? grave.find(({ why }) => why !== 'conditional') : grave[0]
  if (against) return unclear(against.why, guessOf(against, sum))
  if (acknowledged || has('plan')) return { kind: 'acknowledge' }

  const doubt = findings.find((finding) => finding.kind === 'doubt')
  if (doubt) return unclear(doubt.why, guessOf(doubt, sum))
  if (has('instruction')) return { kind: 'none' }
  const concerns = findings.some((finding) => finding.kind === 'measure' && finding.concerns)
  if (!concerns && !has('follow-up', 'reserve', 'step')) return { kind: 'none' }
  return unclear('no-outcome', seemsDone(findings) ? report(sum, 'resolved') : inProgress)
}

/** Doubts about an end that go well with an assignment still under way. */
const unfinished: Why[] = ['negated', 'conditional', 'partial']

function unclear(why: Why, guess?: Action | null): Intent {
  return guess ? { kind: 'unclear', why, guess } : { kind: 'unclear', why }
}

function report({ findings, promise }: Sum, outcome: Outcome, reason: string | null = null): Feedback {
  return {
    kind: 'feedback',
    outcome,
    measures: measuresOf(findings, promise.date),
    promisedDate: promise.date,
    reason,
  }
}

/** The one outcome that ends the assignment, null for none; the weaker where both degrees of solved are named. */
function finalOutcome(findings: readonly Finding[]): Final | 'conflicting' | null {
  const named = new Set<Final>()
  for (const finding of findings) {
    if (finding.kind === 'done') named.add(finding.mostly ? 'mostly_resolved' : 'resolved')
    if (finding.kind === 'deferred' || finding.kind === 'reference') named.add(finding.kind)
  }
  if (named.has('mostly_resolved')) named.delete('resolved')
  const [only = null, another] = named
  return another ? 'conflicting' : only
}

/** 前期未解决…，现已解决: the earlier state is history. */
function withoutFormer(findings: readonly Finding[]): readonly Finding[] {
  const now = findings.findLastIndex(({ kind, clause }) => kind === 'done' && nowadays.in(clause.text))
  const passing: Finding['kind'][] = ['doubt', 'under-way', 'reserve']
  return findings.filter(
    ({ kind, clause }, i) => i >= now || !passing.includes(kind) || !formerly.in(clause.text),
  )
}

/** 东侧已修复，西侧没人管: a denial or a 但 behind the outcome, or wherever it stands a remainder. */
function isTakenBack(findings: readonly Finding[]): boolean {
  const last = findings.findLastIndex(({ kind }) => kind === 'done')
  return findings.some((finding, i) => {
    if (finding.kind === 'reserve') return i > last || !finding.contrast
    return i > last && finding.negative && (finding.kind === 'measure' || finding.kind === 'step')
  })
}

/** 基本解决 leaves a remainder open, and may say so; what is still open must be that remainder. */
function mayRemain(findings: readonly Finding[]): boolean {
  const settled: Finding['kind'][] = ['done', 'plan', 'follow-up', 'courtesy']
  const isOpen = (finding: Finding) =>
    finding.kind === 'doubt'
      ? finding.grave && finding.why !== 'conditional'
      : finding.kind === 'under-way' || finding.kind === 'reserve' || finding.negative
  return findings
    .filter((finding) => !settled.includes(finding.kind) && isOpen(finding))
    .every(({ clause: { text } }) => leftovers.in(text) && !relapses.in(text))
}

/** 已更换井盖3个: work done, though nobody says that it was all. */
function seemsDone(findings: readonly Finding[]): boolean {
  return findings.some(
    ({ kind, clause: { text } }) =>
      kind === 'measure' && /已|了|have|has/iu.test(text) && findMentions(text).length > 0,
  )
}

/** What was probably meant, to be offered and never to be acted on. */
function guessOf({ why, about }: Doubt, sum: Sum): Action | null {
  switch (about) {
    case 'done':
      return report(sum, unfinished.includes(why) ? 'in_progress' : 'resolved')
    case 'going':
      return report(sum, 'in_progress')
    case 'deferred':
    case 'reference':
      return report(sum, about)
    case 'acknowledge':
      return why === 'negated' ? null : { kind: 'acknowledge' }
    case 'extension':
      return why === 'negated' ? null : { kind: 'extension', reason: '', until: null }
    case 'return':
      return why === 'negated' ? null : { kind: 'return', reason: '', suggested: null }
  }
}
