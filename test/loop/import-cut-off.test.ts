import { expect, test } from 'vitest'
import type { ParsedItem } from '../../src/files/item-rows.ts'
import { type ImportOrder, importItems } from '../../src/services/intake/import.ts'
import { sweep } from '../../src/services/sweep.ts'
import { testWorld, type World } from '../support/duban.ts'
import { goTo, shanghai } from '../support/time.ts'

const all = 450

test('an import that is cut off leaves no assignment without its card, and nobody is nudged for what was never shown', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:00') })
  const { agriculture, duban } = world
  await expect(
    importItems(duban.app, {
      ...order(agriculture.name),
      progress(step, done) {
        if (step === 'dispatching' && done === 200) throw new Error('killed')
      },
    }),
  ).rejects.toThrow('killed')
  world.clock.advance(60_000)
  await sweep(duban.app)
  await world.seen(agriculture, '交办清单', '共200项')
  await world.settled()
  expect(await withoutCard(world)).toEqual([])

  await importItems(duban.app, order(agriculture.name))
  await world.seen(agriculture, '交办清单', '共250项')
  await goTo(world, '2026-11-20 12:00')
  await world.seen(agriculture, '【催办】450项')
  expect(await withoutCard(world)).toEqual([])
}, 60_000)

test('a list that grew is one card, with the urgent mark for what is critical in its last part', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, duban, sandbox } = world
  const { rows, ...rest } = order(agriculture.name)
  await importItems(duban.app, {
    ...rest,
    rows: rows.map((row, index) => (index === all - 1 ? { ...row, urgency: 'critical' } : row)),
  })
  const card = await world.seen(agriculture, '交办清单', `共${all}项`)
  await world.settled()
  expect(world.posts(agriculture)).toHaveLength(1)
  expect(sandbox.message(card.message_id).urged).toEqual(card.mentions.map(({ open_id }) => open_id))
}, 60_000)

/** Assignments that no message shows. */
function withoutCard({ duban }: World) {
  return duban.app.db.read
    .selectFrom('assignments')
    .select('id')
    .where('id', 'not in', (e) => e.selectFrom('delivery_assignments').select('assignment_id'))
    .execute()
}

function order(lead: string): ImportOrder {
  const rows = Array.from(
    { length: all },
    (_, index): ParsedItem => ({
      line: index + 2,
      external_id: `W-${index}`,
      source: 'hotline',
      title: `反映事项${index}`,
      content: '反映小区道路积水',
      category: null,
      urgency: 'normal',
      petitioner: null,
      phone: null,
      address: null,
      received_at: null,
      policy: null,
      lead,
      co: [],
    }),
  )
  return { rows, badRows: [], faults: [], dispatch: true, skipBad: false }
}
