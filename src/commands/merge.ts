import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { merge as join } from '../services/triage/merge.ts'
import { defineChange } from './command.ts'
import { codesOnly, itemArg, itemsArg } from './words.ts'

export const merge = defineChange({
  name: 'merge',
  roles: ['lead'],
  args: z.object({ items: itemsArg, into: itemArg }),
  parse(words) {
    const codes = codesOnly(words)
    const into = codes.pop()
    if (into === undefined) throw new UserError((t) => t.errors.needCode)
    if (codes.length === 0) throw new UserError((t) => t.triage.errors.needTwo)
    return { items: codes, into }
  },
  async run({ app, actor }, { items, into }, work) {
    const { t } = app.voice
    await join(work, actor, items, into)
    const done = t.triage.done.merged(t.codes(items), into)
    return { reply: line(done, 'success'), toast: done }
  },
})
