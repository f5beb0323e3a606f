import { type Logger, pino } from 'pino'
import { noteLine, takeFaults } from '../../chaos/support/log-lines.ts'

/**
 * Looks through every line that any logger of this process writes, and those that are below its level too, for what may
 * stand in no log; those who start processes have their lines looked through as well. Each test file fails with what was
 * logged.
 */

/** @throws with what has been logged since it was last asked, and may not be */
export function logsTellNothing(): void {
  const faults = takeFaults()
  if (faults.length > 0) throw new Error(['The log tells what it may not:', ...faults].join('\n  '))
}

/** For those who try what a log makes of anything. */
export function forgetLogs(): void {
  takeFaults()
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
