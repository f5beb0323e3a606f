import { expect, test } from 'vitest'
import { coreEnv, loadConfig } from '../../src/config.ts'
import { readSetting, writeSetting } from '../../src/db/settings.ts'
import { createLogger } from '../../src/log.ts'
import { openApp } from '../../src/open-app.ts'
import type { App } from '../../src/services/app.ts'
import { type Work, work, workTogether } from '../../src/services/work.ts'
import { testDatabase } from '../support/database.ts'

const note =
  (key: string) =>
  ({ db }: Work) =>
    writeSetting(db, key, 'noted')

test('what waits while others write is one transaction, in order', async () => {
  const { app, scheduled } = await smallApp()
  const end = await busy(app)
  const first = workTogether(app, async (current) => {
    await note('first')(current)
    current.schedule('deliver', '1', 5)
    return 'written'
  })
  // Readers see what is committed, and the transaction itself what was written before.
  const second = workTogether(app, async ({ db }) => [
    await readSetting(app.db.read, 'first'),
    await readSetting(db, 'first'),
  ])
  end()
  expect(await first).toBe('written')
  expect(await second).toEqual([null, 'noted'])
  expect(await readSetting(app.db.read, 'first')).toBe('noted')
  expect(scheduled).toEqual(['deliver 1'])
})

test('what fails takes nothing with it, and is told to its own caller alone', async () => {
  const { app } = await smallApp()
  const end = await busy(app)
  const outcomes = Promise.allSettled([
    workTogether(app, note('before')),
    workTogether(app, async (current) => {
      await note('failed')(current)
      throw new Error('no')
    }),
    workTogether(app, note('after')),
  ])
  end()
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  const kept = ['before', 'failed', 'after'].map((key) => readSetting(app.db.read, key))
  expect(await Promise.all(kept)).toEqual(['noted', null, 'noted'])
})

test('where nothing can be begun everybody is told', async () => {
  const { app } = await smallApp()
  await app.db.close()
  const outcomes = await Promise.allSettled(['a', 'b'].map((key) => workTogether(app, note(key))))
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})

/** Others write until the returned is called. */
async function busy(app: App): Promise<() => void> {
  const begun = Promise.withResolvers<void>()
  const over = Promise.withResolvers<void>()
  void work(app, async () => {
    begun.resolve()
    await over.promise
  })
  await begun.promise
  return over.resolve
}

async function smallApp(): Promise<{ app: App; scheduled: string[] }> {
  const db = await testDatabase()
  const scheduled: string[] = []
  const { core } = loadConfig({ DATABASE_URL: db.url }, { core: coreEnv })
  const { app } = await openApp(core, {
    db,
    clock: { now: Date.now },
    queue: {
      schedule: async (name, id) => {
        scheduled.push(`${name} ${id}`)
      },
    },
    messengers: new Map(),
    log: createLogger({ level: 'silent' }),
  })
  return { app, scheduled }
}
