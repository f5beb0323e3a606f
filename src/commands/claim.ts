import { z } from 'zod'
import { takeTurn } from '../db/incoming.ts'
import { localDate } from '../domain/time.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { claimTaskForce, requireClaimable } from '../services/directory/claim.ts'
import type { Work } from '../services/work.ts'
import { type Call, defineChange, type Result } from './command.ts'
import { plainWords } from './words.ts'

/** Nobody gets far by guessing. */
const triesADay = 5

export const claim = defineChange({
  name: 'claim',
  roles: 'anyone',
  args: z.object({ code: z.string() }),
  parse(words) {
    if (words === '') throw new UserError((t) => t.errors.badClaim)
    return { code: plainWords(words) }
  },
  async run(call, { code }, work) {
    await requireClaimable(work)
    if (!(await mayTry(call, work))) throw new UserError((t) => t.errors.tooManyClaims)
    try {
      return await claimed(call, code, work)
    } catch (error) {
      // Thrown on, it would undo that a try was taken.
      if (error instanceof UserError) return { reply: line(error.say(call.app.voice.t), 'warning') }
      throw error
    }
  },
})

function mayTry({ app, incoming: { platform, sender } }: Call, { db, now }: Work): Promise<boolean> {
  const today = localDate(now, app.voice.timezone)
  return takeTurn(db, platform, { of: `claim-${sender.account}-${today}`, turns: triesADay }, now)
}

async function claimed({ app, actor, incoming }: Call, code: string, work: Work): Promise<Result> {
  const { name } = actor
  const { platform, sender } = incoming
  const known = await claimTaskForce(work, code, { platform, account: sender.account, name })
  const { t } = app.voice
  const done = t.beside(t.claim.done(name), known === null ? '' : t.person.known[known](name))
  return { reply: line(done, 'success') }
}
