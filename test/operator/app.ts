import { personByAccount } from '../../src/db/people.ts'
import { policyTable } from '../../src/domain/policy.ts'
import { createLogger } from '../../src/log.ts'
import { createVoice } from '../../src/messages/voice.ts'
import type { Actor } from '../../src/services/actor.ts'
import type { App } from '../../src/services/app.ts'
import { openOffice } from '../../src/services/office.ts'
import { watchStorage } from '../../src/services/storage.ts'
import { friday, type TestDesk } from './desk.ts'

const hours = {
  timezone: 'Asia/Shanghai',
  workStart: '09:00',
  closeOfBusiness: '17:30',
  quietFrom: '21:00',
  quietUntil: '08:00',
}

/** What the departments and the task force do meanwhile, on the desk's database and with a clock of its own. */
export async function appBeside(
  desk: TestDesk,
): Promise<{ app: App; at(time: string): void; actor(account: string): Promise<Actor> }> {
  const db = await desk.db()
  let now = friday
  const { office } = await openOffice(db, hours)
  const log = createLogger({ level: 'silent' })
  const app: App = {
    db,
    clock: { now: () => now },
    queue: { schedule: async () => {} },
    messengers: new Map(),
    voice: createVoice('zh-CN', 'Asia/Shanghai', { now: () => now }),
    policies: policyTable,
    office,
    storage: watchStorage({ probe: db.probe, log, recovered: () => {} }),
    dataDir: desk.folder,
    retentionDays: null,
    log,
  }
  return {
    app,
    at(time) {
      now = Date.parse(`${time}+08:00`)
    },
    async actor(account) {
      const person = await personByAccount(db.read, 'feishu', account, now)
      if (!person) throw new Error(`nobody has the account ${account}`)
      return person
    },
  }
}
