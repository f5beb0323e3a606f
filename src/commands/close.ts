import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { close as strikeOff } from '../services/closing/close.ts'
import { defineChange } from './command.ts'
import { replacement } from './replacement.ts'
import { codesOnly, itemsArg } from './words.ts'

export const close = defineChange({
  name: 'close',
  roles: ['lead'],
  args: z.object({ items: itemsArg }),
  parse(words) {
    const items = codesOnly(words)
    if (items.length === 0) throw new UserError((t) => t.errors.needCode)
    return { items }
  },
  async run(call, { items }, work) {
    const { t } = call.app.voice
    const notCalledBack = await strikeOff(work, call.actor, items)
    const done = t.close.done(t.codes(items))
    const text =
      notCalledBack.length === 0 ? done : `${done}${t.closing.close.notCalledBack(t.codes(notCalledBack))}`
    return {
      reply: line(text, notCalledBack.length === 0 ? 'success' : 'warning'),
      toast: text,
      replace: await replacement(call, work),
    }
  },
})
