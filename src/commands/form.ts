import { z } from 'zod'
import { type Delivery, deliveryByMessage, messagesAbout } from '../db/deliveries.ts'
import type { Assignment } from '../domain/assignment.ts'
import { returnableUntil } from '../domain/deadline.ts'
import { UserError } from '../errors.ts'
import { feedbackFormCard } from '../messages/assignment.ts'
import { masked } from '../messages/masked.ts'
import type { Message } from '../messages/message.ts'
import { extensionFormCard } from '../messages/request.ts'
import { returnFormCard } from '../messages/returned.ts'
import { answering, departmentsOf, requireOwn } from '../services/actor.ts'
import { assignmentFor } from '../services/assignment/assignments.ts'
import { post } from '../services/delivery/outbox.ts'
import { isForAllHere } from './audience.ts'
import { clickedCard, defineChange } from './command.ts'
import { itemArg } from './words.ts'

const kinds = { feedback: 'form', return: 'return-form', extension: 'extension-form' } as const
type About = keyof typeof kinds

/** Opens a form in the thread of the card that was clicked; one that stands there already is not doubled. */
export const form = defineChange({
  name: 'form',
  hidden: true,
  roles: answering,
  args: z.object({ item: itemArg, about: z.enum(['feedback', 'return', 'extension']).default('feedback') }),
  parse: () => {
    throw new UserError((t) => t.errors.needCode)
  },
  async run(call, { item, about }, work) {
    const { voice } = call.app
    const own = departmentsOf(call.actor, answering).map(({ id }) => id)
    const assignment = await assignmentFor(work.db, item, own)
    requireOwn(call.actor, assignment)
    if (assignment.status !== 'sent' && assignment.status !== 'working') {
      throw new UserError((w) => w.errors.finished(item, w.assignmentStatuses[assignment.status]))
    }
    const until = returnableUntil(assignment.dispatchedAt, call.app.office())
    if (about === 'return' && call.now > until) {
      throw new UserError((w) => w.requests.returned.tooLate(item, voice.moment(until)))
    }
    const messageId = clickedCard(call)
    const card =
      messageId === undefined
        ? undefined
        : await deliveryByMessage(work.db, call.incoming.platform, [messageId])
    const forms = await messagesAbout(work.db, assignment.id, [kinds[about]])
    if (!card || !forms.some((open) => open.target_id === card.id && isOpen(open, assignment, about))) {
      const messages: Record<About, () => Message> = {
        feedback: () => feedbackFormCard(assignment, voice),
        return: () => returnFormCard(assignment, until, voice),
        extension: () => extensionFormCard(assignment, undefined, voice),
      }
      const { platform, chat, sender } = call.incoming
      const outgoing = {
        kind: kinds[about],
        platform,
        department: assignment.department.id,
        message: messages[about](),
        assignments: [assignment.id],
      }
      // A group may have become another department's since the card came.
      if (!(await isForAllHere(work, call.incoming, [assignment.department.id]))) {
        await post(work, { ...outgoing, to: { account: sender.account }, message: masked(outgoing.message) })
        return { toast: voice.t.directory.contact.sent }
      }
      await post(work, {
        ...outgoing,
        to: { chat: chat.id },
        replyTo: card ? { delivery: card.id } : undefined,
        inThread: true,
      })
    }
    return { toast: about === 'feedback' ? voice.t.toasts.formOpened : voice.t.requests.formOpened }
  },
})

/** A form on which time was asked for is used up. */
function isOpen({ created_at }: Delivery, { requests }: Assignment, about: About): boolean {
  return about !== 'extension' || (requests.extension?.askedAt ?? 0) < created_at
}
