import { z } from 'zod'
import type { Assignment } from '../domain/assignment.ts'
import type { LocalDate } from '../domain/time.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { answering, hasRole } from '../services/actor.ts'
import { longestReason, refuseRequest } from '../services/assignment/requests.ts'
import {
  askSuspension,
  grantSuspension,
  resume,
  suspend as suspendNow,
} from '../services/assignment/suspension.ts'
import { resolveDepartment } from '../services/directory/departments.ts'
import type { Work } from '../services/work.ts'
import { type Call, defineChange, type Result } from './command.ts'
import { replacement } from './replacement.ts'
import { dateAndRest, dateNamed, decisionIn } from './request-words.ts'
import { blankToNull, codeAndRest, itemArg } from './words.ts'

const args = z.object({
  item: itemArg,
  /** `ask`: a department asks; of a lead it is the decision itself. */
  decision: z.enum(['ask', 'approve', 'refuse', 'resume']),
  reason: blankToNull.pipe(z.string().max(longestReason).nullable()),
  /** The review date. */
  until: blankToNull.pipe(z.iso.date().nullable()),
  /** Whose share goes on. */
  department: blankToNull,
  /** The request on the card that was clicked. */
  request: z.coerce.number().pipe(z.int().positive()).optional(),
})
type Args = z.infer<typeof args>

/** A department asks for a pause; a lead grants, refuses, decides by himself, or ends it. */
export const suspend = defineChange({
  name: 'suspend',
  roles: ['lead', ...answering],
  args,
  parse(words, call) {
    const { item, rest } = codeAndRest(words)
    const decided = hasRole(call.actor, ['lead']) ? decisionIn(rest) : null
    switch (decided?.decision) {
      case 'approve':
        return { item, decision: 'approve', until: reviewDateIn(decided.rest, call) }
      case 'refuse':
        return { item, decision: 'refuse', reason: decided.rest }
      case 'resume':
        return { item, decision: 'resume', department: decided.rest }
    }
    const dated = dateAndRest(rest, call)
    if (!dated) throw new UserError((t) => t.requests.suspension.needDate)
    // A lead who moves a review date need not say why.
    if (dated.rest === '' && !hasRole(call.actor, ['lead'])) throw new UserError((t) => t.errors.needReason)
    return { item, decision: 'ask', until: dated.date, reason: dated.rest }
  },
  async run(call, given, work): Promise<Result> {
    if (given.decision === 'ask' && !hasRole(call.actor, ['lead'])) return ask(call, given, work)
    if (!hasRole(call.actor, ['lead'])) throw new UserError((t) => t.errors.notAllowed)
    const done = await decide(call, given, work)
    return { reply: line(done, 'success'), toast: done, replace: await replacement(call, work) }
  },
})

async function ask(call: Call, given: Args, work: Work): Promise<Result> {
  const { t } = call.app.voice
  await askSuspension(work, call.actor, orderOf(given))
  return {
    reply: {
      title: t.requests.suspension.asked(given.item),
      tone: 'success',
      blocks: [{ kind: 'note', text: t.requests.suspension.correct(given.item) }],
    },
    toast: t.requests.suspension.asked(given.item),
    replace: await replacement(call, work),
  }
}

/** @returns what was done */
async function decide(call: Call, given: Args, work: Work): Promise<string> {
  const { t, moment } = call.app.voice
  const { item: code, request: requestId } = given
  switch (given.decision) {
    case 'ask': {
      const { suspended, isMoved } = await suspendNow(work, call.actor, orderOf(given))
      if (!isMoved) return suspendedWords(call, suspended)
      return t.requests.suspension.moved(code, call.app.voice.date(suspended.reviewDate ?? ''))
    }
    case 'approve': {
      const order = { code, requestId, ...(given.until === null ? {} : { date: given.until }) }
      return suspendedWords(call, await grantSuspension(work, call.actor, order))
    }
    case 'refuse':
      await refuseRequest(work, call.actor, {
        kind: 'suspension',
        code,
        requestId,
        reason: given.reason ?? '',
      })
      return t.requests.suspension.refusedDone(code)
    case 'resume': {
      const department =
        given.department === null ? undefined : await resolveDepartment(work.db, given.department)
      const resumed = await resume(work, call.actor, { code, departmentId: department?.id })
      return t.requests.suspension.resumed(code, moment(resumed.dueAt))
    }
  }
}

function suspendedWords({ app }: Call, { item, reviewDate }: Assignment): string {
  const { t } = app.voice
  return t.requests.suspension.done(item.code, reviewDate === null ? t.none : app.voice.date(reviewDate))
}

function orderOf({ item, until, reason }: Args): { code: number; date: LocalDate; reason: string } {
  if (until === null) throw new UserError((t) => t.requests.suspension.needDate)
  return { code: item, date: until, reason: reason ?? '' }
}

/** Another date than the one that was asked for, where one is named. @throws {UserError} where it is none */
export function reviewDateIn(words: string, call: Call): LocalDate | null {
  if (words === '') return null
  const date = dateNamed(words, call)
  if (date === null) throw new UserError((t) => t.errors.surplus(words))
  return date
}
