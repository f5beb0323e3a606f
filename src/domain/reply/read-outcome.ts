import { findCompletion, findMentions, isBare, isCounted, saysOnlyDone } from './completion.ts'
import type { Span } from './cue.ts'
import {
  delegators,
  followUps,
  futures,
  hedges,
  negators,
  noLonger,
  partials,
  purposes,
  remainders,
  waits,
} from './cues/doubts.ts'
import { aroundAcknowledgement } from './cues/moves.ts'
import { promised, steps, typos, underWay } from './cues/outcomes.ts'
import type { Said } from './findings.ts'
import { doubt, type Here, isEmpty, without } from './here.ts'

/** 以解决: too near to 已解决 to pass over, too far to act on. */
export function readTypo({ text }: Here): Said | null {
  return typos.in(text) ? doubt('typo', 'done') : null
}

/** 已解决, 路灯已修复, with all that may speak against it, the plainest first. */
export function readCompletion(here: Here): Said | null {
  const { said, voice } = here
  const found = findCompletion(said)
  if (!found) return null
  if (voice.asked) return doubt('question', 'done')
  if (isDenied(here, said)) return doubt('negated', 'done')
  if ((voice.quoted && !isTopicQuoted(here)) || told.test(said.slice(0, found.start)))
    return doubt('other-speaker', 'done')
  if (voice.conditional || voice.courteous || waits.in(said) || waitsFor.test(here.text))
    return doubt('conditional', 'done')
  if (isPromise(here, said.slice(0, found.start)))
    return here.dates.length === 0 && /已|了$/u.test(found.text)
      ? doubt('uncertain', 'done')
      : { kind: 'plan', prompt: false }
  if (partials.in(here.text) || onlyThis.test(here.text) || isCounted(said, found))
    return doubt('partial', 'done')
  if (hedges.in(said)) return doubt('uncertain', 'done')
  if (underWay.in(said)) return doubt('conflicting', 'done')
  if (delegators.in(said.slice(0, found.start)) || purposes.in(said.slice(0, found.start)))
    return doubt('no-outcome', 'done')
  if (remainders.in(said)) return doubt('conflicting', 'done')
  return { kind: 'done', mostly: found.mostly, bare: saysOnlyDone(here.text) }
}

/** 上次说…: in whose words, it does not say. */
const told = /说(?!明)|(?<![名简职])称(?!谓)/u
/** 只, unless it counts animals and lamps. */
const onlyThis =
  /(?<![\d一二两三四五六七八九十几多这那每整])只|中(?:的|有)?[\d一二两三四五六七八九十]{1,3}[个处户件条项名栋]|^[\d一二两三四五六七八九十]{1,3}[个处户件条项名栋]已/u
/** 等 at the head waits, behind nouns it lists; 别 at the head forbids. */
const waitsFor = /^(?:还得?|仍需?|需要?|要|就|只)?(?:等(?!级|额)|别(?![墅处的人]))/u

/** 正在办理, 推进中. */
export function readUnderWay(here: Here): Said | null {
  const { said, voice } = here
  const found = underWay.all(said)[0]
  if (!found) return null
  if (negators.in(said.slice(Math.max(0, found.start - 4), found.start))) return doubt('negated', 'going')
  if (voice.asked) return doubt('question', 'going')
  if (voice.quoted) return doubt('other-speaker', 'going')
  if (voice.conditional) return doubt('conditional', 'going')
  if (isFollowUp(said)) return { kind: 'follow-up' }
  if (/^(?:跟进|催办|.{2}推进)$/u.test(found.text) && futures.in(said.slice(0, found.start)))
    return { kind: 'plan', prompt: false }
  return { kind: 'under-way', bare: isBare(without(here.text, found)) }
}

