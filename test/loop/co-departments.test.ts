import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { personOf, testWorld } from '../support/duban.ts'
import { answerTo } from '../support/talk.ts'
import { history, look } from '../support/truth.ts'

const resolved = { outcome: 'resolved', measures: '已组织农超对接', mayPublish: 'yes' }

test('lead and co-department: a card each, the lead sees how far the other is, and the item waits for both', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, commerce, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const done = await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委 5个工作日`)
  expect(textOf(done)).toContain('市农业农村委员会（主办）、市商务委员会（协办）')
  const leadCard = await world.seen(agriculture, '蔬菜滞销')
  const coCard = await world.seen(commerce, '蔬菜滞销')
  expect(textOf(sandbox.message(leadCard.message_id))).toContain('市商务委员会待签收')
  expect(textOf(coCard)).toContain('市农业农村委员会')
  expect(textOf(coCard)).toContain('协办')

  await world.press(coCard, personOf(commerce, 'contact'), '签收')
  await world.settled()
  expect(textOf(sandbox.message(leadCard.message_id))).toContain('市商务委员会办理中')

  await world.press(leadCard, personOf(agriculture, 'contact'), '提交反馈', resolved)
  await world.settled()
  await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`)
  expect(await statusOf(), 'the co-department is not done').toBe('open')

  await world.press(coCard, personOf(commerce, 'contact'), '提交反馈', resolved)
  await world.settled()
  await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`)
  expect(await statusOf()).toBe('done')
  expect((await history(world, code)).filter((what) => what === 'dispatched')).toHaveLength(2)

  function statusOf() {
    return look(world, async (db) => {
      const row = await db.selectFrom('items').select('status').executeTakeFirstOrThrow()
      return row.status
    })
  }
})

test('where the lead is enough, the co-department is released with it', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, commerce, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委 主办即可`)
  const leadCard = await world.seen(agriculture, '蔬菜滞销')
  const coCard = await world.seen(commerce, '蔬菜滞销')
  await world.press(leadCard, personOf(agriculture, 'contact'), '提交反馈', resolved)
  await world.settled()
  await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`)
  expect(textOf(sandbox.message(coCard.message_id))).toContain('本事项已撤回')
  expect((await history(world, code)).slice(-3)).toEqual(['accepted', 'withdrawn', 'done'])
})

test('a co-department can be added while the lead is at work; the lead can’t be its own', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, commerce, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委`)
  const leadCard = await world.seen(agriculture, '蔬菜滞销')
  const refused = await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 市农业农村委`)
  expect(textOf(refused)).toContain('不能同时协办')
  const added = await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委`)
  expect(textOf(added)).toContain('已增加协办单位：市商务委员会')
  await world.seen(commerce, '蔬菜滞销')
  expect(textOf(sandbox.message(leadCard.message_id))).toContain('市商务委员会待签收')
  const again = await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委`)
  expect(textOf(again)).toContain('已派单至市商务委员会')
})

test('an item that its lead returned can go to a co-department that has done its share', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, commerce, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委`)
  const coCard = await world.seen(commerce, '蔬菜滞销')
  await world.press(coCard, personOf(commerce, 'contact'), '提交反馈', resolved)
  await world.settled()
  await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`)
  await answerTo(world, agriculture, 'contact', `/退回 #${code} 不属于我单位职责 商务委`)

  const again = await answerTo(world, taskForce, 'lead', `/派单 #${code} 商务委`)
  expect(textOf(again)).toContain(`#${code} 派至市商务委员会`)
  expect(await shares()).toEqual([
    { part: 'lead', round: 1, status: 'returned' },
    { part: 'co', round: 1, status: 'accepted' },
    { part: 'lead', round: 2, status: 'sent' },
  ])

  await answerTo(world, commerce, 'contact', `/反馈 #${code} 已解决，已组织专场对接`)
  await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`)
  expect((await history(world, code)).at(-1)).toBe('done')

  function shares() {
    return look(world, (db) =>
      db.selectFrom('assignments').select(['part', 'round', 'status']).orderBy('id').execute(),
    )
  }
})

test('a co-department that returned its share reads no more of the item', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, commerce, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委`)
  expect(textOf(await answerTo(world, commerce, 'contact', `/进度 #${code}`))).toContain('市农业农村委员会')
  await answerTo(world, commerce, 'contact', `/退回 #${code} 不属于我单位职责`)
  await answerTo(world, agriculture, 'contact', `/反馈 #${code} 已解决，已组织农超对接`)
  const answer = textOf(await answerTo(world, commerce, 'contact', `/进度 #${code}`))
  expect(answer).toContain(`#${code} 不是本单位承办的事项`)
  expect(answer).not.toContain('农超对接')
})
