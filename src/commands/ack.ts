import { z } from 'zod'
import { line } from '../messages/message.ts'
import { acknowledge } from '../services/acknowledge.ts'
import { answering } from '../services/actor.ts'
import { defineChange } from './command.ts'
import { replacement } from './replacement.ts'
import { codesOnly, itemsArg } from './words.ts'

export const ack = defineChange({
  name: 'ack',
  roles: answering,
  args: z.object({ items: itemsArg }),
  parse: (words) => ({ items: codesOnly(words) }),
  async run(call, { items }, work) {
    const { t } = call.app.voice
    const done = await acknowledge(work, call.actor, items)
    const codes = t.codes(done.map(({ item }) => item.code))
    return {
      reply: line(t.acknowledge.done(codes), 'success'),
      toast: t.toasts.acknowledged,
      replace: await replacement(call, work),
    }
  },
})
