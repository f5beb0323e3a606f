/** Nobody knows what has become of it. */
export class Cut extends Error {}

/** What `work` resolves with. @throws {Cut} where it takes longer than `ms` milliseconds, or the signal comes first. */
export function within<T>(ms: number, work: Promise<T>, signal?: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const timer = setTimeout(() => reject(new Cut(`no answer within ${ms / 1000} s`)), ms)
  const onAbort = () => reject(new Cut('the connection was lost'))
  if (signal?.aborted) onAbort()
  signal?.addEventListener('abort', onAbort)
  work.then(resolve, reject)
  return promise.finally(() => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  })
}
