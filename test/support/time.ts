import { nextNudgeMoment } from '../../src/db/assignments.ts'
import type { World } from './duban.ts'
import { look, until } from './truth.ts'

/** `2026-11-20 09:00` in Shanghai, in epoch milliseconds. */
export function shanghai(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00+08:00`)
}

/** Moves the clock there, and waits until the bot has done by itself whatever is due by then. */
export async function goTo(world: World, text: string): Promise<void> {
  const at = shanghai(text)
  await world.moveTo(at)
  await until(() => look(world, async (db) => ((await nextNudgeMoment(db)) ?? Infinity) > at), 'the nudges')
  await world.settled()
}
