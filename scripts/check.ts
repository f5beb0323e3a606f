/** `npm run check`: format, lint and types; every complaint of each, then one verdict. */
import { spawnSync } from 'node:child_process'

const steps = [
  { name: 'format and lint', file: 'node_modules/@biomejs/biome/bin/biome', args: ['check', '.'] },
  { name: 'types', file: 'node_modules/typescript/bin/tsc', args: ['--noEmit'] },
]

const failed = steps.filter(
  ({ file, args }) => spawnSync(process.execPath, [file, ...args], { stdio: 'inherit' }).status !== 0,
)
if (failed.length > 0) {
  console.error(`check failed: ${failed.map((step) => step.name).join(', ')}`)
  process.exit(1)
}
console.log('check passed: format, lint, types')