/** Touches on the end of the matter without saying that it came. */
export function readMention(here: Here): Said | null {
  const { said, voice, dates } = here
  const mentions = findMentions(said)
  const first = mentions[0]
  const due = dates.some(({ limit, date }) => limit || date === null || date > here.setting.today)
  if (leftUndone.test(noLonger.without(said)) && !voice.courteous && !voice.asked)
    return doubt('negated', 'done')
  const only = dates.length > 0 && isDateOnly(here)
  if (only && !due && !futures.in(said)) return doubt('no-outcome', 'going', false)
  if (!first && !(due && (promised.in(said) || only))) return null
  if (voice.asked) return doubt('question', 'done')
  if (voice.courteous) return { kind: 'follow-up' }
  if (first && isDenied(here, said)) return doubt('negated', 'done', !isAttribute(said, first))
  if (voice.quoted) return doubt('other-speaker', 'done', false)
  if (isFollowUp(said) && dates.length === 0) return { kind: 'follow-up' }
  if (voice.conditional) return doubt('conditional', 'done')
  if (!due && mentions.some(({ end }) => /^(?:后|之后|以后|前|之前|时)/u.test(said.slice(end))))
    return doubt('conditional', 'done', false)
  if (only && !futures.in(said) && !dates.some(({ limit }) => limit))
    return doubt('no-outcome', 'going', false)
  if (due) return { kind: 'plan', prompt: isPrompt(here) }
  if (waits.in(said)) return doubt('conditional', 'done')
  const before = said.slice(0, first?.start)
  if (purposes.in(before)) return readStep(here)
  if (first && futures.in(before) && !delegators.in(before)) return { kind: 'plan', prompt: isPrompt(here) }
  if (first && partials.in(said)) return doubt('partial', 'done', /解决|办结|完成/u.test(first.text))
  if (first && isCounted(said, first)) return doubt('partial', 'done', false)
  if (hedges.in(said)) return doubt('uncertain', 'done')
  return readStep(here)
}

/** 未修, 没弄: not done, of work that no table names. */
const leftUndone = /(?:没有?|未|还没)(?:修|清|装|拆|弄|搞|办|做|动|通|换|改|完|好|结|搬|退|发|补|成)/u

/** 已安排, 已派员: being solved, where nothing else is said. */
export function readStep({ said, voice }: Here): Said | null {
  const found = steps.all(said)[0]
  if (!found || voice.quoted || voice.asked || voice.conditional) return null
  if (negators.in(said.slice(0, found.start))) return null
  // Ours no more, or only somebody's to help with: a return has to say so.
  return passedOn.test(said) ? doubt('no-outcome', 'return', false) : { kind: 'step' }
}

/** 已转市水务局处理. */
const passedOn = /(?:转|移交)[^，。]{0,14}?(?:局|委(?!托)|街道|镇|新区|总队|支队|区政府|管委会)/u

/** 还有2户, 待验收, 但…: not the whole of it. */
export function readReserve({ said, voice }: Here): Said | null {
  if (voice.conditional || voice.courteous) return null
  const hedged = hedges.in(said) && said.length <= 14
  const contrast = !remainders.in(said) && !hedged
  return !contrast || voice.clause.contrast ? { kind: 'reserve', contrast } : null
}

function isDenied({ setting }: Here, said: string): boolean {
  if (negators.in(said)) return true
  const { before } = setting
  return before.length <= 5 && negators.in(before) && findMentions(before).length === 0
}

/** 群众反映的…问题已解决: the matter is theirs, the statement ours. */
function isTopicQuoted({ text, said }: Here): boolean {
  return said !== text
}

/** A deadline, or a word about the future before the end. */
function isPromise({ dates, setting }: Here, before: string): boolean {
  return (
    futures.in(before) || dates.some(({ date, limit }) => limit || (date !== null && date > setting.today))
  )
}

/** 预计下周三: a date, and at most a word about the future. */
function isDateOnly({ said, dates }: Here): boolean {
  return isBare(futures.without(withoutDates(said, dates)).replace(/[完好]$/u, ''))
}

function withoutDates(said: string, dates: Here['dates']): string {
  return dates
    .reduce((text, { start, end }) => text.replace(said.slice(start, end), ''), said)
    .replace(/左右|之?前|以前|内|(?<![a-z])(?:by|on|until)(?![a-z])/giu, '')
}

/** 我们马上处理, 周五前反馈: seen, and ours. */
function isPrompt({ said, dates }: Here): boolean {
  if (dates.length === 0 && !/马上|立即|立刻|即刻|尽快|抓紧|right away|at once|immediately/iu.test(said))
    return false
  return isEmpty(aroundAcknowledgement.without(withoutDates(said, dates)))
}

function isFollowUp(said: string): boolean {
  return followUps.in(said) && !/解决|办结/u.test(said)
}

/** 未解决的: names a matter rather than denying its end. */
function isAttribute(said: string, mention: Span): boolean {
  return /^[^，。]{0,3}的/u.test(said.slice(mention.end)) && !/解决|办结/u.test(mention.text)
}
