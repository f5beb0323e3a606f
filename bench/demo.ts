import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Bench, milliseconds } from './bench.ts'

/** From the start of the process to the printed address, the history played. */
export const demo: Bench = {
  name: 'demo',
  async run() {
    const folder = mkdtempSync(path.join(tmpdir(), 'duban-bench-'))
    const first = await ready(folder)
    const again = await ready(folder)
    rmSync(folder, { recursive: true })
    return [
      { what: 'ready, fresh', value: milliseconds(first), wanted: '< 5 s' },
      { what: 'ready, started again', value: milliseconds(again), wanted: '< 5 s' },
    ]
  },
}

async function ready(folder: string): Promise<number> {
  const started = performance.now()
  const file = path.join(import.meta.dirname, '../sandbox/demo.ts')
  const child = spawn(process.execPath, [file, '--data', path.join(folder, 'demo'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += String(chunk)
    if (printed.includes('http://')) break
  }
  if (!printed.includes('http://')) throw new Error('the demo ended before it was ready')
  const took = performance.now() - started
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
  return took
}
