import type { Office } from '../office-hours.ts'
import type { LocalDate } from '../time.ts'
import { findCompletion, findMentions, isBare, isCounted, saysOnlyDone } from './completion.ts'
import { anyOf, type Span } from './cue.ts'
import {
  delegators,
  followUps,
  futures,
  hedges,
  negators,
  noLonger,
  ourselves,
  partials,
  purposes,
  remainders,
  waits,
} from './cues/doubts.ts'
import {
  acknowledgements,
  aroundAcknowledgement,
  asks,
  disclaimers,
  extensionWords,
  notAsking,
  plainAcknowledgements,
  sendsBack,
  suspends,
} from './cues/moves.ts'
import { deferred, promised, reference, steps, typos, underWay } from './cues/outcomes.ts'
import { closers, concerns, courtesies, instructions } from './cues/talk.ts'
import { findDates } from './dates.ts'
import { directedTo } from './department.ts'
import type { About, Finding, Said } from './findings.ts'
import type { Why } from './reading.ts'
import { withoutTopic } from './topic.ts'
import type { Voice } from './voice.ts'

interface Setting {
  today: LocalDate
  office: Office
  /** The clause before it in its sentence. */
  before: string
}

/** Reads one clause: the first of the moves below that finds its words there decides what it says. */
export function readClause(voice: Voice, setting: Setting): Finding {
  const { clause } = voice
  const dates = findDates(clause.text, setting.today, setting.office)
  const said = withoutTopic(clause.text)
  const negative = negators.in(noLonger.without(said))
  const at = { voice, text: clause.text, said, dates, setting }
  for (const move of moves) {
    const found = move(at)
    if (found) return { clause, dates, negative, ...found }
  }
  return {
    clause,
    dates,
    negative,
    kind: 'measure',
    concerns: concerns.in(clause.text) || findMentions(clause.text).length > 0,
  }
}

interface Here {
  voice: Voice
  text: string
  /** Without the name of the matter. */
  said: string
  dates: Finding['dates']
  setting: Setting
}

const moves: ((here: Here) => Said | null)[] = [
  readAside,
  readCourtesy,
  readAcknowledgement,
  readInstruction,
  readHeading,
  readExtension,
  readReturn,
  readSuspension,
  readDeferral,
  readReference,
  readTypo,
  readCompletion,
  readUnderWay,
  readMention,
  readStep,
  readReserve,
]

function readAside({ voice }: Here): Said | null {
  return voice.aside ? { kind: 'courtesy' } : null
}

function readCourtesy({ text, voice }: Here): Said | null {
  if (voice.asked || plainAcknowledgements.in(text) || exactAcknowledgement.test(text)) return null
  return isEmpty(courtesies.without(closers.without(text))) ? { kind: 'courtesy' } : null
}

const ownName =
  /^(?:市|区|上海市)?\p{Script=Han}{1,12}?(?:委员会|局|委|办|中心|公司|集团|街道|总队|支队|大队)(?=已?(?:收|签|知|接|阅))/u

function readAcknowledgement({ text, voice }: Here): Said | null {
  const words = acknowledgements.all(text)
  if (exactAcknowledgement.test(text)) return voice.asked ? null : { kind: 'acknowledge' }
  if (words.length === 0 || findCompletion(text)) return null
  if (/请|务必|麻烦|please/iu.test(text) && !/^(?:好的|收到|ok)/iu.test(text)) return null
  const rest = aroundAcknowledgement.without(acknowledgements.without(text.replace(ownName, '')))
  const received = /收到|签收|收悉|知悉|received|acknowledged/iu.test(text)
  if (negators.in(text) && received && findMentions(text).length === 0) return doubt('negated', 'acknowledge')
  if (!isEmpty(courtesies.without(rest))) return null
  if (/[？?]/u.test(voice.clause.mark) || (voice.asked && received && /吗|没/u.test(text)))
    return doubt('question', 'acknowledge')
  return plainAcknowledgements.in(text) ? { kind: 'acknowledge' } : null
}

const exactAcknowledgement = /^(?:好|行|嗯|好呀|好啊|是|中|可以|了解|了解了|已收|已阅|清楚|清楚了)$/u

function readInstruction({ text }: Here): Said | null {
  return instructions.in(text) && !extensionWords.in(text) ? { kind: 'instruction' } : null
}

/** 关于…问题的办理情况：says what the report is about. */
function readHeading({ text, dates }: Here): Said | null {
  if (!/^(?:关于|针对|对于|有关)/u.test(text) || dates.length > 0 || findCompletion(text)) return null
  return { kind: 'measure', concerns: true }
}

