/** What became of one push to a bot. */
export type Outcome =
  | { kind: 'answered'; status: number; body: unknown }
  /** No answer in time. */
  | { kind: 'timeout' }
  /** The connection was cut while waiting. */
  | { kind: 'lost' }
  /** Nobody to push to. */
  | { kind: 'offline' }

export function accepted(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.status === 200
}
