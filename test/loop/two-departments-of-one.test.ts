import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { work } from '../../src/services/work.ts'
import { personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, guestIn } from '../support/talk.ts'
import { told } from '../support/told.ts'
import { look } from '../support/truth.ts'

const resolved = { outcome: 'resolved', measures: '已组织专场对接', mayPublish: 'yes' }

test('a contact of the lead and of the co-department acts for the one in whose group it is done', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, sandbox, taskForce } = world
  const both = personOf(agriculture, 'contact')
  const commerce = await alsoIn(world, '市商务委员会', both)
  const [code] = await world.items({ title: '蔬菜滞销' }, { title: '农超对接' })
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委`)
  const leadCard = await world.seen(agriculture, '蔬菜滞销')
  const coCard = await world.seen(commerce, '蔬菜滞销')

  await world.press(coCard, both, '签收')
  await world.settled()
  expect(await shares()).toEqual({ lead: 'sent', co: 'working' })
  expect(textOf(sandbox.message(leadCard.message_id))).toContain('市商务委员会办理中')

  await world.press(coCard, both, '提交反馈', resolved)
  await world.settled()
  expect(await shares()).toEqual({ lead: 'sent', co: 'review' })

  await answerTo(world, agriculture, 'contact', `/签收 #${code}`)
  expect(await shares()).toEqual({ lead: 'working', co: 'review' })
  const late = await answerTo(world, commerce, 'guest', `/退回 #${code} 不属于我单位职责`)
  expect(textOf(late), 'the share of that group is in review already').toContain('待审核')
  expect(await shares()).toEqual({ lead: 'working', co: 'review' })
  expect(textOf(await answerTo(world, commerce, 'guest', '/待办'))).toContain('市商务委员会')
  expect(textOf(await answerTo(world, agriculture, 'contact', '/进度'))).toContain('市农业农村委员会')

  function shares() {
    return look(world, async (db) => {
      const rows = await db.selectFrom('assignments').select(['part', 'status']).execute()
      return Object.fromEntries(rows.map(({ part, status }) => [part, status]))
    })
  }
})

test('all that waits, said in a group, is what waits for that department; in private it is all', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, taskForce } = world
  const both = personOf(agriculture, 'contact')
  const commerce = await alsoIn(world, '市商务委员会', both)
  const [first, second] = await world.items({ title: '蔬菜滞销' }, { title: '口罩脱销' })
  await answerTo(world, taskForce, 'lead', `/派单 #${first} 农业农村委`)
  await answerTo(world, taskForce, 'lead', `/派单 #${second} 商务委`)
  const there = textOf(await answerTo(world, agriculture, 'contact', '/签收'))
  expect(there).toContain(`已签收 #${first}`)
  expect(there, 'another department’s').not.toContain(`#${second}`)
  expect(textOf(await answerTo(world, commerce, 'guest', '/签收'))).toContain(`已签收 #${second}`)

  const [third, fourth] = await world.items({ title: '停电' }, { title: '停水' })
  await answerTo(world, taskForce, 'lead', `/派单 #${third} 农业农村委`)
  await answerTo(world, taskForce, 'lead', `/派单 #${fourth} 商务委`)
  expect(await told(world, agriculture, 'contact', '/签收', 'private')).toContain(`#${third}、#${fourth}`)
})

/** That person answers for commerce too, and is in its group. */
async function alsoIn(world: World, name: string, { open_id, name: who }: { open_id: string; name: string }) {
  const person = { name: who, platform: 'feishu', account: open_id, role: 'contact' } as const
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [{ name, aliases: [], chats: [], people: [person] }]),
  )
  return guestIn(world, world.commerce, open_id)
}
