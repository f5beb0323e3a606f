/** When the account was made to send, in real time: accounts that send like machines are restricted. */
export interface SendLog {
  note(conversation: string): void
  all(): { conversation: string; atMs: number }[]
  /** The milliseconds between each send and the next. */
  gaps(): number[]
  /** The most sends that fell within any stretch of that length. */
  mostWithin(ms: number): number
}

export function createSendLog(): SendLog {
  const sends: { conversation: string; atMs: number }[] = []
  return {
    note: (conversation) => {
      sends.push({ conversation, atMs: performance.now() })
    },
    all: () => [...sends],
    gaps: () => sends.slice(1).map(({ atMs }, index) => atMs - (sends[index]?.atMs ?? atMs)),
    mostWithin: (ms) =>
      Math.max(
        0,
        ...sends.map(
          (first, index) => sends.slice(index).filter(({ atMs }) => atMs < first.atMs + ms).length,
        ),
      ),
  }
}
