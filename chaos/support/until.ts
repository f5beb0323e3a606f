import { setTimeout as pause } from 'node:timers/promises'

/** What was waited for did not come. */
export class InVain extends Error {
  constructor(what: string, ms: number) {
    super(`${what} did not come within ${Math.round(ms / 1000)} s`)
    this.name = 'InVain'
  }
}

/** Looks again and again until there is something. @throws {InVain} */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  ms = 60_000,
): Promise<T> {
  for (const deadline = Date.now() + ms; Date.now() < deadline; await pause(20)) {
    const found = await look()
    if (found !== undefined && found !== false) return found
  }
  throw new InVain(what, ms)
}
