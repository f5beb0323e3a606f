/** Switches to make this WeChat behave badly. Counts are used up. */
export interface WechatFaults {
  /** Every message is brought so many times under its own id (1 is normal) … */
  copies: number
  /** … and so many times more under other ids, as puppets do that make their ids up. */
  copiesUnderNewIds: number
  /** The next so many messages are held back until all are there, and come in the opposite order. */
  reverseNext: number
  /** What becomes of the next sends, one after the other; afterwards all is well again. */
  sends: SendOutcome[]
  /** Real milliseconds that every send takes before anything happens. */
  latencyMs: number
}

export type SendOutcome =
  | 'ok'
  /** It fails, and nobody has seen the message. */
  | 'fails'
  /** It fails, and the message is there all the same. */
  | 'fails-delivered'
  /** The call never ends. */
  | 'hangs'
  | 'hangs-delivered'
  /** The account is thrown out, before or after the message was shown; the call fails. */
  | 'logged-out'
  | 'logged-out-delivered'

export function noWechatFaults(): WechatFaults {
  return { copies: 1, copiesUnderNewIds: 0, reverseNext: 0, sends: [], latencyMs: 0 }
}
