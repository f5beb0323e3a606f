import { readFileSync, writeFileSync } from 'node:fs'
import type { Clock } from '../../src/ports.ts'

/** Runs with the real time, and so far ahead of it (or behind) as it was moved; a restart goes on from there. */
export interface MovableClock extends Clock {
  moveTo(at: number): void
}

export function movableClock(file: string): MovableClock {
  let offset = readOffset(file)
  return {
    now: () => Date.now() + offset,
    moveTo(at) {
      offset = at - Date.now()
      writeFileSync(file, JSON.stringify({ offset }))
    },
  }
}

function readOffset(file: string): number {
  try {
    const { offset } = JSON.parse(readFileSync(file, 'utf8')) as { offset?: unknown }
    return typeof offset === 'number' ? offset : 0
  } catch {
    return 0
  }
}
