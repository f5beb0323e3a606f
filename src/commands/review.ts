import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { review as decide } from '../services/review.ts'
import { clickedCard, defineChange } from './command.ts'
import { replacement } from './replacement.ts'
import { codeAndRest, itemArg, wordings } from './words.ts'

const longestReason = 500

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
      except: clickedCard(call),
    })
    const done = decision === 'accept' ? t.toasts.accepted : t.toasts.redone
    return {
      reply: line(`${t.codes([item])} ${done}`, 'success'),
      toast: done,
      replace: await replacement(call, work),
    }
  },
})

/** `通过`, or `退回` and why. @throws {UserError} where it is neither */
export function decisionOf(words: string): { decision: 'accept' | 'redo'; reason?: string } {
  const [, first = '', rest = ''] = /^([^\s,，:：;；]+)[\s,，:：;；]*(.*)$/s.exec(words) ?? []
  const said = first.toLowerCase()
  if (wordings.some(({ words: known }) => known.accept.includes(said))) return { decision: 'accept' }
  if (wordings.some(({ words: known }) => known.redo.includes(said))) {
    if (rest.trim() === '') throw new UserError((t) => t.errors.needReason)
    return { decision: 'redo', reason: rest.trim() }
  }
  throw new UserError((t) => t.errors.needDecision)
}
