import type { SandboxClock } from '../../sandbox/server/index.ts'

/** Goes on in real time, and may be moved. */
export interface MovableClock extends SandboxClock {
  /** How many milliseconds it is ahead of the machine's. */
  ahead(): number
  advance(ms: number): void
}

/** A Tuesday morning in Shanghai: nothing waits for the night. */
const tuesday = Date.UTC(2026, 10, 24, 2, 0)

export function movableClock(start = tuesday): MovableClock {
  let ahead = start - Date.now()
  return {
    now: () => Date.now() + ahead,
    ahead: () => ahead,
    advance: (ms) => {
      ahead += ms
    },
    timezone: 'Asia/Shanghai',
    controls: [],
    move: async () => {},
  }
}
