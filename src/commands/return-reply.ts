import type { Assignment } from '../domain/assignment.ts'
import type { Field, Message } from '../messages/message.ts'
import type { Voice } from '../messages/voice.ts'

/** What was understood of a return, and how it is put right. */
export function returnedReply({ item, returned }: Assignment, { t }: Voice): Message {
  const fields: Field[] = [{ label: t.requests.returned.why, value: returned?.reason ?? '' }]
  if (returned?.suggested) {
    fields.push({ label: t.requests.returned.suggested, value: returned.suggested.name })
  }
  return {
    title: t.requests.returned.done(item.code),
    tone: 'success',
    blocks: [
      { kind: 'fields', fields },
      { kind: 'note', text: t.requests.returned.correct },
    ],
  }
}
