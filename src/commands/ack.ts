import { z } from 'zod'
import { findAssignments } from '../db/assignments.ts'
import { assignmentsOfDelivery, deliveryByMessage } from '../db/deliveries.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { answering } from '../services/actor.ts'
import { acknowledge } from '../services/assignment/acknowledge.ts'
import type { Work } from '../services/work.ts'
import { type Call, clickedCard, defineChange } from './command.ts'
import { departmentHere } from './here.ts'
import { replacement } from './replacement.ts'
import { codesOnly, itemsArg } from './words.ts'

export const ack = defineChange({
  name: 'ack',
  roles: answering,
  args: z.union([z.object({ all: z.literal(true) }), z.object({ items: itemsArg })]),
  parse: (words) => ({ items: codesOnly(words) }),
  async run(call, args, work) {
    const { t } = call.app.voice
    const items = 'all' in args ? await waitingOnCard(call, work) : args.items
    const done = await acknowledge(work, call.actor, items, await departmentHere(call))
    const codes = t.codes(done.map(({ item }) => item.code))
    return {
      reply: line(t.acknowledge.done(codes), 'success'),
      toast: t.toasts.acknowledged,
      replace: await replacement(call, work),
    }
  },
})

/** The items on the clicked card that still wait; where none does, one of them, for its answer. @throws {UserError} */
async function waitingOnCard(call: Call, { db }: Work): Promise<number[]> {
  const messageId = clickedCard(call)
  const card = messageId && (await deliveryByMessage(db, call.incoming.platform, [messageId]))
  const ids = card ? await assignmentsOfDelivery(db, card.id) : []
  const assignments = ids.length === 0 ? [] : await findAssignments(db, { ids })
  if (assignments.length === 0) throw new UserError((t) => t.errors.cardTooNew)
  const waiting = assignments.filter(({ status }) => status === 'sent')
  return (waiting.length > 0 ? waiting : assignments.slice(0, 1)).map(({ item }) => item.code)
}
