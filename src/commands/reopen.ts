import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { reopen as giveOutAnew } from '../services/closing/reopen.ts'
import { defineChange } from './command.ts'
import { codeAndRest, itemArg } from './words.ts'

const longestReason = 500

export const reopen = defineChange({
  name: 'reopen',
  roles: ['lead'],
  args: z.object({ item: itemArg, reason: z.string().trim().min(1).max(longestReason) }),
  parse(words) {
    const { item, rest } = codeAndRest(words)
    if (rest === '') throw new UserError((t) => t.errors.needReason)
    return { item, reason: rest }
  },
  async run({ actor, app }, { item, reason }, work) {
    const { moment, t } = app.voice
    const { department, dueAt } = await giveOutAnew(work, actor, { code: item, reason })
    return { reply: line(t.closing.reopen.done(item, department.name, moment(dueAt)), 'success') }
  },
})
