import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { answering } from '../services/actor.ts'
import { submitFeedback } from '../services/assignment/feedback.ts'
import { defineChange } from './command.ts'
import { answerPlainWords } from './plain-words.ts'
import { replacement } from './replacement.ts'
import { blankToNull, codeAndRest, itemArg, outcomeArg } from './words.ts'

const form = z.object({
  item: itemArg,
  outcome: outcomeArg,
  measures: z.string().trim().min(1).max(1000),
  promisedDate: blankToNull.pipe(z.iso.date().nullable()),
  handler: blankToNull.pipe(z.string().max(50).nullable()),
  mayPublish: z.enum(['yes', 'no']).transform((choice) => choice === 'yes'),
})

/** A form brings its fields; words are read like a reply to the item's message. */
export const feedback = defineChange({
  name: 'feedback',
  roles: answering,
  args: z.union([z.object({ item: itemArg, words: z.string() }), form]),
  parse(words) {
    const { item, rest } = codeAndRest(words)
    if (rest === '') throw new UserError((t) => t.errors.needText)
    return { item, words: rest }
  },
  async run(call, args, work) {
    if ('words' in args) return answerPlainWords(call, work, [args.item], args.words)
    const { item, ...fields } = args
    const { t } = call.app.voice
    const { assignment } = await submitFeedback(work, call.actor, {
      code: item,
      draft: { ...fields, reason: null },
      mayReplace: false,
    })
    const outcome = t.outcomes[fields.outcome]
    return {
      reply: line(t.feedback.understood(assignment.item.code, outcome), 'success'),
      toast: t.toasts.submitted,
      replace: await replacement(call, work),
    }
  },
})
