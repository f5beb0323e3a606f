import { anyOf, cue, type Span, spanOf } from './cue.ts'
import {
  emptyManners,
  endNouns,
  ends,
  englishDone,
  englishEnds,
  englishWork,
  fillers,
  goodStates,
  manners,
  mostly,
  onlySteps,
  perfectives,
  results,
  states,
  works,
} from './cues/outcomes.ts'

/** Words that say that a matter came to its end, whatever else in their clause may speak against it. */
export interface Completion extends Span {
  /** 基本解决. */
  mostly: boolean
}

/** 已, or 已于11月18日. */
const happened = `${anyOf(perfectives)}(?:于[^，。]{1,14}?)?`
const manner = `${anyOf(manners)}{0,4}`
const end = anyOf(ends)
const work = anyOf(works)
const result = anyOf(results)
const state = anyOf(states)
const goodState = anyOf(goodStates)
/** 已将堵塞的通道, 已对该处. */
const handled = '(?:将|把|对|就)[^，。]{1,24}?'

const forms = [
  `${happened}(?:协调|沟通|协商|调解|协助)?${manner}${end}了?`,
  `${happened}${handled}${end}了?`,
  `(?:基本上?|已?基本得到|圆满|顺利)${end}了?`,
  `${end}(?:完毕|完成|到位|好了|了|啦|咯|喽)`,
  `(?:${happened}${manner}|基本上?)?(?:${work}){1,2}${result}`,
  `${work}(?:好|完|掉)了?$`,
  `(?:${happened}${manner}|基本上?)(?:${work}){1,2}了?$`,
  `${happened}${handled}(?:${work}){1,2}了?$`,
  `${happened}${manner}完成了?(?:$|[^，。]{0,30}?${work})`,
  `(?:${work}|工作|任务)[^，。]{0,4}${happened}${manner}(?:完成|结束|完毕|到位)`,
  `${happened}[^，。]{0,12}?完毕`,
  `${happened}[^，。]{2,10}?到位$`,
  `${happened}${manner}恢复正常\\p{Script=Han}{0,4}`,
  `${happened}${manner}(?:${state}){1,2}了?`,
  `${happened}[^，。]{0,6}?${goodState}$`,
  `${state}了`,
  `^(?:该|此)?(?:问题|矛盾|诉求|事项)(?:均|都|全部)?解决$`,
  `^(?:问题|事项|该事项|整改|工作|全部)?(?:办结|搞定|完成|完成了|销号|好了|妥了)$`,
].map((form) => new RegExp(form, 'gu'))

/** Behind 解决 these make it something else: 解决方案, 解决后, 已解决的. */
const notAnEnd =
  /^(?:了?的|后|之后|以后|前|之前|以前|时|期间|方案|办法|措施|情况|率|中|途径|过程|机制|思路|方式|期限|时限|进度|结果|意见|手续|流程|程序|材料|条件|力度|难度|建议|一下|不|得不)/u
/** What may follow the end of a matter in its clause; an object must itself name a matter. */
const mayFollow =
  /^(?:$|了?$|(?:工作|任务|作业|工程|事宜)了?$|哈|啦|咯|哦|并|且|和|及|与|请|谢|特此|现|望|，|。|[^\d一二两三四五六七八九十几半部大多]{0,24}(?:问题|难题|诉求|矛盾|难|困难|隐患|纠纷|事项|一事|情况)$)/u
const quantity = /^了?(?:约|近|共)?(?:[\d一二两三四五六七八九十几半]|部分|大部|大半|多数|一些|个别|主要)/u

/** Finds where a clause says so; a completion of a mere step, 招标已完成, is none. */
export function findCompletion(text: string): Completion | null {
  for (const form of forms) {
    for (const match of text.matchAll(form)) {
      const span = spanOf(match)
      if (stands(text, span)) return completion(text, span)
    }
  }
  const english = englishDone.all(text).find((span) => englishStands(text, span))
  return english ? completion(text, english) : null
}

function stands(text: string, { start, end: stop, text: words }: Span): boolean {
  const before = text.slice(0, start)
  const behind = text.slice(stop)
  if (notAnEnd.test(behind)) return false
  if (onlySteps.in(words) || onlySteps.in(before.slice(-8)) || onlySteps.in(behind.slice(0, 10))) return false
  return mayFollow.test(behind) || quantity.test(behind)
}

function englishStands(text: string, { start, end: stop, text: words }: Span): boolean {
  if (onlySteps.in(text)) return false
  const object = text.slice(stop).trim()
  const names = /^(?:complete|completed|finished|fixed|done|settled|closed)/i.test(words)
  const active = /^(?:the|a|an|our|its|their|all|this)\s/i.test(object)
  if (names && active) return englishWork.in(object)
  return (
    !/^(?:complete|done)$/i.test(words) ||
    start === 0 ||
    /(?:is|are|was|been|all|now|be|work|'s|it|ok|okay|yes)\s$/i.test(text.slice(0, start))
  )
}

function completion(text: string, span: Span): Completion {
  const before = text.slice(Math.max(0, span.start - 10), span.start)
  return { ...span, mostly: mostly.in(before + span.text) }
}

/** Whether nothing but filler words and marks is left. */
export function isBare(rest: string): boolean {
  return fillers.without(rest).replace(/[\s\p{P}\p{S}]/gu, '') === ''
}

/** Whether a clause says that the matter ended and no more, 该问题已妥善解决. */
export function saysOnlyDone(text: string): boolean {
  return isBare(onlyDone.without(mostly.without(text)))
}

const onlyDone = cue([...ends, ...results, ...perfectives, ...emptyManners, ...englishEnds, '完成'])

/** Any word that touches on the end of a matter: what is denied, promised or asked when one of these is. */
const endWords = cue([...ends, ...works, ...states, ...endNouns])

/** The words of a clause that touch on the end of its matter. */
export function findMentions(text: string): Span[] {
  return endWords.all(text)
}

/** Whether 一半, 3户 or the like follows: a part of it ended. */
export function isCounted(text: string, { end: stop }: Span): boolean {
  return quantity.test(text.slice(stop))
}
