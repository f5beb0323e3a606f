import { anyOf, type Span, spanOf } from './cue.ts'
import { ourselves } from './cues/doubts.ts'
import { departmentEnds, directions, englishDirections, noDepartment } from './cues/moves.ts'

const duty =
  '办理|处理|负责|承办|牵头|主办|答复|管|职|的|处置|受理|解决|研究|去|吧|接|执|协调|跟进|这边|那边|更|回|$|[，。；！、]'
const named = new RegExp(
  `(?:${anyOf(directions)})[^\\p{L}]{0,2}(?<name>\\p{Script=Han}{1,14}?${anyOf(departmentEnds)})(?=${duty})`,
  'gu',
)
const namedInEnglish = new RegExp(
  `(?:${anyOf(englishDirections)})\\s(?:the\\s)?(?<name>[A-Z][\\p{L}&]*(?:\\s(?:of|and|the|[A-Z][\\p{L}&]*)){0,6})`,
  'u',
)
const self = new RegExp(`^(?:${anyOf(ourselves)}|我|本|咱)`, 'u')

/** Only officials handle an item; 应由物业公司负责 says who is liable. */
const handles = /局|委|办|街道|政府|总队|支队|大队|管委会|镇|新区/u
const sendsOn = new RegExp(
  `(?:${anyOf(directions.filter((word) => /^(?:应由|应转|应交由|建议转|建议改派|建议交由|建议由|请转|请改派|请交由|改派|转派|该由|应该由|宜由)/.test(word)))})\\p{Script=Han}{1,14}?(?:${handles.source})(?:$|${duty})`,
  'u',
)

/** The department that a text says should have the item, as written; null where it names none. */
export function findDepartment(text: string): string | null {
  for (const match of text.matchAll(named)) {
    const name = match.groups?.name ?? ''
    if (!self.test(name) && !noDepartment.in(name)) return name
  }
  return namedInEnglish.exec(text)?.groups?.name ?? null
}

/** Where a clause sends the item on to another department. */
export function directedTo(text: string): Span | null {
  const found = sendsOn.exec(text)
  if (!found || self.test(found[0].replace(new RegExp(`^(?:${anyOf(directions)})`, 'u'), ''))) return null
  return spanOf(found)
}
