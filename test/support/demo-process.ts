import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { isLog, noteOutput } from '../../chaos/support/log-lines.ts'

const program = path.join(import.meta.dirname, '..', '..', 'sandbox', 'demo.ts')

/** `npm run demo` as a process of its own, ended with the test at the latest. */
export interface DemoProcess {
  /** The address that it prints. */
  url: string
  /** Ctrl-C. Resolves with the exit code. */
  interrupt(): Promise<number | null>
}

/** Resolves once the demo has printed its address. @throws what it said, where it ends before that */
export async function startDemoProcess(...args: string[]): Promise<DemoProcess> {
  const demo = spawnDemo(args)
  await Promise.race([demo.told, demo.closed])
  const [url] = address.exec(demo.said.join('\n')) ?? []
  if (url !== undefined) return { url, interrupt: () => demo.end('SIGINT') }
  throw new Error(`the demo did not start: ${demo.said.join('\n')}`)
}

/** For a demo that is not to start: how it ends, and what it says. */
export async function failedDemo(...args: string[]): Promise<{ code: number | null; said: string }> {
  const demo = spawnDemo(args)
  const code = await demo.closed
  return { code, said: demo.said.join('\n').trim() }
}

const address = /http:\/\/\S+/

interface Spawned {
  /** All that it said so far, without its log. */
  said: string[]
  /** Resolves when it has told its address. */
  told: Promise<void>
  /** With the exit code. */
  closed: Promise<number | null>
  end(signal: NodeJS.Signals): Promise<number | null>
}

function spawnDemo(args: string[]): Spawned {
  const env = { ...process.env, LOG_LEVEL: 'info' }
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = once(child, 'close').then(([code]) => code as number | null)
  const said: string[] = []
  const told = new Promise<void>((resolve) => {
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        noteOutput(line)
        if (isLog(line)) return
        said.push(line)
        if (address.test(line)) resolve()
      })
    }
  })
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return closed
  }
  onTestFinished(async () => {
    await end('SIGKILL')
  })
  return { said, told, closed, end }
}
