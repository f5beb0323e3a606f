import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { longestReason } from '../messages/triage.ts'
import { decline as refuse } from '../services/triage/decline.ts'
import { defineChange } from './command.ts'
import { codeAndRest, itemArg } from './words.ts'

export const decline = defineChange({
  name: 'decline',
  roles: ['lead'],
  args: z.object({ item: itemArg, reason: z.string().trim() }),
  parse(words) {
    const { item, rest } = codeAndRest(words)
    return { item, reason: checkedReason(rest) }
  },
  async run({ app, actor }, { item, reason }, work) {
    await refuse(work, actor, item, checkedReason(reason))
    const done = app.voice.t.triage.done.declined(item)
    return { reply: line(done, 'success'), toast: done }
  },
})

/** @throws {UserError} where there is none, or far too much of it */
export function checkedReason(reason: string | undefined): string {
  if (!reason) throw new UserError((t) => t.errors.needReason)
  if (reason.length > longestReason) {
    throw new UserError((t) => t.errors.tooLong(t.triage.form.reason, longestReason))
  }
  return reason
}
