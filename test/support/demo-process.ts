import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { onTestFinished } from 'vitest'

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
  for await (const chunk of demo.child.stdout ?? []) {
    demo.said.push(String(chunk))
    const [url] = /http:\/\/\S+/.exec(demo.said.join('')) ?? []
    if (url !== undefined) return { url, interrupt: () => demo.end('SIGINT') }
  }
  throw new Error(`the demo did not start: ${demo.said.join('')}`)
}

/** For a demo that is not to start: how it ends, and what it says. */
export async function failedDemo(...args: string[]): Promise<{ code: number | null; said: string }> {
  const demo = spawnDemo(args)
  demo.child.stdout?.on('data', (chunk) => demo.said.push(String(chunk)))
  const [code] = await once(demo.child, 'close')
  return { code, said: demo.said.join('').trim() }
}

interface Spawned {
  child: ChildProcess
  /** All that it wrote so far. */
  said: string[]
  end(signal: NodeJS.Signals): Promise<number | null>
}

function spawnDemo(args: string[]): Spawned {
  const env = { ...process.env, LOG_LEVEL: 'fatal' }
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  const said: string[] = []
  child.stderr.on('data', (chunk) => said.push(String(chunk)))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const [code] = await exited
    return code
  }
  onTestFinished(async () => {
    await end('SIGKILL')
  })
  return { child, said, end }
}
