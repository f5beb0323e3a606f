import { expect, test } from 'vitest'
import { addDepartment, bindChat } from '../../src/db/departments.ts'
import { unsentNudgeDeliveries } from '../../src/db/nudges.ts'
import type { App } from '../../src/services/app.ts'
import { dispatch } from '../../src/services/assignment/dispatch.ts'
import { collect } from '../../src/services/intake/collect.ts'
import { sendDueNudges } from '../../src/services/nudges/nudge.ts'
import { work } from '../../src/services/work.ts'
import { appBeside } from '../operator/app.ts'
import { deskWithDirectory } from '../operator/desk.ts'

const departments = 4
const each = 90

test('many nudges of one slot: one message a group, one copy, and others write in between', async () => {
  const desk = await deskWithDirectory()
  const { app, at } = await appBeside(desk)
  await dispatchMany(app)
  // The working day after the due one, at work start.
  at('2026-11-26T09:00:00')
  let sending = true
  const sent = sendDueNudges(app).finally(() => {
    sending = false
  })
  const seenBetween = new Set<number>()
  while (sending) {
    const nudged = await work(app, ({ db }) => db.selectFrom('nudge_deliveries').select('nudge_id').execute())
    seenBetween.add(nudged.length)
  }
  await sent
  expect([...seenBetween].some((seen) => seen > 0 && seen < departments * each)).toBe(true)

  const messages = await sends(app, 'nudge')
  expect(messages.map(({ about }) => about)).toEqual(Array.from({ length: departments }, () => each))
  const copies = await sends(app, 'notice')
  expect(copies.map(({ about }) => about)).toEqual([departments * each])
  expect(copies[0]?.payload).toContain(`${departments * each}项事项已逾期`)

  await sendDueNudges(app)
  expect(await sends(app, 'nudge')).toHaveLength(departments)
}, 60_000)

test('a copy of which the first part is under way already is followed by one of the rest', async () => {
  const desk = await deskWithDirectory()
  const { app, at } = await appBeside(desk)
  await dispatchMany(app)
  at('2026-11-26T09:00:00')
  let sending = true
  const sent = sendDueNudges(app).finally(() => {
    sending = false
  })
  while (sending) {
    await work(app, ({ db }) =>
      db
        .updateTable('deliveries')
        .set({ status: 'sending', attempts: 1 })
        .where('kind', '=', 'notice')
        .execute(),
    )
  }
  await sent
  const copies = await sends(app, 'notice')
  expect(copies.length).toBeGreaterThan(1)
  expect(copies.reduce((sum, { about }) => sum + about, 0)).toBe(departments * each)
}, 60_000)

test('what is done finds its unsent nudges by itself, however much is pending', async () => {
  const desk = await deskWithDirectory()
  const { app, at } = await appBeside(desk)
  await dispatchMany(app)
  at('2026-11-26T09:00:00')
  await sendDueNudges(app)
  const { id } = await app.db.read
    .selectFrom('assignments')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const found = await unsentNudgeDeliveries(app.db.read, id)
  const [last] = (await sends(app, 'nudge')).slice(-1)
  expect(found).toEqual([last?.id])
}, 60_000)

async function dispatchMany(app: App): Promise<void> {
  await work(app, async (current) => {
    for (let n = 0; n < departments; n += 1) {
      const department = await addDepartment(current.db, `第${n}局`, current.now)
      await bindChat(current.db, department.id, { platform: 'feishu', chatId: `oc_${n}` })
      const items = Array.from({ length: each }, (_, index) => ({
        external_id: `${n}-${index}`,
        source: 'hotline' as const,
        title: `事项${n}-${index}`,
        content: '',
        category: null,
        urgency: 'normal' as const,
        petitioner: null,
        phone: null,
        address: null,
        received_at: null,
        policy: '3wd',
      }))
      const collected = await collect(current, items)
      await dispatch(current, { codes: collected.map(({ code }) => code), department, by: null })
    }
  })
}

/** The messages of that kind, oldest first, and of how many assignments each is. */
async function sends(app: App, kind: 'nudge' | 'notice') {
  return app.db.read
    .selectFrom('deliveries')
    .innerJoin('delivery_assignments', 'delivery_assignments.delivery_id', 'deliveries.id')
    .select((e) => ['deliveries.id', 'payload', e.fn.countAll<number>().as('about')])
    .where('kind', '=', kind)
    .where('op', '=', 'send')
    .groupBy('deliveries.id')
    .orderBy('deliveries.id')
    .execute()
}
