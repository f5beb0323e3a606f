import { z } from 'zod'
import { defineJob, runId } from './job.ts'

/** Wakes when the task force is to hear of new items. Its run is named by that time, or by why. */
export const announce = defineJob({
  name: 'announce',
  payload: z.object({ id: runId }),
  concurrency: 1,
  run: (services) => services.announce(),
})
