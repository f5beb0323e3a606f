import { expect, test } from 'vitest'
import type { App } from '../../src/services/app.ts'
import { scheduleNextDigest, sendDueDigest } from '../../src/services/reports/digest.ts'
import { appBeside } from '../operator/app.ts'
import { deskWithDirectory } from '../operator/desk.ts'

test('a digest that was missed comes in the evening still, and not in the night', async () => {
  const { app, at } = await appBeside(await deskWithDirectory())
  for (const [time, digests] of [
    ['2026-11-20T23:40:00', 0],
    ['2026-11-21T07:00:00', 0],
    ['2026-11-23T20:59:00', 1],
    ['2026-11-24T21:00:00', 1],
    ['2026-11-25T18:00:00', 2],
  ] as const) {
    at(time)
    await sendDueDigest(app)
    expect(await sent(app), time).toBe(digests)
  }
})

test('in the night no job is asked for that has nothing to send', async () => {
  const { app, at } = await appBeside(await deskWithDirectory())
  const asked: number[] = []
  const watched: App = { ...app, queue: { schedule: async (_name, _id, due) => void asked.push(due) } }
  at('2026-11-20T23:40:00')
  await scheduleNextDigest(watched)
  expect(asked).toEqual([Date.parse('2026-11-23T18:00:00+08:00')])
})

async function sent({ db }: App): Promise<number> {
  return (await db.read.selectFrom('deliveries').select('id').where('kind', '=', 'digest').execute()).length
}
