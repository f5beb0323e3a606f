import { expect, test } from 'vitest'
import { deliveryById } from '../../src/db/deliveries.ts'
import { departmentsByName } from '../../src/db/departments.ts'
import { Busy, type Messenger } from '../../src/ports.ts'
import type { App } from '../../src/services/app.ts'
import { acknowledge } from '../../src/services/assignment/acknowledge.ts'
import { dispatch } from '../../src/services/assignment/dispatch.ts'
import { deliver } from '../../src/services/delivery/deliver.ts'
import { collect } from '../../src/services/intake/collect.ts'
import { sendDueNudges } from '../../src/services/nudges/nudge.ts'
import { work } from '../../src/services/work.ts'
import { appBeside } from '../operator/app.ts'
import { deskWithDirectory } from '../operator/desk.ts'

test('to be told to come later is no failed attempt: one fault after it is tried again a second later, and alarms nobody', async () => {
  const { app, at, card, platform } = await dispatched()
  platform.answers = () => new Busy(200, 'later')
  for (let second = 1; second <= 12; second += 1) {
    at(`2026-11-20T10:00:${String(second).padStart(2, '0')}`)
    expect(await deliver(app, card)).toEqual({ retryAt: app.clock.now() + 200 })
  }
  at('2026-11-20T10:00:20')
  platform.answers = () => new Error('HTTP 500')
  expect(await deliver(app, card)).toEqual({ retryAt: app.clock.now() + 1_000 })
  expect(await reports(app.db.read)).toEqual([])
  expect(await deliveryById(app.db.read, card)).toMatchObject({ attempts: 1, claimed_at: app.clock.now() })
  // It may have arrived, which another call to come later does not undo.
  at('2026-11-20T10:00:30')
  platform.answers = () => new Busy(200, 'later')
  const before = (await deliveryById(app.db.read, card))?.claimed_at
  await deliver(app, card)
  expect(await deliveryById(app.db.read, card)).toMatchObject({ attempts: 1, claimed_at: before })
})

test('a message that the platform has put off for an hour is told of, once', async () => {
  const { app, at, card, platform } = await dispatched()
  platform.answers = () => new Busy(200, 'later')
  for (const time of ['10:30:00', '11:00:01', '11:00:02', '11:30:00']) {
    at(`2026-11-20T${time}`)
    await deliver(app, card)
    expect(await reports(app.db.read), time).toHaveLength(time === '10:30:00' ? 0 : 1)
  }
  expect((await reports(app.db.read))[0]).toContain('仍在重试')
})

test('a nudge during which somebody acknowledged, and which the platform put off, goes out without them', async () => {
  const { app, at, platform, actor } = await dispatched()
  at('2026-11-20T12:00:00')
  await sendDueNudges(app)
  const { id } = await app.db.read
    .selectFrom('deliveries')
    .select('id')
    .where('kind', '=', 'nudge')
    .executeTakeFirstOrThrow()
  const contact = await actor('ou_sun')
  platform.answers = () => new Busy(200, 'later')
  platform.meanwhile = async () => {
    await work(app, (current) => acknowledge(current, contact, []))
  }
  await deliver(app, id)
  at('2026-11-20T12:00:10')
  platform.meanwhile = async () => {}
  platform.answers = () => null
  await deliver(app, id)
  expect(await deliveryById(app.db.read, id)).toMatchObject({ status: 'cancelled' })
})

test('a nudge that may have arrived before the night is tried on under its own key; one that can’t have waits for the morning', async () => {
  for (const [answer, status] of [
    [new Error('no answer'), 'sent'],
    [new Busy(200, 'later'), 'cancelled'],
  ] as const) {
    const { app, at, platform } = await dispatched()
    at('2026-11-20T12:00:00')
    await sendDueNudges(app)
    const { id } = await app.db.read
      .selectFrom('deliveries')
      .select('id')
      .where('kind', '=', 'nudge')
      .executeTakeFirstOrThrow()
    platform.answers = () => answer
    await deliver(app, id)
    at('2026-11-20T22:00:00')
    platform.answers = () => null
    await deliver(app, id)
    expect(await deliveryById(app.db.read, id)).toMatchObject({ status })
    expect([...platform.keys], 'of the nudge').toHaveLength(1)
  }
})

/** An item with a department, and a platform that answers as it is told to. */
async function dispatched() {
  const desk = await deskWithDirectory()
  const beside = await appBeside(desk)
  const platform = { answers: (): Error | null => null, meanwhile: async () => {}, keys: new Set<string>() }
  const messenger: Partial<Messenger> = {
    platform: 'feishu',
    async send({ key }) {
      platform.keys.add(key)
      await platform.meanwhile()
      const error = platform.answers()
      if (error) throw error
      return { messageId: 'om_1' }
    },
  }
  const app: App = { ...beside.app, messengers: new Map([['feishu', messenger as Messenger]]) }
  const card = await work(app, async (current) => {
    const department = (await departmentsByName(current.db)).get('市农业农村委员会')
    if (!department) throw new Error('the department is missing')
    const [item] = await collect(current, [
      {
        external_id: null,
        source: 'hotline',
        title: '蔬菜滞销',
        content: '',
        category: null,
        urgency: 'normal',
        petitioner: null,
        phone: null,
        address: null,
        received_at: null,
        policy: null,
      },
    ])
    await dispatch(current, { codes: [item?.code ?? 0], department, by: null })
    const { id } = await current.db
      .selectFrom('deliveries')
      .select('id')
      .where('kind', '=', 'dispatch')
      .executeTakeFirstOrThrow()
    return id
  })
  return { ...beside, app, card, platform }
}

/** What the task force is told of as not delivered. */
async function reports(db: App['db']['read']): Promise<string[]> {
  const rows = await db.selectFrom('deliveries').select('payload').where('kind', '=', 'notice').execute()
  return rows.map(({ payload }) => payload)
}
