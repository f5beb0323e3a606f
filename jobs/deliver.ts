import { z } from 'zod'
import { defineJob } from './job.ts'

export const deliveryPayload = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'is not the id of a delivery')
    .transform(Number),
})

/** Carries one delivery to its platform. Its run is named by the delivery's id. */
export const deliver = defineJob({
  name: 'deliver',
  payload: deliveryPayload,
  concurrency: 8,
  run: (services, { id }) => services.deliver(id),
})
