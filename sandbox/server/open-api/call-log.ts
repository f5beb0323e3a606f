import type { Mishap } from '../../api.ts'

/** One call of the open platform's HTTP interface, for a test to look at. */
export interface Call {
  /** Real time, epoch milliseconds. */
  at: number
  app_id?: string
  method: string
  /** As called, without the query. */
  path: string
  /** With its parameters' names: `/open-apis/im/v1/messages/:message_id`. */
  route: string
  query: Record<string, unknown>
  /** The JSON body; absent for uploads, where it holds a secret, and once many more calls have followed. */
  body?: unknown
  status: number
  /** The platform's code; absent for raw bytes and where the connection was cut. */
  code?: number
  /** It was carried out, and the connection cut before the answer. */
  cut: boolean
  /** How the faults had it go wrong; the status is 0 where it was not even carried out. */
  mishap?: Mishap
}

export interface CallLog {
  add(call: Call): void
  all(): Call[]
}

const kept = 20_000
const keptWithBody = 2_000

export function createCallLog(): CallLog {
  const calls: Call[] = []
  return {
    add: (call) => {
      calls.push(call)
      const old = calls.at(-keptWithBody - 1)
      if (old) delete old.body
      if (calls.length > kept) calls.splice(0, calls.length - kept)
    },
    all: () => [...calls],
  }
}
