/** The answer, or `otherwise` where it fails or takes longer than `ms` milliseconds. */
export function within<T>(ms: number, answer: Promise<T>, otherwise: T): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>()
  const timer = setTimeout(resolve, ms, otherwise)
  answer.then(resolve, () => resolve(otherwise)).finally(() => clearTimeout(timer))
  return promise
}
