import path from 'node:path'
import { parseArgs } from 'node:util'
import type { DemoOptions } from './start.ts'

const usage = 'npm run demo -- [--fresh] [--port 8999] [--data data/demo]'

/** What the command line and the environment ask for. @throws {RangeError} naming what is wrong, with the usage */
export function readCommand(args: string[], env: NodeJS.ProcessEnv): DemoOptions {
  const { fresh, port, data } = readOptions(args)
  const asked = port ?? env.DEMO_PORT ?? '8999'
  if (!/^\d{1,5}$/.test(asked) || Number(asked) > 65_535) {
    throw new RangeError(`the port must be a number up to 65535, not "${asked}"\n${usage}`)
  }
  return {
    fresh,
    port: Number(asked),
    folder: path.resolve(data),
    locale: env.LOCALE,
    logLevel: env.LOG_LEVEL,
  }
}

/** One line for the terminal about why the demo does not start. */
export function plainReason(error: unknown): string {
  const { code, message, port = 0 } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE')
    return `端口 ${port} 已被占用 / port ${port} is taken: npm run demo -- --port ${port + 1}`
  return message
}

function readOptions(args: string[]): { fresh: boolean; port?: string; data: string } {
  try {
    const { values } = parseArgs({
      args,
      options: {
        fresh: { type: 'boolean', default: false },
        port: { type: 'string' },
        data: { type: 'string', default: 'data/demo' },
      },
    })
    return values
  } catch (error) {
    throw new RangeError(`${(error as Error).message}\n${usage}`)
  }
}
