import { isBare } from './completion.ts'
import { anyOf } from './cue.ts'
import { negators, ourselves, partials } from './cues/doubts.ts'
import { asks, disclaimers, extensionWords, notAsking, sendsBack, suspends } from './cues/moves.ts'
import { deferred, reference } from './cues/outcomes.ts'
import { directedTo } from './department.ts'
import type { Said } from './findings.ts'
import { doubt, type Here, whyNot, without } from './here.ts'

/** 申请延期3天, 再给两天时间; 企业申请延期开工 is about somebody else. */
export function readExtension({ text, voice }: Here): Said | null {
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

/** 再给两天, and not 再给居民做工作. */
const givesTime = /^[^，。]{0,4}?(?:天|日|周|时间|星期|月|工作日|小时|宽限)/u

/** 不归我局管, 退回, 建议转市水务局. */
export function readReturn({ text, voice }: Here): Said | null {
  const no = disclaimers
    .all(text)
    .find((span) => !endsInSelf.test(span.text) || competence.test(text.slice(span.end)))
  const back = sendsBack.all(text).find((span) => !money.test(text.slice(span.end))) ?? directedTo(text)
  const found = no ?? back
  if (!found) return null
  const why = whyNot(voice, text.slice(0, found.start), 'return') ?? (partials.in(text) ? 'partial' : null)
  return why ? doubt(why, 'return') : { kind: 'return' }
}

/** Behind 不是我局: 的职责, 管的. 不是我们不想办 is none. */
const competence =
  /^(?:这边|这里|单位|部门|局|委|办)?(?:的$|的?(?:职|管|权限|范围|负责|业务|主管|办理|处理|承办|事$|活|辖|归口|工作范围)|$)/u

/** 退回押金: what goes back is no item. */
const money =
  /^(?:押|款|费|定金|多收|保证金|原|给|居民|市民|业主|企业|群众|学费|剩余|预付|订金|了|到|来|全|部分|相|物|货|其|他)/u

/** Only these need `competence` behind them. */
const endsInSelf = new RegExp(`(?:不|非|跟|与|和)[^，。]{0,3}${anyOf(ourselves)}$`, 'u')

/** 申请挂账 has a command of its own. */
export function readSuspension({ text }: Here): Said | null {
  return suspends.in(text) ? doubt('no-outcome', 'deferred') : null
}

/** 暂缓办理, unless it is what somebody was told to do. */
export function readDeferral(here: Here): Said | null {
  const found = deferred.all(here.said)[0]
  if (!found) return null
  const before = here.said.slice(0, found.start)
  if (/要求|责令|督促|通知|企业|商户/u.test(before)) return null
  const why = /申请/.test(before) ? 'no-outcome' : whyNot(here.voice, before.slice(-6), 'deferred')
  if (why) return doubt(why, 'deferred')
  return { kind: 'deferred', bare: isBare(without(here.text, found)) }
}

/** 留作参考. */
export function readReference(here: Here): Said | null {
  const found = reference.all(here.text)[0]
  if (!found) return null
  const why = whyNot(here.voice, here.text.slice(0, found.start).slice(-6), 'reference')
  if (why) return doubt(why, 'reference')
  return { kind: 'reference', bare: isBare(without(here.text, found)) }
}
