import type { SandboxMessage } from '../api.ts'
import { now } from './select.ts'
import { state } from './store.ts'
import { clockTime, dayLabel, dayOf } from './time.ts'

/** What stands in a column of messages, from top to bottom. */
export type TimelineEntry =
  | { kind: 'time'; key: string; label: string }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; message: SandboxMessage; follows: boolean }

const closely = 5 * 60_000

/** Messages with the days between them and the mark before what is new. */
export function timeline(messages: SandboxMessage[], firstUnread?: SandboxMessage): TimelineEntry[] {
  return entriesOf(messages, firstUnread, { startsAnew: newDay, label: dayLabel, follow })
}

/** WeChat's messages bear no time of their own: it stands between them after every pause. */
export function wechatTimeline(messages: SandboxMessage[], firstUnread?: SandboxMessage): TimelineEntry[] {
  return entriesOf(messages, firstUnread, {
    startsAnew: (before, message) => newDay(before, message) || message.at - before.at >= closely,
    label: (at, today, zone) => `${dayLabel(at, today, zone)} ${clockTime(at, zone)}`,
    follow: () => false,
  })
}

interface Manner {
  /** Whether the time is said between the two. */
  startsAnew: (before: SandboxMessage, message: SandboxMessage) => boolean
  label: (at: number, today: number, zone: string) => string
  follow: (before: SandboxMessage, message: SandboxMessage) => boolean
}

function entriesOf(
  messages: SandboxMessage[],
  firstUnread: SandboxMessage | undefined,
  manner: Manner,
): TimelineEntry[] {
  const today = now()
  const entries: TimelineEntry[] = []
  let before: SandboxMessage | undefined
  let marked = firstUnread === undefined
  for (const message of messages) {
    const anew = !before || manner.startsAnew(before, message)
    if (anew) {
      const label = manner.label(message.at, today, state.clock.timezone)
      entries.push({ kind: 'time', key: `time-${message.message_id}`, label })
    }
    const mark = !marked && firstUnread !== undefined && message.at >= firstUnread.at
    if (mark) {
      entries.push({ kind: 'unread', key: 'unread' })
      marked = true
    }
    const follows = !anew && !mark && before !== undefined && manner.follow(before, message)
    entries.push({ kind: 'message', key: message.message_id, message, follows })
    before = message
  }
  return entries
}

function newDay(before: SandboxMessage, message: SandboxMessage): boolean {
  const zone = state.clock.timezone
  return dayOf(before.at, zone) !== dayOf(message.at, zone)
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
