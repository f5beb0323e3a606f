import { startSandbox } from '../../sandbox/server/index.ts'

/** A sandbox in a process of its own, for the test that kills it. */
const app = { app_id: 'cli_a1b2c3d4e5f60718', app_secret: 'sandbox-secret', botName: '督办机器人' }
const sandbox = await startSandbox({ apps: [app], stateFile: process.argv[2] ?? '' })
const person = sandbox.addPerson({ name: '张组长' })
const { chat_id } = sandbox.addChat({ name: '市商务委', members: [person.open_id] })
process.send?.({ origin: sandbox.origin, chat: chat_id })
