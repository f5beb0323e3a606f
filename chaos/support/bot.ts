import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { noteLine } from './log-lines.ts'
import { quickStart } from './quick-start.ts'

/** The bot as a process of its own. */
export interface BotProcess {
  /** Where its HTTP server listens, once it serves; undefined where it ended before. */
  serves: Promise<string | undefined>
  /** Ends it, by default as a crash would: the signal is sent before this returns. */
  kill(signal?: NodeJS.Signals): void
  ended: Promise<Ending>
  /** Its clock is so many milliseconds ahead from now on. */
  moveClock(ahead: number): void
  pid: number
  /** From now on its database may only be read, or may be written again. */
  holdDatabase(held: boolean): void
}

export interface Ending {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface BotOptions {
  /** How many milliseconds its clock is ahead of the machine's. */
  ahead: number
  /** It need not keep the platform's limits of messages a second. */
  unlimited?: boolean
  /** Gets each line that it logs; what may stand in no log is noted by itself. */
  log?: (line: string) => void
}

export function startBot(
  env: Record<string, string>,
  { ahead, unlimited = false, log }: BotOptions,
): BotProcess {
  const args = [String(ahead), ...(unlimited ? ['unlimited'] : [])]
  const child = fork(path.join(import.meta.dirname, 'bot-process.ts'), args, {
    env: { ...process.env, LOG_LEVEL: 'info', ...env, ...quickStart },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const output of [child.stdout, child.stderr]) {
    if (!output) continue
    const lines = createInterface({ input: output }).on('line', noteLine)
    if (log) lines.on('line', log)
  }
  // It must not outlive whoever takes its files away at the end.
  const end = () => child.kill('SIGKILL')
  process.prependListener('exit', end)
  // Once its last line is read, too.
  const ended = once(child, 'close').then(([code, signal]): Ending => {
    process.off('exit', end)
    return { code, signal }
  })
  const serves = once(child, 'message').then(([url]) => String(url))
  return {
    serves: Promise.race([serves, ended.then(() => undefined)]),
    kill: (signal = 'SIGKILL') => {
      child.kill(signal)
    },
    ended,
    moveClock: (moved) => {
      child.send(moved)
    },
    // There is none only where the process could not be started, and then it has ended.
    pid: child.pid ?? 0,
    holdDatabase: (held) => {
      child.send({ held })
    },
  }
}

/** What the bot itself calls an error is a finding. */
export function noteErrors(errors: string[]): (line: string) => void {
  return (line) => {
    if (/"level":"(error|fatal)"/.test(line) || !line.startsWith('{')) errors.push(`the bot says: ${line}`)
  }
}
