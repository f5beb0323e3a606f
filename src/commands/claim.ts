import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { claimTaskForce } from '../services/directory/claim.ts'
import { defineChange } from './command.ts'
import { plainWords } from './words.ts'

export const claim = defineChange({
  name: 'claim',
  roles: 'anyone',
  args: z.object({ code: z.string() }),
  parse(words) {
    if (words === '') throw new UserError((t) => t.errors.badClaim)
    return { code: plainWords(words) }
  },
  async run({ app, actor, incoming }, { code }, work) {
    const { name } = actor
    const { platform, sender } = incoming
    const known = await claimTaskForce(work, code, { platform, account: sender.account, name })
    const { t } = app.voice
    const done = t.beside(t.claim.done(name), known === null ? '' : t.person.known[known](name))
    return { reply: line(done, 'success') }
  },
})
