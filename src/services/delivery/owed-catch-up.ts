import { chatsOf, type Department, departmentsOn } from '../../db/departments.ts'
import { readSetting, writeSetting } from '../../db/settings.ts'
import { type Platform, Unwritable } from '../../ports.ts'
import type { App } from '../app.ts'
import { type Work, work } from '../work.ts'
import { catchUp } from './catch-up.ts'

const keyOf = (platform: Platform) => `catch-up-${platform}`

/** Whose groups there are to get what they could not have: noted with what has made it so, done after it. */
export async function oweCatchUp({ db }: Work, platform: Platform): Promise<void> {
  await writeSetting(db, keyOf(platform), JSON.stringify(await departmentsOn(db, platform)))
}

/** Does it, for each department by itself: what fails keeps nobody else from anything, and stays owed. */
export async function catchUpOwed(app: App, platform: Platform): Promise<void> {
  for (const department of parsed(await readSetting(app.db.read, keyOf(platform)))) {
    await work(app, (current) => catchUpOne(current, platform, department)).catch((err: unknown) => {
      if (err instanceof Unwritable) throw err
      app.log.error(
        { err, platform, department: department.id },
        'a department could not be caught up with yet',
      )
    })
  }
}

async function catchUpOne(work: Work, platform: Platform, department: Department): Promise<void> {
  for (const chat of await chatsOf(work.db, department.id)) {
    if (chat.platform === platform) await catchUp(work, department, chat)
  }
  const owed = parsed(await readSetting(work.db, keyOf(platform)))
  const rest = owed.filter(({ id }) => id !== department.id)
  await writeSetting(work.db, keyOf(platform), JSON.stringify(rest))
}

function parsed(owed: string | null): Department[] {
  return owed === null ? [] : (JSON.parse(owed) as Department[])
}
