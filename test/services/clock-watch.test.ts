import { expect, test } from 'vitest'
import type { App } from '../../src/services/app.ts'
import { clockWatch } from '../../src/services/clock-watch.ts'
import { fullDisk } from '../support/full-disk.ts'
import { aTextCity } from '../support/text-city.ts'

const dayMs = 24 * 60 * 60_000

test('a clock set back while nothing can be written is looked after once it can', async () => {
  const city = await aTextCity()
  await city.items('蔬菜滞销')
  await city.say('陈组长', '/派单 #1 农业农村委')
  let at = city.now()
  const app: App = { ...city.app, clock: { now: () => at } }
  const watch = clockWatch(app)
  await watch()
  at -= dayMs

  const disk = fullDisk(app)
  await expect(watch()).rejects.toThrow('the disk is full')
  disk.mockRestore()
  expect(await dueSetAt(app)).toBeGreaterThan(at)
  await watch()
  expect(await dueSetAt(app)).toBe(at)
})

async function dueSetAt({ db }: App): Promise<number> {
  const row = await db.read.selectFrom('assignments').select('due_set_at').executeTakeFirstOrThrow()
  return row.due_set_at
}
