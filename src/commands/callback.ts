import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { callBack } from '../services/closing/callback.ts'
import { defineChange } from './command.ts'
import { replacement } from './replacement.ts'
import { blankToNull, codeAndRest, itemArg, wordAndRest, wordings } from './words.ts'

const longestNote = 500

export const callback = defineChange({
  name: 'callback',
  roles: ['lead'],
  args: z.object({
    item: itemArg,
    satisfied: z.enum(['yes', 'no']),
    note: blankToNull.pipe(z.string().max(longestNote).nullable()),
  }),
  parse(words) {
    const { item, rest } = codeAndRest(words)
    return { item, ...resultOf(rest) }
  },
  async run(call, { item, satisfied, note }, work) {
    const { voice } = call.app
    const { t } = voice
    const again = await callBack(work, call.actor, { code: item, satisfied: satisfied === 'yes', note })
    const text = again
      ? t.closing.callback.reopened(item, again.department.name, voice.moment(again.dueAt))
      : t.closing.callback.satisfied(item)
    return {
      reply: line(text, again ? 'warning' : 'success'),
      toast: text,
      replace: await replacement(call, work),
    }
  },
})

/** `满意`, or `不满意` and why. @throws {UserError} where it is neither */
function resultOf(words: string): { satisfied: 'yes' | 'no'; note: string } {
  const { word, rest } = wordAndRest(words)
  const says = (kind: 'satisfied' | 'unsatisfied') =>
    wordings.some(({ closing }) => closing.words[kind].includes(word))
  if (says('unsatisfied')) return { satisfied: 'no', note: rest }
  if (says('satisfied')) return { satisfied: 'yes', note: rest }
  throw new UserError((t) => t.closing.callback.need)
}
