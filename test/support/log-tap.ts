import { type Logger, pino } from 'pino'

/**
 * Looks through every line that any logger of this process writes, and those that are below its level too, for what may
 * stand in no log. Each test file fails with what it logged.
 */

/** What the tests have for secrets: in worlds, in configurations and in files. */
export const secrets = [
  'sandbox-secret',
  'an-encrypt-key',
  'a-verification-token',
  'k-9f2c-encrypt',
  'v-71ab-verification',
  'claim-me',
  'open-sesame',
  'a-claim-code',
  'hotline-0123456789',
  'archive-0123456789',
  'insecure_0123456789',
  'a-token-for-the-page',
  'a-login-token-of-ours',
  'puppet_workpro_0123456789abcdef',
]

const chinese = /\p{Script=Han}/gu
const forbidden: [string, RegExp][] = [
  ['a secret', new RegExp(secrets.join('|'))],
  ['a phone or identity number', /(?<![\w.-])(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\w)/],
  // We log in English: whatever is Chinese is somebody's name, address or words.
  ["somebody's words", chinese],
]

/** The platforms' own words. */
const known = [
  '[ws] receive events or callbacks through persistent connection',
  'WeChat has logged the bot out',
]

const found = new Set<string>()

/** @throws with what has been logged since it was last asked, and may not be */
export function logsTellNothing(): void {
  const faults = [...found]
  forgetLogs()
  if (faults.length > 0) throw new Error(`The log tells what it may not:\n${faults.join('\n')}`)
}

/** For those who try what a log makes of anything. */
export function forgetLogs(): void {
  found.clear()
}

/** A line of a process that was started. */
export function noteLine(line: string): void {
  for (const fault of faultsIn(line)) found.add(`  ${fault}: ${line.trim().slice(0, 600)}`)
}

function faultsIn(line: string): string[] {
  const theirs = known.some((words) => line.includes(words)) ? line.replaceAll(chinese, '') : line
  return forbidden.flatMap(([what, pattern]) => (theirs.search(pattern) >= 0 ? [what] : []))
}

interface Tapped extends Logger {
  [name: symbol]: unknown
}
type Method = (this: Tapped, ...args: unknown[]) => void

const { writeSym, setLevelSym, streamSym } = pino.symbols as unknown as Record<string, symbol>
if (!writeSym || !setLevelSym || !streamSym)
  throw new Error('pino has changed: nothing looks through its lines')
interface Lines {
  write(line: string): void
}
const nowhere: Lines = { write() {} }
const logger = pino({ level: 'trace' }, nowhere)
const loud = logger as unknown as Record<string, Method>
const prototype = Object.getPrototypeOf(Object.getPrototypeOf(logger)) as Record<symbol, Method>
const write = prototype[writeSym] as Method
const setLevel = prototype[setLevelSym] as Method

/** What is below the level is made into a line all the same. */
prototype[setLevelSym] = function (level) {
  setLevel.call(this, level)
  const methods = this as unknown as Record<string, Method>
  for (const [name, value] of Object.entries(this.levels.values)) {
    const method = loud[name]
    if (method && value < this.levelVal) methods[name] = method
  }
}

prototype[writeSym] = function (object, message, level) {
  const stream = this[streamSym] as Lines
  const isWritten = Number(level) >= this.levelVal
  this[streamSym] = Object.create(stream, {
    write: {
      value(line: string) {
        noteLine(line)
        if (isWritten) stream.write(line)
      },
    },
  })
  try {
    write.call(this, object, message, level)
  } finally {
    this[streamSym] = stream
  }
}
