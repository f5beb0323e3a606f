import { anyOf, type Span, spanOf } from './cue.ts'
import { ourselves } from './cues/doubts.ts'
import { belongsTo, departmentEnds, englishDirections, noDepartment, sendsOn } from './cues/moves.ts'

const duty =
  '办理|处理|负责|承办|牵头|主办|答复|管|职|的|处置|受理|解决|研究|去|吧|接|执|协调|跟进|这边|那边|更|回|$|[，。；！、]'
const nameBehind = (directions: readonly string[], ends: readonly string[] = departmentEnds) =>
  new RegExp(
    `${anyOf(directions)}[^\\p{L}]{0,2}(?<name>\\p{Script=Han}{1,14}?${anyOf(ends)})(?=${duty})`,
    'gu',
  )
/** 请转青浦区办理 sends on and names no department. */
const sentOn = nameBehind(sendsOn, [...departmentEnds, '区', '县'])
/** Where it should go says more than whose a part of it is. */
const named = [nameBehind(sendsOn), nameBehind(belongsTo)]
const namedInEnglish = new RegExp(
  `${anyOf(englishDirections)}\\s(?:the\\s)?(?<name>[A-Z][\\p{L}&]*(?:\\s(?:of|and|the|[A-Z][\\p{L}&]*)){0,6})`,
  'u',
)
const self = new RegExp(`^(?:${anyOf(ourselves)}|我|本|咱)`, 'u')

/** Only officials handle an item; 应由物业公司负责 says who is liable. */
const official = /局|委|办|街道|政府|总队|支队|大队|镇|区|县/u

/** The department that a text says should have the item, as written; null where it names none. */
export function findDepartment(text: string): string | null {
  for (const pattern of named) {
    for (const match of text.matchAll(pattern)) {
      const name = match.groups?.name ?? ''
      if (!self.test(name) && !noDepartment.in(name)) return name
    }
  }
  return namedInEnglish.exec(text)?.groups?.name ?? null
}

/** Where a clause sends the item on to another department. */
export function directedTo(text: string): Span | null {
  for (const match of text.matchAll(sentOn)) {
    const name = match.groups?.name ?? ''
    if (!self.test(name) && official.test(name)) return spanOf(match)
  }
  return null
}
