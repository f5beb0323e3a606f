import { expect, test } from 'vitest'
import { dispatch } from '../../src/services/assignment/dispatch.ts'
import { collect } from '../../src/services/intake/collect.ts'
import { work } from '../../src/services/work.ts'
import { buttonOf, personOf, testWorld, type World } from '../support/duban.ts'
import { guestIn } from '../support/talk.ts'
import { look } from '../support/truth.ts'

const all = 250

test('one press acknowledges all that waits on a list, however long it is, and nothing else', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, commerce } = world
  const contact = personOf(agriculture, 'contact')
  guestIn(world, agriculture, personOf(commerce, 'contact').open_id)
  const codes = await dispatchMany(world)
  const list = await world.seen(agriculture, '交办清单', `共${all}项`)
  const [other] = await world.items({ title: '蔬菜滞销' })
  world.say(world.taskForce, 'lead', `/派单 #${other} 农业农村委`)
  await world.seen(agriculture, '蔬菜滞销')
  world.say(agriculture, 'contact', `/签收 #${codes[0]}`)
  await world.seen(agriculture, `已签收 #${codes[0]}`)
  await world.settled()

  const refused = await world.press(list, personOf(commerce, 'contact'), '全部签收')
  expect(refused.toast?.type).toBe('error')
  expect(await statuses(world)).toEqual({ sent: all, working: 1 })

  const stale = buttonOf(world.sandbox.message(list.message_id), '全部签收')
  expect((await world.press(list, contact, '全部签收')).toast?.content).toBe('已签收')
  await world.settled()
  expect(await statuses(world)).toEqual({ sent: 1, working: all })

  const again = await world.sandbox.act(
    list.message_id,
    { operator: personOf(agriculture, 'backup').open_id, value: stale.value, name: stale.name },
    { forged: true },
  )
  expect(again.toast?.content).toContain('已由孙联络于')
}, 60_000)

async function dispatchMany({ duban, agriculture }: World): Promise<number[]> {
  return work(duban.app, async (current) => {
    const items = Array.from({ length: all }, (_, index) => ({
      external_id: `M-${index}`,
      source: 'hotline' as const,
      title: `反映事项${index}`,
      content: '',
      category: null,
      urgency: 'normal' as const,
      petitioner: null,
      phone: null,
      address: null,
      received_at: null,
      policy: '3wd',
    }))
    const codes = (await collect(current, items)).map(({ code }) => code)
    const department = await current.db
      .selectFrom('departments')
      .select(['id', 'name'])
      .where('name', '=', agriculture.name)
      .executeTakeFirstOrThrow()
    await dispatch(current, { codes, department, by: null })
    return codes
  })
}

function statuses(world: World): Promise<Record<string, number>> {
  return look(world, async (db) => {
    const rows = await db
      .selectFrom('assignments')
      .select((e) => ['status', e.fn.countAll<number>().as('total')])
      .groupBy('status')
      .execute()
    return Object.fromEntries(rows.map(({ status, total }) => [status, total]))
  })
}
