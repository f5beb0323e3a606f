import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Demo, startDemo } from './demo/start.ts'

/** `npm run demo`: the sandbox and the bot, until Ctrl-C. */
const usage = 'npm run demo -- [--fresh] [--port 8999] [--data data/demo]'

interface Command {
  fresh: boolean
  port: number
  folder: string
}

function readCommand(): Command {
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      port: { type: 'string', default: process.env.DEMO_PORT ?? '8999' },
      data: { type: 'string', default: 'data/demo' },
    },
  })
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    throw new RangeError(`--port must be a number up to 65535, not "${values.port}"`)
  }
  return { fresh: values.fresh, port: Number(values.port), folder: path.resolve(values.data) }
}

function stopAtSignal(demo: Demo): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      if (stopping) return
      stopping = true
      await demo.stop()
      process.exit(0)
    })
  }
}

function plainReason(error: unknown): string {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE')
    return `端口 ${port} 已被占用 / port ${port} is taken: npm run demo -- --port ${(port ?? 8999) + 1}`
  if (code?.startsWith('ERR_PARSE_ARGS') || error instanceof RangeError) return `${message}\n${usage}`
  return message
}

try {
  const command = readCommand()
  const demo = await startDemo({
    ...command,
    locale: process.env.LOCALE,
    logLevel: process.env.LOG_LEVEL,
  })
  stopAtSignal(demo)
  process.stdout.write(`\n  督办演示 / Duban demo\n\n  ${demo.url}\n\n  Ctrl-C 结束 / ends it\n\n`)
} catch (error) {
  process.stderr.write(`${plainReason(error)}\n`)
  process.exit(1)
}
