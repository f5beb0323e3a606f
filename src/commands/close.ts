import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { close as strikeOff } from '../services/close.ts'
import { defineChange } from './command.ts'
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
  async run({ app, actor }, { items }, work) {
    await strikeOff(work, actor, items)
    return { reply: line(app.voice.t.close.done(app.voice.t.codes(items)), 'success') }
  },
})
