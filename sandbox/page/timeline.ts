import type { SandboxMessage } from '../api.ts'
import { now } from './select.ts'
import { state } from './store.ts'
import { dayLabel, dayOf } from './time.ts'

/** What stands in a column of messages, from top to bottom. */
export type TimelineEntry =
  | { kind: 'day'; key: string; label: string }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; message: SandboxMessage; follows: boolean }

const closely = 5 * 60_000

/** Messages with the days between them and the mark before what is new. */
export function timeline(messages: SandboxMessage[], firstUnread?: SandboxMessage): TimelineEntry[] {
  const zone = state.clock.timezone
  const today = now()
  const entries: TimelineEntry[] = []
  let before: SandboxMessage | undefined
  let marked = firstUnread === undefined
  for (const message of messages) {
    const newDay = !before || dayOf(before.at, zone) !== dayOf(message.at, zone)
    if (newDay) {
      entries.push({
        kind: 'day',
        key: `day-${message.message_id}`,
        label: dayLabel(message.at, today, zone),
      })
    }
    const mark = !marked && firstUnread !== undefined && message.at >= firstUnread.at
    if (mark) {
      entries.push({ kind: 'unread', key: 'unread' })
      marked = true
    }
    const follows = !newDay && !mark && before !== undefined && follow(before, message)
    entries.push({ kind: 'message', key: message.message_id, message, follows })
    before = message
  }
  return entries
}

/** Cards and urgent messages always say who speaks. */
function follow(before: SandboxMessage, message: SandboxMessage): boolean {
  return (
    before.sender === message.sender &&
    message.at - before.at < closely &&
    message.msg_type !== 'interactive' &&
    before.msg_type !== 'interactive' &&
    message.urged.length === 0 &&
    !message.parent_id &&
    !before.recalled &&
    !message.recalled
  )
}
