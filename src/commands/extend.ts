import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { answering, hasRole } from '../services/actor.ts'
import { askExtension, grantExtension } from '../services/assignment/extension.ts'
import { longestReason, refuseRequest } from '../services/assignment/requests.ts'
import type { Work } from '../services/work.ts'
import { type Call, defineChange, type Result } from './command.ts'
import { replacement } from './replacement.ts'
import { dateAndRest, decisionIn, grantedIn, limitIn } from './request-words.ts'
import { blankToNull, codeAndRest, itemArg } from './words.ts'

const args = z.object({
  item: itemArg,
  decision: z.enum(['ask', 'approve', 'refuse']),
  reason: blankToNull.pipe(z.string().max(longestReason).nullable()),
  /** A date, or of what is granted `5wd` too. */
  until: blankToNull,
  /** The request on the card that was clicked. */
  request: z.coerce.number().pipe(z.int().positive()).optional(),
})
type Args = z.infer<typeof args>

/** A department asks for more time; a lead grants or refuses it. */
export const extend = defineChange({
  name: 'extend',
  roles: ['lead', ...answering],
  args,
  parse(words, call) {
    const { item, rest } = codeAndRest(words)
    const decided = decisionIn(rest)
    // Whoever decides what is not theirs to decide does not ask for time by it.
    if (decided !== null && decided.decision !== 'resume') requireRole(call, ['lead'])
    if (decided?.decision === 'approve') return { item, decision: 'approve', until: decided.rest }
    if (decided?.decision === 'refuse') return { item, decision: 'refuse', reason: decided.rest }
    if (!hasRole(call.actor, answering)) throw new UserError((t) => t.requests.extension.needDecision)
    return { item, decision: 'ask', ...askedIn(rest, call) }
  },
  async run(call, given, work): Promise<Result> {
    return given.decision === 'ask' ? ask(call, given, work) : decide(call, given, work)
  },
})

/** `货源紧张 12月10日`: why, and until when where that is said. @throws {UserError} */
function askedIn(words: string, call: Call): { reason: string; until: string | null } {
  const dated = dateAndRest(words, call)
  const reason = dated ? dated.rest : words
  if (reason === '') throw new UserError((t) => t.errors.needReason)
  return { reason, until: dated?.date ?? limitIn(words, call) }
}

async function ask(call: Call, { item, reason, until }: Args, work: Work): Promise<Result> {
  requireRole(call, answering)
  const { t } = call.app.voice
  const date = z.iso.date().nullable().safeParse(until)
  if (!date.success) throw new UserError((w) => w.errors.badCall)
  await askExtension(work, call.actor, { code: item, reason: reason ?? '', until: date.data })
  return {
    reply: line(t.requests.extension.asked(item), 'success'),
    toast: t.requests.extension.askedToast,
    replace: await replacement(call, work),
  }
}

async function decide(
  call: Call,
  { item, decision, reason, until, request }: Args,
  work: Work,
): Promise<Result> {
  requireRole(call, ['lead'])
  const { t, moment } = call.app.voice
  const order = { code: item, requestId: request }
  let done: string
  if (decision === 'approve') {
    const { dueAt } = await grantExtension(work, call.actor, { ...order, until: grantedIn(until, call) })
    done = t.requests.extension.granted(item, moment(dueAt))
  } else {
    await refuseRequest(work, call.actor, { ...order, kind: 'extension', reason: reason ?? '' })
    done = t.requests.extension.refusedDone(item)
  }
  return { reply: line(done, 'success'), toast: done, replace: await replacement(call, work) }
}

/** @throws {UserError} */
function requireRole({ actor }: Call, roles: Parameters<typeof hasRole>[1]): void {
  if (!hasRole(actor, roles)) throw new UserError((t) => t.errors.notAllowed)
}
