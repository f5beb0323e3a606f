import { z } from 'zod'
import { defineJob, runId } from './job.ts'

/** Puts back what was lost. Runs by itself; whoever moves the clock asks for one more. */
export const sweep = defineJob({
  name: 'sweep',
  payload: z.object({ id: runId }),
  concurrency: 1,
  every: 15_000,
  run: (services) => services.sweep(),
})
