/** One kind of trouble, and the proof that nothing is lost or doubled by it. */
export interface Scenario {
  name: string
  /** How many worlds it lives through, of those that may be asked for one alone. */
  worlds?: Record<Context['scale'], number>
  /** Cleans up after itself. @throws where the trouble could not be made or lived through at all. */
  run(context: Context): Promise<Figures>
}

export interface Context {
  seed: number
  random: Random
  /** `short` is for the tests: seconds. */
  scale: 'short' | 'long'
  /** Of a scenario that lives through many worlds, only this one, as it was among the others. */
  only?: number
  /** A line of progress. */
  say(line: string): void
}

export interface Figures {
  /** How many times something was broken. */
  faults: number
  operations: number
  /** A line for each thing that is missing or wrong. */
  lost: string[]
  /** A line for each thing that is there more than once. */
  doubled: string[]
  notes: string[]
}

/** Choices that are the same for the same seed. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number in [0, limit). */
  below(limit: number): number
  /** In [from, to). */
  between(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  shuffled<T>(all: readonly T[]): T[]
}

/** What a scenario is run with; each has choices of its own, so that it repeats alone as it was among the others. */
export function contextFor({ name }: Scenario, given: Omit<Context, 'random'>): Context {
  const salt = [...name].reduce((sum, letter) => Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0), 0)
  return { ...given, random: randomFrom(given.seed ^ salt) }
}

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (from, to) => from + next() * (to - from),
    chance: (probability) => next() < probability,
    pick: <T>(from: readonly T[]) => {
      if (from.length === 0) throw new RangeError('nothing to pick from')
      return from[below(from.length)] as T
    },
    shuffled: (all) =>
      all
        .map((one) => ({ one, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one),
  }
}
