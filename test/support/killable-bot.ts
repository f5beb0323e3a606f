import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { World } from './duban.ts'
import { quickStart } from './quick-start.ts'

export interface KillableBot {
  /** Ends it as a crash would: the signal is sent before this returns. */
  kill(): void
  /** Resolves once it is dead. */
  dead: Promise<unknown>
}

/** Stops the world's own bot and starts one on the same files as a process of its own, which can be killed. */
export async function killableBot(world: World): Promise<KillableBot> {
  await world.stop()
  const ahead = world.clock.now() - Date.now()
  const child = fork(path.join(import.meta.dirname, 'bot-process.ts'), [String(ahead)], {
    env: { ...process.env, ...world.env, ...quickStart, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const dead = once(child, 'exit')
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await dead
  })
  await Promise.race([
    once(child, 'message'),
    dead.then(([code]) => {
      throw new Error(`the bot ended before it served, with ${code}`)
    }),
  ])
  return { kill: () => child.kill('SIGKILL'), dead }
}
