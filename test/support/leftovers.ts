import { onTestFinished } from 'vitest'

const leftovers: (() => Promise<void>)[] = []

/**
 * Has something cleaned up when the running test is over or, outside a test, when the test file is. The one given last
 * runs first, so that a database is closed before its folder goes.
 */
export function afterwards(clean: () => Promise<void>): void {
  try {
    onTestFinished(clean)
  } catch {
    leftovers.push(clean)
  }
}

export async function clearLeftovers(): Promise<void> {
  for (const clean of leftovers.splice(0).reverse()) await clean()
}
