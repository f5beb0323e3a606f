import { isLoginKnown, presentLogin, setPresentLogin } from '../../db/logins.ts'
import type { Platform } from '../../ports.ts'
import type { App } from '../app.ts'
import { tellOfAccount } from '../delivery/connection-news.ts'
import { catchUpOwed, oweCatchUp } from '../delivery/owed-catch-up.ts'
import { work } from '../work.ts'

/** As whom the bot is logged in, where it can be somebody else tomorrow. */
export interface Logins {
  /** Never throws: what could not be done is tried again by the others. */
  follow(platform: Platform, login: string): void
  /** It is logged out there: what could not be noted is no longer so, and another process's login may be. */
  forget(platform: Platform): void
  /** Nothing that comes in from a platform is acted on before it is known who the bot is there. */
  note(platform: Platform): Promise<void>
  /** The same of every platform, before a sweep goes by; and what is still owed to its groups. */
  sweep(): Promise<void>
}

export function createLogins(app: App): Logins {
  /** What is still to be noted. Said once and no more: by now another process may be logged in as somebody else. */
  const present = new Map<Platform, string>()
  const notePresent = async (platform: Platform) => {
    const login = present.get(platform)
    if (login === undefined) return
    await noteLogin(app, platform, login)
    if (present.get(platform) === login) present.delete(platform)
  }
  /** One after another, or a login could be noted after the one that has taken its place. */
  let last = Promise.resolve()
  const note = async (platform: Platform) => {
    if (!present.has(platform)) return
    const mine = last.then(() => notePresent(platform))
    last = mine.catch(() => {})
    await mine
  }
  return {
    follow(platform, login) {
      present.set(platform, login)
      note(platform)
        .then(() => catchUpOwed(app, platform))
        .catch((err: unknown) =>
          app.log.error({ err, platform }, 'a login could not be noted or caught up with yet'),
        )
    },
    forget: (platform) => void present.delete(platform),
    note,
    async sweep() {
      for (const platform of app.messengers.keys()) {
        await note(platform)
        await catchUpOwed(app, platform)
      }
    },
  }
}

/**
 * Whichever login is in force, the groups that were bound and the people who were registered under it are good, and no
 * others. Where it was another before, its groups are owed what they could not have, and the task force is told.
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
    await oweCatchUp(current, platform)
    await tellOfAccount(current, platform, change)
  })
}
