import { onTestFinished } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server/index.ts'

export const testApp = { app_id: 'cli_a1b2c3d4e5f60718', app_secret: 'sandbox-secret', botName: '督办机器人' }

/** The platform's own schedule would outlast any test. */
const timing = { redeliverAfterMs: [100, 200, 400, 800] }

/** A sandbox of its own for the running test, on a free port, stopped when the test ends. */
export async function testSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({
    apps: [testApp],
    pageMaxAge: 3_600,
    ...options,
    timing: { ...timing, ...options.timing },
  })
  onTestFinished(() => sandbox.stop())
  return sandbox
}

/** A Friday morning, at work start. */
const testStart = Date.UTC(2026, 10, 20, 1, 0)

/** A clock that stands still until it is told otherwise. */
export function testClock(start = testStart) {
  let time = start
  return clockOf(
    () => time,
    (to) => {
      time = to
    },
  )
}

/** A clock that goes on from where it is set, as what is tried again a second later needs. */
export function tickingClock(start = testStart) {
  let offset = start - Date.now()
  return clockOf(
    () => Date.now() + offset,
    (to) => {
      offset = to - Date.now()
    },
  )
}

function clockOf(now: () => number, set: (to: number) => void) {
  return {
    now,
    set,
    advance: (ms: number) => set(now() + ms),
    timezone: 'Asia/Shanghai',
    controls: [{ id: 'hour', label: { zh: '快进一小时', en: 'An hour later' } }],
    move: async () => set(now() + 60 * 60_000),
  }
}

/** A group with a few people in it and the bot among them. */
export function testGroup(sandbox: Sandbox) {
  const lead = sandbox.addPerson({ name: '张组长', title: '专班 · 专班人员' })
  const contact = sandbox.addPerson({ name: '李联络', title: '市商务委 · 联络员' })
  const group = sandbox.addChat({ name: '市商务委', members: [lead.open_id, contact.open_id] })
  return { lead, contact, group }
}
