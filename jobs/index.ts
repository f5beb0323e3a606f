import type { JobName } from '../src/ports.ts'
import { announce } from './announce.ts'
import { deliver } from './deliver.ts'
import { deliverInTurn } from './deliver-in-turn.ts'
import { digest } from './digest.ts'
import { exportTable } from './export.ts'
import { fetch } from './fetch.ts'
import type { Job } from './job.ts'
import { nudge } from './nudge.ts'
import { sweep } from './sweep.ts'

/** Every job: a new one is a file, a name in `src/ports.ts` and a line here. */
export const jobs = {
  deliver,
  'deliver-in-turn': deliverInTurn,
  nudge,
  fetch,
  sweep,
  digest,
  announce,
  export: exportTable,
} as const satisfies {
  // biome-ignore lint/suspicious/noExplicitAny: each job has a payload of its own
  [Name in JobName]: Job<any>
}
