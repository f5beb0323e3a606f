import { anyOf } from './cue.ts'
import {
  assertions,
  conditions,
  delegators,
  futures,
  hearsay,
  hedges,
  negators,
  partials,
  purposes,
  topics,
} from './cues/doubts.ts'
import { deferred, perfectives, underWay } from './cues/outcomes.ts'

const named = new RegExp(
  `^([^，。]{0,60}?)${anyOf(topics)}(?=[现也均都全目前基本圆满妥善顺利今昨天日早晚]{0,6}${anyOf([...perfectives, '基本'])})`,
  'u',
)
/** 群众反映的路灯不亮: 的 binds what stands before it to the name. */
const bound = /的[^的]{0,8}$/u
/** A problem's own words. */
const defects =
  /[不未](?:及时|规范|到位|合理|文明|合格|达标|完善|方便|均衡|清晰|整洁)|不[齐全准净牢灵匀]|未[修清封装批]|无(?:人|法)?[证照灯盖牌标序水电管]/gu
const speaks = /反映|投诉|来电|要求|希望|反馈|来信/u
const dangers = [
  negators,
  conditions,
  delegators,
  futures,
  hearsay,
  hedges,
  partials,
  purposes,
  underWay,
  deferred,
]

/**
 * Leaves out the name of the matter where a clause begins with it, so that what the name holds is not taken for what
 * the clause says: of 群众反映的路灯不亮问题已解决 remains 已解决. A name that itself asserts (不能说问题…) stays.
 */
export function withoutTopic(text: string): string {
  const found = named.exec(text)
  if (!found) return text
  const [whole, name = ''] = found
  if (assertions.in(name)) return text
  return bound.test(name) || isPlain(name.replace(defects, '')) ? text.slice(whole.length) : text
}

function isPlain(name: string): boolean {
  return !speaks.test(name) && !dangers.some((cue) => cue.in(name))
}
