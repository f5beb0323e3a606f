import { anyOf } from './cue.ts'
import { assertions, topics } from './cues/doubts.ts'
import { perfectives } from './cues/outcomes.ts'

const named = new RegExp(
  `^([^，。]{0,60}?)(${anyOf(topics)})(?=[现也均都全目前基本圆满妥善顺利今昨天日早晚]{0,6}${anyOf([...perfectives, '基本'])})`,
  'u',
)
/** A problem's own words, without 的 to bind them: 路灯不亮问题. */
const plain =
  /^[^不没无未非]*(?:不[亮平通畅足便洁响明当热稳符好准齐净牢灵匀][^不没无未非]{0,3}|不(?:及时|规范|到位|合理|文明|合格|达标|完善|方便|均衡|清晰|整洁)|无(?:证|照|灯|盖|人|牌|标|序|水|电)|未(?:修|清|封|装|批|及时清运|及时修复))?[^不没无未非]{0,6}$/u

/**
 * Leaves out the name of the matter where a clause begins with it, so that what the name holds is not taken for what
 * the clause says: of 群众反映的路灯不亮问题已解决 remains 已解决. A name that itself asserts (不能说问题…) stays.
 */
export function withoutTopic(text: string): string {
  const found = named.exec(text)
  if (!found) return text
  const [whole, name = ''] = found
  if (assertions.in(name)) return text
  const bound = /的[^的]{0,8}$/u.test(name)
  return bound || (plain.test(name) && !speaks.test(name)) ? text.slice(whole.length) : text
}

const speaks = /反映|投诉|来电|要求|希望|部分|其中|除|仅|个别|多数/u
