import { kill } from './kill.ts'
import { processes } from './processes.ts'
import type { Scenario } from './scenario.ts'

/** All of them, in the order in which they run. */
export const scenarios: Scenario[] = [kill, processes]
