import { plainReason, readCommand } from './demo/command.ts'
import { type Demo, startDemo } from './demo/start.ts'

/** `npm run demo`: the sandbox and the bot, until Ctrl-C. */
try {
  const command = readCommand(process.argv.slice(2), process.env)
  const demo = await startDemo(command)
  stopAtSignal(demo)
  const address = command.locale === 'en' ? `${demo.url}?lang=en` : demo.url
  process.stdout.write(`\n  督办演示 / Duban demo\n\n  ${address}\n\n  Ctrl-C 结束 / ends it\n\n`)
} catch (error) {
  process.stderr.write(`${plainReason(error)}\n`)
  process.exit(1)
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
