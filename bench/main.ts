import { cpus, loadavg } from 'node:os'
import type { Bench } from './bench.ts'
import { click } from './click.ts'
import { demo } from './demo.ts'
import { importRows } from './import.ts'
import { nudge } from './nudge.ts'
import { status } from './status.ts'

/** `npm run bench [-- name…]`: prints the measurements, all or those named. */
const all: Bench[] = [click, nudge, importRows, status, demo]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !all.some((bench) => bench.name === name))
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}; there are: ${all.map(({ name }) => name).join(', ')}`)
  process.exit(1)
}

console.log(
  `Node ${process.version}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} before the start\n`,
)
for (const { name, run } of all.filter((bench) => wanted.length === 0 || wanted.includes(bench.name))) {
  for (const { what, value, wanted: goal } of await run()) {
    console.log(`${name.padEnd(12)}${value.padStart(10)}   wanted ${goal.padEnd(9)} ${what}`)
  }
}
process.exit(0)
