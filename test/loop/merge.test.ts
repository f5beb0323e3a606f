import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { buttonOf, personOf, testWorld } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { history, look, truth } from '../support/truth.ts'

test('several items into one: it counts for all, what was merged into them comes along, history on every side', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, agriculture, sandbox } = world
  const [kept, first, second, third] = await world.items(
    { title: '蔬菜滞销' },
    { title: '青菜卖不出去' },
    { title: '合作社的菜没人收' },
    { title: '大棚里的菜烂了' },
  )
  const card = await dispatch(world, `#${kept} 农业农村委`, agriculture)
  expect(textOf(card)).not.toContain('人反映')
  const chained = await answerTo(world, taskForce, 'lead', `/合并 #${third} #${second}`)
  expect(textOf(chained)).toContain(`已将 #${third} 并入 #${second}。`)
  await answerTo(world, taskForce, 'second', `/merge #${first} #${second} #${kept}`)

  expect(await merges()).toEqual([
    { code: kept, status: 'open', merged_into: null },
    { code: first, status: 'merged', merged_into: kept },
    { code: second, status: 'merged', merged_into: kept },
    { code: third, status: 'merged', merged_into: kept },
  ])
  expect(textOf(sandbox.message(card.message_id)), 'the card follows').toContain('4人反映')
  expect(textOf(await answerTo(world, taskForce, 'lead', `/进度 #${kept}`))).toContain('4人反映')
  const merged = textOf(await answerTo(world, taskForce, 'lead', `/进度 #${third}`))
  expect(merged).toContain('已合并')
  expect(merged).toMatch(new RegExp(`已并入.*#${kept}`))
  expect(await history(world, kept)).toEqual(['collected', 'dispatched', 'merged', 'merged'])
  expect(await history(world, first)).toEqual(['collected', 'merged'])
  expect(await history(world, second)).toEqual(['collected', 'merged', 'merged'])
  expect(await history(world, third), 'pointed to another one').toEqual(['collected', 'merged', 'merged'])

  function merges() {
    return look(world, (db) =>
      db.selectFrom('items').select(['code', 'status', 'merged_into']).orderBy('code').execute(),
    )
  }
})

test('what can’t be merged says why, and then nothing of the command is done', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, agriculture } = world
  const [open, merged, declined, waiting] = await world.items(
    { title: '蔬菜滞销' },
    { title: '青菜卖不出去' },
    { title: '随便问问' },
    { title: '公交太少' },
  )
  await dispatch(world, `#${open} 农业农村委`, agriculture)
  await answerTo(world, taskForce, 'lead', `/合并 #${merged} #${open}`)
  await answerTo(world, taskForce, 'second', `/不予受理 #${declined} 不是意见建议`)
  const before = await truth(world)
  const answers: [string, RegExp][] = [
    [
      `/合并 #${open} #${waiting}`,
      new RegExp(`#${open} 已由陈组长于.*派单至市农业农村委员会.*派单前的事项方可合并`),
    ],
    [`/合并 #${waiting} #${merged}`, new RegExp(`#${merged} 已并入 #${open}，请直接并入 #${open}`)],
    [`/合并 #${merged} #${waiting}`, new RegExp(`#${merged} 已由陈组长于.*并入 #${open}`)],
    [`/合并 #${waiting} #${declined}`, new RegExp(`#${declined} 不予受理，不能并入`)],
    [
      `/合并 #${waiting} #${declined} #${open}`,
      new RegExp(`#${declined} 已由周组员于.*不予受理：不是意见建议`),
    ],
    [`/不予受理 #${declined} 再来一次`, new RegExp(`#${declined} 已由周组员于.*不予受理：不是意见建议`)],
    [`/不予受理 #${open} 不办了`, new RegExp(`#${open} 已由陈组长于.*派单至市农业农村委员会`)],
    [`/派单 #${merged} 农业农村委`, new RegExp(`#${merged} 已合并，不能派单`)],
  ]
  for (const [words, said] of answers) {
    expect(textOf(await answerTo(world, taskForce, 'lead', words)), words).toMatch(said)
    expect(await truth(world), words).toBe(before)
  }
})

