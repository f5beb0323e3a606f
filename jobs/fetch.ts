import { z } from 'zod'
import { defineJob, runId } from './job.ts'

/** Brings evidence from the platforms that still have it. */
export const fetch = defineJob({
  name: 'fetch',
  payload: z.object({ id: runId }),
  concurrency: 1,
  run: (services) => services.fetch(),
})
