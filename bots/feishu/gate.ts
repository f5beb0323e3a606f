/** Lets work in until it is closed, and then waits for what is inside. */
export interface Gate {
  /** @throws {Error} once closed. */
  enter<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when nothing is inside any more. */
  close(): Promise<void>
}

export function createGate(): Gate {
  const inside = new Set<Promise<unknown>>()
  let closed = false
  return {
    async enter(work) {
      if (closed) throw new Error('the bot is stopping')
      const running = work()
      inside.add(running)
      try {
        return await running
      } finally {
        inside.delete(running)
      }
    },
    async close() {
      closed = true
      await Promise.allSettled(inside)
    },
  }
}
