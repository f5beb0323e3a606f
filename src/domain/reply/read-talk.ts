import { findCompletion, findMentions } from './completion.ts'
import { negators } from './cues/doubts.ts'
import {
  acknowledgements,
  aroundAcknowledgement,
  extensionWords,
  plainAcknowledgements,
} from './cues/moves.ts'
import { closers, courtesies, instructions } from './cues/talk.ts'
import type { Said } from './findings.ts'
import { doubt, type Here, isEmpty } from './here.ts'

/** A question about photos or forms, which the bot leaves to people. */
export function readAside({ voice }: Here): Said | null {
  return voice.aside ? { kind: 'courtesy' } : null
}

/** 谢谢, 各位领导好, 请审核. */
export function readCourtesy({ text, voice }: Here): Said | null {
  if (voice.asked || plainAcknowledgements.in(text) || exactAcknowledgement.test(text)) return null
  return isEmpty(courtesies.without(closers.without(text))) ? { kind: 'courtesy' } : null
}

const ownName =
  /^(?:市|区|上海市)?\p{Script=Han}{1,12}?(?:委员会|局|委|办|中心|公司|集团|街道|总队|支队|大队)(?=已?(?:收|签|知|接|阅))/u

/** 收到, 已签收, 好的: nothing else may be in the clause, so that 收到投诉3起 is none. */
export function readAcknowledgement({ text, voice }: Here): Said | null {
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

/** 请各单位签收: said to others. */
export function readInstruction({ text }: Here): Said | null {
  return instructions.in(text) && !extensionWords.in(text) ? { kind: 'instruction' } : null
}

/** 关于…问题的办理情况：says what the report is about. */
export function readHeading({ text, dates }: Here): Said | null {
  if (!/^(?:关于|针对|对于|有关)/u.test(text) || dates.length > 0 || findCompletion(text)) return null
  return { kind: 'measure', concerns: true }
}
