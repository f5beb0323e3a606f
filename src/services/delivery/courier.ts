import type { Abilities, JobName, Platform } from '../../ports.ts'
import type { App } from '../app.ts'
import type { Work } from '../work.ts'

type WithMessengers = Pick<App, 'messengers' | 'abilities'>

/** A sender that was silent for so long is taken for dead, and its delivery for unsent. */
export const leaseMs = 20_000
/** Where that can't be mended by sending once more, nobody is taken for dead too soon. */
const leaseOfOneSendingMs = 120_000

/** Of a list for a platform that is not configured. */
const usualEntries = 1_000

/** The job that carries what goes to that platform: others must not wait behind one that sends in turn. */
export function deliveryJob(app: WithMessengers, platform: Platform): JobName {
  return sendsInTurn(app, platform) ? 'deliver-in-turn' : 'deliver'
}

/** Has these carried at that moment. */
export function scheduleDeliveries(
  { app, schedule }: Pick<Work, 'app' | 'schedule'>,
  deliveries: readonly { id: number; platform: Platform }[],
  at: number,
): void {
  for (const { id, platform } of deliveries) schedule(deliveryJob(app, platform), String(id), at)
}

/** How long a sender may take. */
export function leaseOf(app: WithMessengers, platform: Platform): number {
  return sendsOnce(app, platform) ? leaseMs : leaseOfOneSendingMs
}

/** Whether what is sent twice is seen once; a platform that is not configured shows nothing at all. */
export function sendsOnce(app: WithMessengers, platform: Platform): boolean {
  return abilitiesOf(app, platform)?.sendsOnce ?? true
}

export function changesMessages(app: WithMessengers, platform: Platform): boolean {
  return abilitiesOf(app, platform)?.changesMessages ?? true
}

export function sendsInTurn(app: WithMessengers, platform: Platform): boolean {
  return abilitiesOf(app, platform)?.sendsInTurn ?? false
}

export function entriesInMessage(app: WithMessengers, platform: Platform): number {
  return abilitiesOf(app, platform)?.entriesInMessage ?? usualEntries
}

function abilitiesOf({ messengers, abilities }: WithMessengers, platform: Platform): Abilities | undefined {
  return messengers.get(platform)?.abilities ?? abilities?.[platform]
}
