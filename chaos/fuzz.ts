import fc from 'fast-check'
import type { Context, Figures, Scenario } from './scenario.ts'
import { seconds } from './support/seconds.ts'
import { type Target, targets } from './support/targets.ts'

/** How many cases in all: each target has its share. */
const cases = { long: 100_000, short: 400 }
const shownLength = 600
/** What is read in a time that grows with its square takes far longer; the short run judges no time. */
const patienceMs = { long: 5_000, short: Number.POSITIVE_INFINITY }

/** Whatever comes in from outside, bent and broken: nothing crashes, and nobody does what they may not. */
export const fuzz: Scenario = {
  name: 'fuzz',
  async run(context) {
    const uncaught: string[] = []
    const note = (error: unknown) => uncaught.push(`nobody caught: ${wordsOf(error)}`)
    process.on('unhandledRejection', note)
    try {
      const figures = await fuzzing(context)
      return { ...figures, lost: [...figures.lost, ...uncaught] }
    } finally {
      process.off('unhandledRejection', note)
    }
  },
}

async function fuzzing({ seed, scale, say }: Context): Promise<Figures> {
  const lost: string[] = []
  const notes: string[] = []
  let operations = 0
  const all = await targets(patienceMs[scale])
  const shares = all.reduce((sum, { share }) => sum + share, 0)
  for (const target of all) {
    const numRuns = Math.ceil((cases[scale] * target.share) / shares)
    const started = performance.now()
    const failure = await firstFailure(target, { seed, numRuns })
    if (failure) lost.push(failure)
    await target.close()
    operations += numRuns
    notes.push(`${target.name}: ${numRuns} cases in ${seconds(performance.now() - started)}`)
    say(notes.at(-1) ?? '')
  }
  return { faults: operations, operations, lost, doubled: [], notes }
}

/** @returns the smallest case that goes wrong, and how to get at it again */
async function firstFailure(
  { name, arbitrary, check }: Target,
  { seed, numRuns }: { seed: number; numRuns: number },
): Promise<string | undefined> {
  const result = await fc.check(fc.asyncProperty(arbitrary, check), { seed, numRuns })
  if (!result.failed) return undefined
  const smallest = fc.stringify(result.counterexample).slice(0, shownLength)
  return `${name}, seed ${seed}, path ${result.counterexamplePath}: ${smallest}: ${wordsOf(result.errorInstance)}`
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, shownLength) : String(error)
}
