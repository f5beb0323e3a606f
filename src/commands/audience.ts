import { departmentOfChat, taskForces } from '../db/departments.ts'
import { masked } from '../messages/masked.ts'
import { line } from '../messages/message.ts'
import type { Incoming, IncomingText } from '../ports.ts'
import { type Outgoing, post } from '../services/delivery/outbox.ts'
import type { Work } from '../services/work.ts'
import type { Result } from './command.ts'

/** Words are answered where they were said, or in private where the answer is not for everyone there. */
export async function postAnswer(work: Work, incoming: IncomingText, result: Result): Promise<void> {
  const { reply, about, assignments, item } = result
  if (!reply) return
  const { platform, chat, sender } = incoming
  const here: Omit<Outgoing, 'message'> = {
    kind: 'reply',
    platform,
    to: { chat: chat.id },
    replyTo: { messageId: incoming.messageId },
  }
  if (about === undefined || (await isForAllHere(work, incoming, about))) {
    await post(work, { ...here, message: reply, assignments, item })
    return
  }
  // What a citizen's numbers are shown for is not an answer: they are masked here as in the group.
  await post(work, {
    kind: 'reply',
    platform,
    to: { account: sender.account },
    message: masked(reply),
    assignments,
    item,
  })
  await post(work, { ...here, message: line(work.app.voice.t.answeredInPrivate) })
}

/**
 * In a department's group nobody reads what is another's: whoever asks there, its people listen. Whose a group is that
 * is not bound yet, nobody knows.
 */
export async function isForAllHere(
  { db }: Work,
  { platform, chat }: Incoming,
  about: NonNullable<Result['about']>,
): Promise<boolean> {
  if (chat.kind !== 'group') return true
  const here = await departmentOfChat(db, { platform, chatId: chat.id })
  if (!here) return false
  if (about !== 'all' && about.includes(here.id)) return true
  return (await taskForces(db)).some(({ id }) => id === here.id)
}
