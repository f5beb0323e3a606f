import { expect } from 'vitest'
import { contextFor, type Figures, type Scenario } from '../../chaos/scenario.ts'

/** The short form of a scenario: nothing lost, nothing doubled. */
export async function runShort(scenario: Scenario): Promise<Figures> {
  const context = contextFor(scenario, { seed: 20_261_123, scale: 'short', say: () => {} })
  const figures = await scenario.run(context)
  expect(figures).toMatchObject({ lost: [], doubled: [] })
  return figures
}
