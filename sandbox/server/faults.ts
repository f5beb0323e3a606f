import type { Faults } from '../api.ts'

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

function shape(fields: Record<string, Check>): Check {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === Object.keys(fields).length &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]))
}
