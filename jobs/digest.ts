import { z } from 'zod'
import { defineJob, runId } from './job.ts'

/** Wakes when the task force's daily digest is due. Its run is named by that day or time. */
export const digest = defineJob({
  name: 'digest',
  payload: z.object({ id: runId }),
  concurrency: 1,
  run: (services) => services.digest(),
})
