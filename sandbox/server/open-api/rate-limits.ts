/** So many in any window of so long, for one key. */
export interface Window {
  key: string
  limit: number
  perMs: number
}

export interface RateLimits {
  /** Takes one of each window, or none and says how long until it could. */
  take(windows: Window[]): { ok: true } | { ok: false; limit: number; resetSeconds: number }
}

/** Sliding windows over real time. */
export function createRateLimits(now: () => number = () => performance.now()): RateLimits {
  const taken = new Map<string, number[]>()
  let nextTidying = 0

  function tidy(at: number): void {
    if (at < nextTidying) return
    nextTidying = at + 60_000
    for (const [key, times] of taken) if ((times.at(-1) ?? 0) < at - 60_000) taken.delete(key)
  }

  return {
    take: (windows) => {
      const at = now()
      tidy(at)
      for (const { key, limit, perMs } of windows) {
        const times = (taken.get(windowKey(key, perMs)) ?? []).filter((time) => time > at - perMs)
        taken.set(windowKey(key, perMs), times)
        const oldest = times[times.length - limit]
        if (times.length >= limit) {
          const waitMs = oldest === undefined ? perMs : oldest + perMs - at
          return { ok: false, limit, resetSeconds: Math.max(1, Math.ceil(waitMs / 1000)) }
        }
      }
      for (const { key, perMs } of windows) taken.get(windowKey(key, perMs))?.push(at)
      return { ok: true }
    },
  }
}

function windowKey(key: string, perMs: number): string {
  return `${key} ${perMs}`
}
