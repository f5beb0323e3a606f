import type { RateLimit } from '../src/ports.ts'

/** The limits of this process alone. */
export interface LocalLimiter {
  /** Takes one permit of each limit, all or none. Returns 0 when taken, else the milliseconds to wait. */
  take(limits: RateLimit[]): number
  /** The milliseconds until a permit of each is free, none taken. */
  wait(limits: RateLimit[]): number
  /** Counts permits that were taken elsewhere. */
  note(limits: RateLimit[]): void
  block(key: string, ms: number): void
}

/** `now` is a clock that never goes back, in milliseconds. */
export function createLocalLimiter(now: () => number = () => performance.now()): LocalLimiter {
  /** By limit, the times of its last permits, the oldest first. */
  const taken = new Map<string, number[]>()
  const blockedUntil = new Map<string, number>()

  function take(limits: RateLimit[]): number {
    const ms = wait(limits)
    if (ms === 0) note(limits)
    return ms
  }

  function wait(limits: RateLimit[]): number {
    const at = now()
    const free = limits.map((limit) => Math.max(freeAt(limit), blockedUntil.get(limit.key) ?? at))
    return Math.max(0, Math.ceil(Math.max(at, ...free) - at))
  }

  function freeAt({ key, permits, perMs }: RateLimit): number {
    const oldest = taken.get(nameOf(key, perMs))?.at(-permits)
    return oldest === undefined ? 0 : oldest + perMs
  }

  function note(limits: RateLimit[]): void {
    for (const { key, permits, perMs } of limits) {
      const name = nameOf(key, perMs)
      taken.set(name, [...(taken.get(name) ?? []), now()].slice(-permits))
    }
  }

  function block(key: string, ms: number): void {
    blockedUntil.set(key, Math.max(blockedUntil.get(key) ?? 0, now() + ms))
  }

  return { take, wait, note, block }
}

function nameOf(key: string, perMs: number): string {
  return `${key} ${perMs}`
}