test('merged and declined ones leave what waits, and the totals stay the sum of their parts', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const [kept, other, odd] = await world.items({ title: '一' }, { title: '二' }, { title: '三' })
  await answerTo(world, world.taskForce, 'lead', `/合并 #${other} #${kept}`)
  await answerTo(world, world.taskForce, 'lead', `/不予受理 #${odd} 没有内容`)
  const card = await answerTo(world, world.taskForce, 'lead', '/研判')
  expect(textOf(card)).toContain('待研判共1项')
  expect(textOf(card)).toContain('2人反映')
})

test('an item that its lead department returned: who, why and whom they suggest; judged otherwise, the others are released', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, agriculture, commerce, sandbox } = world
  const [back, kept] = await world.items({ title: '菜市场摊位没开' }, { title: '别的事' })
  await dispatch(world, `#${back} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/退回 #${back} 菜市场归口商务部门 商务委`)
  const card = await answerTo(world, taskForce, 'lead', `/研判 #${back}`)
  expect(textOf(card)).toMatch(/市农业农村委员会孙联络于.*退回：菜市场归口商务部门/)
  expect(textOf(card)).toContain('建议承办单位：市商务委员会')
  await world.press(card, personOf(taskForce, 'lead'), '派至市商务委员会')
  await world.settled()
  await world.seen(commerce, '菜市场摊位没开')
  expect(textOf(sandbox.message(card.message_id))).toContain(`#${kept} 别的事`)
})

test('a card from before the item went out and came back is not acted on', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, agriculture, commerce, sandbox } = world
  const [code] = await world.items({ title: '菜市场摊位没开' })
  const card = await answerTo(world, taskForce, 'lead', '/研判')
  const { value, name } = buttonOf(card, '不予受理')
  await answerTo(world, taskForce, 'second', `/派单 #${code} 农业农村委 商务委`)
  await answerTo(world, agriculture, 'contact', `/退回 #${code} 不属于我委职责`)
  const shared = await world.seen(commerce, '菜市场摊位没开')
  const told = await sandbox.act(card.message_id, {
    operator: personOf(taskForce, 'lead').open_id,
    value,
    name,
    form_value: { reason: '没有依据' },
  })
  expect(told.toast?.type).toBe('warning')
  expect(told.toast?.content).toContain(`#${code} 情况有变化`)
  await world.settled()
  expect(textOf(sandbox.message(card.message_id))).toContain('退回：不属于我委职责')
  await world.press(card, personOf(taskForce, 'lead'), '不予受理', { reason: '没有依据' })
  await world.settled()
  expect((await history(world, code)).slice(-2)).toEqual(['withdrawn', 'declined'])
  expect(textOf(sandbox.message(shared.message_id)), 'the co-department need not go on').toContain(
    '本事项已撤回',
  )
})

test('undone, everything is as it was: what came along too, and the number on the department’s card', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, agriculture, sandbox } = world
  const [kept, first, second] = await world.items(
    { title: '蔬菜滞销' },
    { title: '青菜卖不出去' },
    { title: '合作社的菜没人收' },
  )
  const card = await dispatch(world, `#${kept} 农业农村委`, agriculture)
  await answerTo(world, taskForce, 'lead', `/合并 #${second} #${first}`)
  const items = () => look(world, (db) => db.selectFrom('items').selectAll().orderBy('code').execute())
  const before = await items()
  await answerTo(world, taskForce, 'lead', `/合并 #${first} #${kept}`)
  expect(textOf(sandbox.message(card.message_id))).toContain('3人反映')
  await answerTo(world, taskForce, 'lead', '/撤销')
  expect(await items()).toEqual(before)
  expect(textOf(sandbox.message(card.message_id))).not.toContain('人反映')
})
