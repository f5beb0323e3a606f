import { type ReplyContext, readReply } from '../reply.ts'
import type { Intent, Reading } from './reading.ts'

/** Reads what somebody wrote; who made the choice that these words stand for is taken at it, or asked, and no other. */
export function readChosen(text: string, choice: string | undefined, context: ReplyContext): Reading {
  const reading = readReply(text, context)
  const chosen = choice === undefined ? undefined : aim(readReply(choice, context).intent)
  const { items, intent } = reading
  if (!chosen || intent.kind === 'unclear' || isSame(intent, chosen)) return reading
  const why = intent.kind === 'none' ? 'no-outcome' : 'conflicting'
  return { items, intent: { kind: 'unclear', why, guess: chosen } }
}

/** 退回 alone lacks its reason, and is a return all the same. */
function aim(intent: Intent) {
  if (intent.kind === 'unclear') return intent.guess
  return intent.kind === 'none' ? undefined : intent
}

function isSame(one: Intent, other: Intent): boolean {
  if (one.kind === 'feedback' && other.kind === 'feedback') return one.outcome === other.outcome
  return one.kind === other.kind
}
