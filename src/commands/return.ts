import { z } from 'zod'
import { findDepartment as departmentIn } from '../domain/reply/department.ts'
import { canonical } from '../domain/reply/text.ts'
import { UserError } from '../errors.ts'
import { answering } from '../services/actor.ts'
import { longestReason } from '../services/assignment/requests.ts'
import { returnAssignment } from '../services/assignment/return.ts'
import { isDepartmentName } from '../services/directory/departments.ts'
import { defineChange } from './command.ts'
import { replacement } from './replacement.ts'
import { returnedReply } from './return-reply.ts'
import { blankToNull, codeAndRest, itemArg } from './words.ts'

/** Not ours: back to the task force, with a reason and, if known, whose it is. */
export const handBack = defineChange({
  name: 'return',
  roles: answering,
  args: z.object({
    item: itemArg,
    reason: z.string().trim().max(longestReason),
    suggested: blankToNull.pipe(z.string().max(50).nullable()),
  }),
  parse(words) {
    const { item, rest } = codeAndRest(words)
    if (rest === '') throw new UserError((t) => t.errors.needReason)
    return { item, reason: rest }
  },
  async run(call, { item, reason, suggested }, work) {
    const said = suggested === null ? await suggestionIn(work.db, reason) : { reason, suggested }
    const returned = await returnAssignment(work, call.actor, { code: item, ...said })
    return {
      reply: returnedReply(returned, call.app.voice),
      toast: call.app.voice.t.requests.returned.toast,
      replace: await replacement(call, work),
    }
  },
})

type Db = Parameters<typeof isDepartmentName>[0]

/** A department's name at the end is the suggestion; so is the one that the reason says should have it. */
async function suggestionIn(db: Db, words: string): Promise<{ reason: string; suggested: string | null }> {
  if (await isDepartmentName(db, words)) {
    throw new UserError((t) => t.errors.usage(t.errors.needReason, t.commands.return.usage))
  }
  const starts = [...words.matchAll(/[\s,，;；、]+/g)]
  for (const { 0: gap, index } of starts) {
    const last = words.slice(index + gap.length).replace(marker, '')
    if (last !== '' && (await isDepartmentName(db, last))) {
      return { reason: words.slice(0, index), suggested: last }
    }
  }
  return { reason: words, suggested: departmentIn(canonical(words)) }
}

const marker = /^(?:建议(?:承办)?(?:单位|由|转|派|改派)?|应由|转|suggest(?:ed)?)[:：\s]*/iu
