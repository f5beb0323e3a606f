import { parseArgs } from 'node:util'
import { startSandbox } from './server/index.ts'

/**
 * The sandbox alone, for a bot started by hand: `node sandbox/main.ts [--port 8999] [--state file]`.
 * It prints what that bot's environment must hold. Ctrl-C ends it.
 */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '8999' }, state: { type: 'string' } },
})

const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(`--port ${values.port} is no port\n`)
  process.exit(1)
}

const app = { app_id: 'cli_5a5b5c5d5e5f6061', app_secret: 'sandbox', botName: '督办' }
const sandbox = await startSandbox({ port, apps: [app], stateFile: values.state })

if (sandbox.chats().length === 0) {
  const lead = sandbox.addPerson({ name: '专班人员', title: '专班' })
  const contact = sandbox.addPerson({ name: '联络员', title: '某单位 · 联络员' })
  sandbox.addChat({ name: '专班', members: [lead.open_id] })
  sandbox.addChat({ name: '某单位', members: [lead.open_id, contact.open_id] })
  sandbox.openP2p(lead.open_id)
  sandbox.openP2p(contact.open_id)
}

process.stdout.write(
  [
    sandbox.url,
    `FEISHU_DOMAIN=${sandbox.origin}`,
    `FEISHU_APP_ID=${app.app_id}`,
    `FEISHU_APP_SECRET=${app.app_secret}`,
    '',
  ].join('\n'),
)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.stop())
}
