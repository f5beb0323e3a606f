import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { claimTaskForce } from '../services/directory/directory.ts'
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
    await claimTaskForce(work, code, { platform: incoming.platform, account: incoming.sender.account, name })
    return { reply: line(app.voice.t.claim.done(name), 'success') }
  },
})
