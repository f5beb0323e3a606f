import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What `work` resolves with, or `otherwise` after so many milliseconds. The work goes on, but nobody waits for it any
 * more: a failure of it that comes later is nobody's.
 */
export async function within<T, U>(ms: number, work: Promise<T>, otherwise: U): Promise<T | U> {
  work.catch(() => {})
  const timer = new AbortController()
  const timeout = sleep(ms, otherwise, { signal: timer.signal }).catch(() => otherwise)
  try {
    return await Promise.race([work, timeout])
  } finally {
    timer.abort()
  }
}
