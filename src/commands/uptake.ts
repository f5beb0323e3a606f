import { z } from 'zod'
import { uptakeKinds } from '../domain/closing.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { takeUp } from '../services/closing/uptake.ts'
import { defineChange } from './command.ts'
import { codeAndRest, itemArg, wordAndRest, wordings } from './words.ts'

const longestNote = 500

export const uptake = defineChange({
  name: 'uptake',
  roles: ['lead'],
  args: z.object({
    item: itemArg,
    kind: z.enum(uptakeKinds),
    note: z.string().trim().min(1).max(longestNote),
  }),
  parse(words) {
    const { item, rest } = codeAndRest(words)
    const { word, rest: note } = wordAndRest(rest)
    const kind = uptakeKinds.find((known) =>
      wordings.some(({ closing }) => closing.words.uptakes[known].includes(word)),
    )
    if (!kind) throw new UserError((t) => t.closing.uptake.needKind)
    if (note === '') throw new UserError((t) => t.closing.uptake.needNote)
    return { item, kind, note }
  },
  async run({ actor, app }, { item, kind, note }, work) {
    const { t } = app.voice
    await takeUp(work, actor, { code: item, kind, note })
    return { reply: line(t.closing.uptake.done(item, t.closing.uptakes[kind]), 'success') }
  },
})