function readExtension({ text, voice }: Here): Said | null {
  const word = extensionWords
    .all(text)
    .find((span) => !/再给|多给/.test(span.text) || givesTime.test(text.slice(span.end)))
  if (!word) return null
  if (notAsking.in(text)) return doubt('no-outcome', 'extension', false)
  const asked = asks.in(text) || /^(?:再?延|宽限|推迟|顺延)/u.test(text)
  const why = whyNot(voice, text.slice(0, word.start), 'extension')
  if (why) return doubt(why, 'extension')
  if (!asked && negators.in(text)) return doubt('negated', 'extension')
  return asked ? { kind: 'extension' } : null
}

const givesTime = /^[^，。]{0,4}?(?:天|日|周|时间|星期|月|工作日|小时|宽限)/u

const competence =
  /^(?:这边|这里|单位|部门|局|委|办)?(?:的$|的?(?:职|管|权限|范围|负责|业务|主管|办理|处理|承办|事$|活|辖|归口|工作范围)|$)/u

function readReturn({ text, voice }: Here): Said | null {
  const no = disclaimers
    .all(text)
    .find((span) => !endsInSelf.test(span.text) || competence.test(text.slice(span.end)))
  const back = sendsBack.all(text).find((span) => !money.test(text.slice(span.end))) ?? directedTo(text)
  const found = no ?? back
  if (!found) return null
  const why = whyNot(voice, text.slice(0, found.start), 'return') ?? (partials.in(text) ? 'partial' : null)
  return why ? doubt(why, 'return') : { kind: 'return' }
}

/** 退回押金: what goes back is no item. */
const money =
  /^(?:押|款|费|定金|多收|保证金|原|给|居民|市民|业主|企业|群众|学费|剩余|预付|订金|了|到|来|全|部分|相|物|货|其|他)/u

const endsInSelf = new RegExp(`(?:不|非|跟|与|和)[^，。]{0,3}${anyOf(ourselves)}$`, 'u')

function readSuspension({ text }: Here): Said | null {
  return suspends.in(text) ? doubt('no-outcome', 'deferred') : null
}

function readDeferral(here: Here): Said | null {
  const found = deferred.all(here.said)[0]
  if (!found) return null
  const before = here.said.slice(0, found.start)
  if (/要求|责令|督促|通知|企业|商户/u.test(before)) return null
  const why = /申请/.test(before) ? 'no-outcome' : whyNot(here.voice, before.slice(-6), 'deferred')
  if (why) return doubt(why, 'deferred')
  return { kind: 'deferred', bare: isBare(without(here.text, found)) }
}

function readReference(here: Here): Said | null {
  const found = reference.all(here.text)[0]
  if (!found) return null
  const why = whyNot(here.voice, here.text.slice(0, found.start).slice(-6), 'reference')
  if (why) return doubt(why, 'reference')
  return { kind: 'reference', bare: isBare(without(here.text, found)) }
}

function readTypo({ text }: Here): Said | null {
  return typos.in(text) ? doubt('typo', 'done') : null
}

function readCompletion(here: Here): Said | null {
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

function readUnderWay(here: Here): Said | null {
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
function readMention(here: Here): Said | null {
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

function readStep({ said, voice }: Here): Said | null {
  const found = steps.all(said)[0]
  if (!found || voice.quoted || voice.asked || voice.conditional) return null
  if (negators.in(said.slice(0, found.start))) return null
  // Ours no more, or only somebody's to help with: a return has to say so.
  return passedOn.test(said) ? doubt('no-outcome', 'return', false) : { kind: 'step' }
}

/** 已转市水务局处理. */
const passedOn = /(?:转|移交)[^，。]{0,14}?(?:局|委(?!托)|街道|镇|新区|总队|支队|区政府|管委会)/u

function readReserve({ said, voice }: Here): Said | null {
  if (voice.conditional || voice.courteous) return null
  const hedged = hedges.in(said) && said.length <= 14
  const contrast = !remainders.in(said) && !hedged
  return !contrast || voice.clause.contrast ? { kind: 'reserve', contrast } : null
}

/** Why the words are no request or decision of ours, null where nothing speaks against them. */
function whyNot(voice: Voice, before: string, about: About): Why | null {
  if (negators.in(before)) return 'negated'
  if (voice.asked) return 'question'
  if (voice.quoted) return 'other-speaker'
  if (voice.conditional) return 'conditional'
  if (about !== 'return' && hedges.in(before)) return 'uncertain'
  return null
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

function withoutDates(said: string, dates: Finding['dates']): string {
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

function without(text: string, { text: words }: Span): string {
  return text.replace(words, '')
}

function isEmpty(text: string): boolean {
  return text.replace(/[\s\p{P}\p{S}]/gu, '') === ''
}

function doubt(why: Why, about: About, grave = true): Said {
  return { kind: 'doubt', why, about, grave }
}
