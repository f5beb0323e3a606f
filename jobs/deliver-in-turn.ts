import { deliveryPayload } from './deliver.ts'
import { defineJob } from './job.ts'

/** Like `deliver`, for a platform that takes one message after another: what is quick need not wait behind it. */
export const deliverInTurn = defineJob({
  name: 'deliver-in-turn',
  payload: deliveryPayload,
  concurrency: 1,
  run: (services, { id }) => services.deliver(id),
})
