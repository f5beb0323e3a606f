import { spanOf } from './cue.ts'
import { numberOf } from './numerals.ts'

export interface NamedItems {
  items: number[]
  /** The text without them. */
  rest: string
  /** Not certain that the text is about all of these, or about these at all: 同#13, 与#13重复. */
  doubtful: boolean
}

/** Nouns for an item: 12号事项. */
const noun = '(?:事项|工单|交办件|督办件|交办单|派单|件|单|建议|诉求|意见)'
/** What makes #12 a building, a line or a manhole, and no item. */
const place =
  '(?:楼|幢|栋|院|座|门|桥|地块|地铁|线|井|桩|泵|机组|库|路(?!灯|面|口)|街|弄|室|塔|热线|标段|码头)'
const number = '(?<n>[1-9]\\d{0,5})'

const forms = [
  `【?#${number}(?:号${noun}?|(?=${noun}))?(?![\\w#%-]|号|${place})】?`,
  `(?<![\\d第.-])${number}号${noun}`,
  `第${number}号(?:${noun}|(?=[，。；：！？、\\s已现正均收签办]|$))`,
  `第?(?<n>[一二三四五六七八九十百]{1,5})号${noun}`,
  `(?:事项|工单|编号|派单|交办件)(?:编号|号)?[：:\\s]?#?${number}(?![\\d.%年月日天个项处件号点])`,
  `(?<![a-z])(?:item|case|no\\.)\\s?#?${number}(?![\\w.%-])`,
].map((form) => new RegExp(form, 'giu'))

const range = /#([1-9]\d{0,5})\s?(?:-|~|—|–|至|到)\s?#([1-9]\d{0,5})(?![\w-])/g
const longestRange = 50

const joint = /^[\s、，,/和与及跟&；]*(?:and\s)?$/iu
const pointsElsewhere = /(?:同|见|照|参考|类似|与|和|跟|see|like|as in|same as)\s?$/iu
const likensTo = /^\s?(?:重复|相同|类似|一样|同样|同类|一并|合并|是同)/u

/** Finds the items that a canonical text names, in forms that can mean nothing else. */
export function takeItems(text: string): NamedItems {
  const spelled = text.replace(range, (whole, from: string, to: string) => spellRange(whole, +from, +to))
  const found = forms
    .flatMap((form) => [...spelled.matchAll(form)])
    .map((match) => ({ ...spanOf(match), n: numberOf(match.groups?.n ?? '') }))
    .sort((a, b) => a.start - b.start || b.end - a.end)

  const items: number[] = []
  let rest = ''
  let end = 0
  let doubtful = false
  for (const { start, end: next, n } of found) {
    if (start < end) continue
    const between = spelled.slice(end, start)
    if (items.length === 0) doubtful ||= pointsElsewhere.test(between)
    else if (!joint.test(between) && items.some((item) => item !== n)) doubtful = true
    rest += joint.test(between) ? '' : between.replace(/(?<!\s)\s+$/u, '，')
    items.push(n)
    end = next
  }
  const behind = spelled.slice(end)
  if (items.length > 0) doubtful ||= likensTo.test(behind)
  return { items: [...new Set(items)], rest: trimmed(rest + behind), doubtful }
}

function spellRange(whole: string, from: number, to: number): string {
  if (to <= from || to - from > longestRange) return whole
  return Array.from({ length: to - from + 1 }, (_, i) => `#${from + i}`).join('、')
}

function trimmed(text: string): string {
  return text.replace(/^[\s，、：:,;；。.-]+/u, '').trimEnd()
}
