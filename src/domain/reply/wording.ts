import type { LocalDate } from '../time.ts'
import { extensionWords } from './cues/moves.ts'
import { deferred, emptyReasons, reference } from './cues/outcomes.ts'
import type { Finding } from './findings.ts'

/**
 * What was done, in the official's words: all but politeness, acknowledgement, the bare outcome, and at either end the day
 * that was taken for the promise.
 */
export function measuresOf(findings: readonly Finding[], promise: LocalDate | null): string {
  const said = findings.filter((finding) => !isBareOutcome(finding) && finding.kind !== 'acknowledge')
  return joined(withoutPromise(said, promise)) || joined(said)
}

/** A day at the beginning may be that of what its sentence goes on to say; at the end it only closes it. */
function withoutPromise(findings: readonly Finding[], promise: LocalDate | null): readonly Finding[] {
  const isPassed = (finding: Finding) => finding.kind === 'courtesy' || isPromise(finding, promise)
  const last = findings.findLastIndex((finding) => !isPassed(finding))
  const first = findings.findIndex(
    (finding, at) => !isPassed(finding) || findings[at + 1]?.clause.sentence === finding.clause.sentence,
  )
  return findings.slice(Math.max(0, first), last + 1)
}

/** No more than that day, 11月30日前办结: 预计…解决 is a sentence of the official's. */
function isPromise({ clause, dates }: Finding, promise: LocalDate | null): boolean {
  const [only, another] = dates
  if (!only || another || promise === null || only.date !== promise) return false
  const rest = clause.text.slice(0, only.start) + clause.text.slice(only.end)
  return rest.replace(finishing, '').replace(/[\s\p{P}]/gu, '') === ''
}

/** Why it is put off or kept for reference: what stands behind 因, or else all that the reply says besides. */
export function reasonOf(findings: readonly Finding[]): string | null {
  const given = findings
    .map((finding) => becauseOf(finding.clause.text.replace(outcomeWords, '')))
    .filter((reason) => reason !== '' && !isEmptyReason(reason))
  if (given.length > 0) return given.join('；')
  const rest = joined(findings.filter((finding) => !isBareOutcome(finding) && isContent(finding)))
  return isEmptyReason(rest.replace(outcomeWords, '')) ? null : rest.replace(leadIn, '').replace(/^：/u, '')
}

/** Why more time is asked for: all that the reply says besides the request. */
export function extensionReasonOf(findings: readonly Finding[]): string | null {
  const parts = findings.map((finding) => {
    const { text, raw, mark } = finding.clause
    if (finding.kind !== 'extension') return isContent(finding) ? raw + mark : ''
    const given = becauseOf(text) || withoutRequest(text)
    return given === '' ? '' : given + mark
  })
  const reason = tidy(parts.join('')).replace(leadIn, '').trim()
  return isEmptyReason(reason) ? null : reason
}

/** The whole of what a return says; null for 退回 alone. */
export function returnReasonOf(findings: readonly Finding[]): string | null {
  const text = joined(findings.filter((finding) => finding.kind !== 'acknowledge'))
  return isEmptyReason(text.replace(bareReturn, '')) ? null : text
}

const finishing =
  /[于在到至之以前内]|左右|[上中下]午|下班|完成|办结|办完|(?<![a-z])(?:by|before|on|until)(?![a-z])/giu
const bareReturn =
  /(?:申请|请|现|建议|特此|予以|作)?(?:退回|退单|改派|转派)(?:处理|专班|重派)?|予以?|please return(?: it)?/giu
const leadIn =
  /^(?:受(?=[^，。]{2,}(?:限制|影响|制约))|(?:主要|具体)?(?:是|系)?(?:原因(?:是|为|：|:)?|因为|因|由于|鉴于|理由(?:是|为|：|:)?|because of|because|as|due to|since))\s?/iu
const because =
  /(?:原因(?:是|为|：|:)?|因为|由于|鉴于|理由(?:是|为)?|(?<!原)因(?!此|而|地制宜|素|子)|because of|because|due to|since)\s?(?<reason>[^，。]+)/iu
const outcomeWords = /暂缓\p{Script=Han}{0,4}$|留作\p{Script=Han}{0,8}参考$/gu
const request =
  /(?:故|现|特|拟|所以|因此|需要|需|我局|我委|我们|希望|恳请|请求|申请|请予|请|能否|想|要){0,4}(?:再?(?:延期|延长|宽限|顺延|延后|展期|延到|延至|推迟)|再给|多给)/u

/** All of it, as written. */
export function textOf(findings: readonly Finding[]): string {
  return findings.map(({ clause }) => clause.raw + clause.mark).join('')
}

function becauseOf(text: string): string {
  const reason = because.exec(text)?.groups?.reason ?? ''
  const asked = reason.search(request)
  return (asked >= 0 ? reason.slice(0, asked) : reason).replace(/(?:特|故|现|需|拟|而)$/u, '').trim()
}

/** The words before a request for more time, 涉及多部门会商申请延期3天. */
function withoutRequest(text: string): string {
  const asked = text.search(request)
  const before = asked < 0 ? '' : text.slice(0, asked).replace(/(?:特|故|现|需|拟|和|并|建议)$/u, '')
  return before.length > 3 && !extensionWords.in(before) ? before : ''
}

function isBareOutcome(finding: Finding): boolean {
  return 'bare' in finding && finding.bare
}

function isContent({ kind }: Finding): boolean {
  return kind !== 'courtesy' && kind !== 'acknowledge' && kind !== 'extension'
}

function isEmptyReason(text: string): boolean {
  const rest = emptyReasons.without(deferred.without(reference.without(text)))
  return rest.replace(/[\s\p{P}]/gu, '').length < 2
}

function joined(findings: readonly Finding[]): string {
  // A mark that stands alone, a new line or an opening bracket, belongs to what is beside it.
  return tidy(textOf(findings.filter(({ kind, clause }) => kind !== 'courtesy' || clause.text === '')))
}

/** Without marks and spaces at either end; a closing bracket stays with its opening one. */
function tidy(text: string): string {
  const trimmed = text
    .replace(/^[\s，。；：！、,.;:!）)]+/u, '')
    .replace(/(?<![\s，。；：！、,.;:!（(])[\s，。；：！、,.;:!（(]+$/u, '')
  return trimmed.includes('）') && !trimmed.includes('（') ? trimmed.replaceAll('）', '') : trimmed
}
