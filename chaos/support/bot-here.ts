import { createLogger } from '../../src/log.ts'
import { type Duban, type StartOptions, startDuban } from '../../src/main.ts'
import { noteErrors } from './bot.ts'
import type { City } from './city.ts'
import { noteLine } from './log-lines.ts'

/** What is left locked is soon free again. */
export const soonFree = { lockMs: 2_000, stalledEveryMs: 500 }

/** The bot within this process, for those who do not kill it. What it calls an error is a finding, and noted. */
export function startBotHere(
  city: City,
  { errors, env, ...options }: StartOptions & { errors: string[]; env?: Record<string, string> },
): Promise<Duban> {
  const note = noteErrors(errors)
  const write = (line: string) => {
    noteLine(line)
    note(line)
  }
  return startDuban(
    { ...city.env, ...env },
    {
      clock: city.clock,
      jobsTiming: soonFree,
      log: createLogger({ level: 'info', pretty: false, to: { write } }),
      ...options,
    },
  )
}
