import { z } from 'zod'
import type { JobName } from '../src/ports.ts'

/** What the jobs call; the composition root gives it. */
export interface JobServices {
  /** Sends one delivery. Resolves with the time, by the Clock, at which to try again if it must be. */
  deliver(id: number): Promise<RunAgain | undefined>
  /** Sends the nudges that are due. */
  nudge(): Promise<void>
  /** Brings evidence from the platforms that still have it. */
  fetch(): Promise<void>
  /** Finds what a crash left behind, and schedules every job anew from the database. */
  sweep(): Promise<void>
  /** Sends the digests that are due. */
  digest(): Promise<void>
  /** Tells the task force of new items. */
  announce(): Promise<void>
  /** Makes the table that this person asked for. Resolves with the time at which to try again if it must be. */
  export(person: number): Promise<RunAgain | undefined>
}

export interface RunAgain {
  retryAt: number
}

export interface Job<Payload = unknown> {
  name: JobName
  /** What Redis gave back is parsed anew before it runs. */
  payload: z.ZodType<Payload>
  /** How many may run at once in one process. */
  concurrency: number
  /** Also runs by itself, once in so many milliseconds for all processes together. */
  every?: number
  run(services: JobServices, payload: Payload, now: number): Promise<RunAgain | undefined> | Promise<void>
}

export function defineJob<Payload>(job: Job<Payload>): Job<Payload> {
  return job
}

/** What tells two runs of one job apart: part of a BullMQ job id, which may not contain a colon. */
export const runId = z
  .string()
  .regex(/^[\w.-]{1,64}$/, 'is not 1 to 64 letters, digits, dots, dashes or underscores')
