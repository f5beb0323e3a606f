import { type Faults, type Mishap, mishaps } from '../api.ts'

export function noFaults(): Required<Faults> {
  return {
    rateLimitNext: 0,
    resetSeconds: 1,
    failNext: { count: 0, status: 500, code: 1500 },
    cutNext: 0,
    latencyMs: 0,
    duplicateEvents: 1,
    halfOpen: false,
    fragments: 1,
    groupMessages: false,
    failDiscovery: { count: 0, status: 200, code: 1, withData: true },
    failing: { share: 0, ways: [], seed: 1 },
    eventDelayMs: 0,
  }
}

type Check = (value: unknown) => boolean
const count: Check = (value) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1_000_000
const atLeastOne: Check = (value) => count(value) && (value as number) >= 1 && (value as number) <= 100
const flag: Check = (value) => typeof value === 'boolean'
const status: Check = (value) =>
  Number.isInteger(value) && (value as number) >= 200 && (value as number) <= 599
const code: Check = (value) => Number.isInteger(value)
const share: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1
const ways: Check = (value) => Array.isArray(value) && value.every((way) => mishaps.includes(way))

const checks = {
  rateLimitNext: count,
  resetSeconds: count,
  failNext: shape({ count, status, code }),
  cutNext: count,
  latencyMs: count,
  duplicateEvents: atLeastOne,
  halfOpen: flag,
  fragments: atLeastOne,
  groupMessages: flag,
  failDiscovery: shape({ count, status, code, withData: flag }),
  failing: shape({ share, ways, seed: code }),
  eventDelayMs: count,
} satisfies Record<keyof Faults, Check>

/** Sets the switches that `changes` names. @throws {RangeError} naming the wrong one; then nothing is set. */
export function changeFaults(faults: Faults, changes: unknown): void {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) {
    throw new RangeError('faults must be an object')
  }
  for (const [name, value] of Object.entries(changes)) {
    const check = Object.hasOwn(checks, name) ? checks[name as keyof Faults] : undefined
    if (!check) throw new RangeError(`no such fault: ${name}`)
    if (!check(value)) throw new RangeError(`fault ${name} cannot be ${JSON.stringify(value)}`)
  }
  Object.assign(faults, structuredClone(changes))
}

/** How this call goes wrong, if it does. */
export function takeMishap({ failing }: Pick<Required<Faults>, 'failing'>): Mishap | undefined {
  if (failing.share === 0 || roll(failing) >= failing.share) return undefined
  return failing.ways[Math.floor(roll(failing) * failing.ways.length)]
}

/** In [0, 1), the same for the same seed (mulberry32). */
function roll(die: { seed: number }): number {
  die.seed = (die.seed + 0x6d2b79f5) | 0
  let bits = Math.imul(die.seed ^ (die.seed >>> 15), die.seed | 1)
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
}

function shape(fields: Record<string, Check>): Check {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === Object.keys(fields).length &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]))
}
