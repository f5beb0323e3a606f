import type { RefusalReason } from '../../src/ports.ts'
import { Busy, Refused } from '../../src/ports.ts'
import type { ApiError } from './api-error.ts'

/** Feishu's codes that no retry heals. */
const refusals: Record<number, RefusalReason> = {
  230001: 'other', // a parameter is wrong
  230002: 'bot-not-in-chat',
  230006: 'not-permitted', // the app has no bot
  230011: 'message-recalled',
  230012: 'not-permitted', // not the sender
  230013: 'person-out-of-scope',
  230017: 'not-permitted', // not the bot's own message
  230018: 'not-permitted', // the group's settings
  230022: 'content-invalid', // sensitive words
  230025: 'content-too-long',
  230027: 'not-permitted',
  230028: 'content-invalid', // data-loss prevention
  230029: 'person-out-of-scope', // resigned
  230031: 'message-too-old',
  230034: 'other', // receive_id is wrong
  230035: 'not-permitted',
  230053: 'person-out-of-scope', // stopped the bot from writing
  230054: 'content-invalid', // not with this kind of message
  230099: 'content-invalid',
  230110: 'message-recalled', // deleted
  232006: 'other', // chat_id is wrong
  232009: 'chat-dissolved',
  232011: 'bot-not-in-chat',
  234001: 'other',
  234003: 'other', // the file is not in the message
  234004: 'bot-not-in-chat', // of the file's message
  234006: 'content-too-long', // the file
  234010: 'content-invalid', // the file is empty
  41050: 'person-out-of-scope',
  99991672: 'not-permitted', // the app lacks the scope
}

/** Also said of a card on which a click is being answered: that one heals. */
const invalidCard = 230099
const cardIsLocked = /\b11310\b.*lock/i
export const lockedMs = 200

/** One card is busy with a click: no limit is reached, and every other call may go on. */
export class Locked extends Busy {
  constructor(message: string) {
    super(lockedMs, message)
    this.name = 'Locked'
  }
}

/** Said while an earlier call about the same message is under way. */
const underWay = 230049

const chatFrequency = 230020
const frequencies = new Set([99991400, chatFrequency])
const badTokens = new Set([99991663, 99991664])
const resetWithoutHeaderMs = 1_000

/** The access token is no longer good; the SDK does not notice by itself. */
export function isBadToken(error: ApiError): boolean {
  return error.code !== undefined && badTokens.has(error.code)
}

/** Whether what was asked too often is this chat's own limit rather than the app's. */
export function isChatFrequency(error: ApiError): boolean {
  return error.code === chatFrequency
}

/**
 * A wrong request that names its own reason is as wrong the next time. Codes below 30000 and 99991xxx are about the app
 * as a whole (its secret, its token, whether it is enabled): an operator heals those, and everything then goes out.
 */
function isWrongForGood({ status, code }: ApiError): boolean {
  if (status !== 400 || code === undefined || code === underWay) return false
  return code >= 30_000 && Math.floor(code / 1_000) !== 99_991
}

/** What a failed call means for the one who sends: come again, give up, or (the error itself) nobody knows. */
export function outcomeOf(error: ApiError): Busy | Refused | ApiError {
  if (error.status === 429 || (error.code !== undefined && frequencies.has(error.code))) {
    return new Busy(
      error.resetSeconds === undefined ? resetWithoutHeaderMs : error.resetSeconds * 1000,
      error.message,
    )
  }
  if (error.code === invalidCard && cardIsLocked.test(error.message)) return new Locked(error.message)
  const known = error.code === undefined ? undefined : refusals[error.code]
  const reason = known ?? (isWrongForGood(error) ? 'other' : undefined)
  return reason ? new Refused(reason, error.message) : error
}
