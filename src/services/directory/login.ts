import { chatsOf, departmentsOn } from '../../db/departments.ts'
import { isLoginKnown, presentLogin, setPresentLogin } from '../../db/logins.ts'
import type { Platform } from '../../ports.ts'
import type { App } from '../app.ts'
import { catchUp } from '../delivery/catch-up.ts'
import { tellOfAccount } from '../delivery/connection-news.ts'
import { work } from '../work.ts'

/** As whom the bot is logged in, where it can be somebody else tomorrow. */
export interface Logins {
  /** Never throws: what could not be noted is tried again by `note`. */
  follow(platform: Platform, login: string): void
  /** Nothing that comes in is acted on, and no sweep goes by, before it is known who the bot is. */
  note(): Promise<void>
}

export function createLogins(app: App): Logins {
  const present = new Map<Platform, string>()
  const note = async () => {
    for (const [platform, login] of present) await noteLogin(app, platform, login)
  }
  return {
    follow(platform, login) {
      present.set(platform, login)
      note().catch((err: unknown) => app.log.error({ err, platform }, 'the login could not be noted yet'))
    },
    note,
  }
}

/**
 * Whichever login is in force, the groups that were bound and the people who were registered under it are good, and no
 * others. Where it was another before, its groups get what they could not have, and the task force is told.
 */
export async function noteLogin(app: App, platform: Platform, login: string): Promise<void> {
  if ((await presentLogin(app.db.read, platform)) === login) return
  await work(app, async (current) => {
    const { db } = current
    const last = await presentLogin(db, platform)
    if (last === login) return
    await setPresentLogin(db, platform, login)
    if (last === null) return
    const change = (await isLoginKnown(db, platform, login)) ? 'former-account' : 'other-account'
    app.log.warn({ platform, change }, 'the bot is somebody else on a platform')
    for (const department of await departmentsOn(db, platform)) {
      for (const chat of await chatsOf(db, department.id)) {
        if (chat.platform === platform) await catchUp(current, department, chat)
      }
    }
    await tellOfAccount(current, platform, change)
  })
}
