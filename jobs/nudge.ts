import { z } from 'zod'
import { defineJob, runId } from './job.ts'

/** Wakes when the next nudges are due. Its run is named by that time. */
export const nudge = defineJob({
  name: 'nudge',
  payload: z.object({ id: runId }),
  concurrency: 1,
  run: (services) => services.nudge(),
})
