import { z } from 'zod'
import { deliveryByMessage, messagesAbout } from '../db/deliveries.ts'
import { UserError } from '../errors.ts'
import { feedbackFormCard } from '../messages/assignment.ts'
import { answering, departmentsOf, requireOwn } from '../services/actor.ts'
import { assignmentFor } from '../services/assignments.ts'
import { post } from '../services/outbox.ts'
import { clickedCard, defineChange } from './command.ts'
import { itemArg } from './words.ts'

/** Opens one item's form in the thread of the list that was clicked; a form that stands there already is not doubled. */
export const form = defineChange({
  name: 'form',
  hidden: true,
  roles: answering,
  args: z.object({ item: itemArg }),
  parse: () => {
    throw new UserError((t) => t.errors.needCode)
  },
  async run(call, { item }, work) {
    const { t } = call.app.voice
    const own = departmentsOf(call.actor, answering).map(({ id }) => id)
    const assignment = await assignmentFor(work.db, item, own)
    requireOwn(call.actor, assignment)
    if (assignment.status !== 'sent' && assignment.status !== 'working') {
      throw new UserError((w) => w.errors.finished(item, w.assignmentStatuses[assignment.status]))
    }
    const messageId = clickedCard(call)
    const list =
      messageId === undefined
        ? undefined
        : await deliveryByMessage(work.db, call.incoming.platform, [messageId])
    const forms = await messagesAbout(work.db, assignment.id, ['form'])
    if (!list || !forms.some((open) => open.target_id === list.id)) {
      await post(work, {
        kind: 'form',
        platform: call.incoming.platform,
        to: { chat: call.incoming.chat.id },
        department: assignment.department.id,
        message: feedbackFormCard(assignment, call.app.voice),
        assignments: [assignment.id],
        replyTo: list ? { delivery: list.id } : undefined,
        inThread: true,
      })
    }
    return { toast: t.toasts.formOpened }
  },
})
