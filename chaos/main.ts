import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Context, contextFor, type Figures, type Scenario } from './scenario.ts'
import { scenarios } from './scenarios.ts'
import { takeFaults } from './support/log-lines.ts'
import { printTable } from './table.ts'

/**
 * `npm run chaos [-- <scenario>…] [--seed N] [--short] [--only N]`: breaks things under load, all or those named, and prints
 * what was lost or doubled by it. Exits with 1 if anything was. `--only` lives through one world of a scenario that has many.
 */
const { seed, scale, only, chosen } = wishes()

// Whatever is left behind, also by a run that was broken off or by a process that was killed, lies below one folder.
const folder = mkdtempSync(path.join(tmpdir(), 'duban-chaos-'))
process.env.TMPDIR = folder
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

// A machine's proxy knows nothing of servers that live for one run.
for (const proxy of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']) delete process.env[proxy]

const names = chosen.map(({ name }) => name).join(' ')
const short = scale === 'short' ? ' --short' : ''
console.log(`seed ${seed}; the same again: npm run chaos -- ${names} --seed ${seed}${short}`)
console.log(`Node ${process.version}, ${cpus().length} cores\n`)

const rows = []
for (const scenario of chosen) rows.push({ name: scenario.name, ...(await tried(scenario)) })
printTable(rows)
process.exit(rows.every(({ lost, doubled }) => lost.length + doubled.length === 0) ? 0 : 1)

/** A scenario that could not be carried out shows nothing: that is counted as lost. */
async function tried(scenario: Scenario): Promise<Figures & { seconds: number }> {
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const say: Context['say'] = (line) =>
    console.log(`${scenario.name.padEnd(12)} ${seconds().toFixed(0).padStart(5)} s  ${line}`)
  try {
    const figures = await scenario.run(contextFor(scenario, { seed, scale, only, say }))
    const told = takeFaults().map((fault) => `the log tells ${fault}`)
    return { ...figures, lost: [...figures.lost, ...told], seconds: seconds() }
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return {
      faults: 0,
      operations: 0,
      lost: [`it broke off: ${why}`],
      doubled: [],
      notes: [],
      seconds: seconds(),
    }
  }
}

function wishes(): Pick<Context, 'seed' | 'scale' | 'only'> & { chosen: Scenario[] } {
  const { values, positionals } = parseArgs({
    options: {
      seed: { type: 'string' },
      short: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
    allowPositionals: true,
  })
  const unknown = positionals.filter((name) => !scenarios.some((scenario) => scenario.name === name))
  if (unknown.length > 0) {
    refuse(
      `no such scenario: ${unknown.join(', ')}; there are: ${scenarios.map(({ name }) => name).join(', ')}`,
    )
  }
  const seed = whole('a seed', values.seed) ?? randomInt(2 ** 31)
  const only = whole('a world', values.only)
  const chosen = scenarios.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
  const scale = values.short ? 'short' : 'long'
  for (const { name, worlds } of only === undefined ? [] : chosen) {
    const count = worlds?.[scale] ?? 0
    if (count === 0) refuse(`${name} has no worlds to choose from: --only needs a scenario that has`)
    if (Number(only) >= count) refuse(`${name} has no world ${only}: there are 0 to ${count - 1}`)
  }
  return { seed, scale, only, chosen }
}

function whole(what: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (!/^\d{1,15}$/.test(value)) refuse(`${what} is a whole number, not ${value}`)
  return Number(value)
}

function refuse(why: string): never {
  console.error(why)
  process.exit(1)
}
