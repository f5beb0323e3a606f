import { z } from 'zod'
import { defineJob } from './job.ts'

/** Makes a table that somebody asked for. Its run is named by that person. */
export const exportTable = defineJob({
  name: 'export',
  payload: z.object({ id: z.coerce.number().pipe(z.int().positive()) }),
  concurrency: 1,
  run: (services, { id }) => services.export(id),
})
