import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { review as decide } from '../services/assignment/review.ts'
import { defineChange } from './command.ts'
import { replacement } from './replacement.ts'
import { codeAndRest, itemArg, wordAndRest, wordings } from './words.ts'

const longestReason = 500
/** All that may follow an acceptance: with anything more it might be a question, or a condition. */
const politeness =
  /^(?:(?:已阅|已看过?|看过了|没问题|很好)(?:$|[\s,，。.!！]+))?(?:(?:辛苦|谢谢|感谢|thanks|thank you)[^?？]{0,10})?$/i

interface Decision {
  decision: 'accept' | 'redo'
  reason?: string
}

export const review = defineChange({
  name: 'review',
  roles: ['lead'],
  args: z.object({
    item: itemArg,
    decision: z.enum(['accept', 'redo']),
    reason: z.string().trim().max(longestReason).optional(),
    feedback: z.coerce.number().pipe(z.int().positive()).optional(),
  }),
  parse(words) {
    const { item, rest } = codeAndRest(words)
    return { item, ...decisionOf(rest) }
  },
  async run(call, { item, decision, reason, feedback }, work) {
    const { t } = call.app.voice
    if (decision === 'redo' && !reason) throw new UserError((w) => w.errors.needReason)
    await decide(work, call.actor, {
      code: item,
      decision: decision === 'accept' ? { result: 'accept' } : { result: 'redo', reason: reason ?? '' },
      feedbackId: feedback,
    })
    const done = decision === 'accept' ? t.toasts.accepted : t.toasts.redone
    return {
      reply: line(`${t.codes([item])} ${done}`, 'success'),
      toast: done,
      replace: await replacement(call, work),
    }
  },
})

/** `通过`, or `退回` and why. @throws {UserError} where it is neither, or too long */
export function decisionOf(words: string): Decision {
  const decided = decisionIn(words)
  if (decided === null) throw new UserError((t) => t.errors.needDecision)
  if (decided.decision === 'redo' && !decided.reason) throw new UserError((t) => t.errors.needReason)
  if ((decided.reason?.length ?? 0) > longestReason)
    throw new UserError((t) => t.errors.tooLong(t.review.redoReason, longestReason))
  return decided
}

/** Nothing but thanks, that it was read, or nothing at all. */
export function isPolite(words: string): boolean {
  return politeness.test(words)
}

/** What the words decide; null where it is not certain that they decide anything. */
function decisionIn(words: string): Decision | null {
  const { word: said, rest } = wordAndRest(words)
  if (wordings.some(({ words: known }) => known.accept.includes(said))) {
    return isPolite(rest) ? { decision: 'accept' } : null
  }
  const sendsBack = wordings.some(({ words: known }) => known.redo.includes(said))
  return sendsBack ? { decision: 'redo', reason: rest } : null
}
