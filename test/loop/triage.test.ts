import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { buttonOf, labelsOf, personOf, testWorld } from '../support/duban.ts'
import { answerTo, dispatch, guestIn } from '../support/talk.ts'
import { history, look, truth, until } from '../support/truth.ts'

const queues = { title: '定点药房买口罩大排长龙', content: '为买口罩，定点药房门口排队很长，引发人员聚集。' }
const queuesAgain = {
  title: '药店门口买口罩要排队两小时',
  content: '药房门口排队等口罩的人太多，容易聚集感染。',
}
const vegetables = {
  title: '蔬菜滞销，收购车辆进不了村',
  content: '收购车辆进不了村，影响蔬菜销售，种植户损失大。',
}
const moreVegetables = {
  title: '青菜卖不出去，菜贩进不了村',
  content: '收购的车辆进不了村，农户的青菜没人收购。',
}

test('a lead is walked through what waits: dispatch, merge, decline, skip; the most urgent first, then the oldest', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, agriculture, commerce, sandbox } = world
  const lead = personOf(taskForce, 'lead')
  const [kept, plain, odd, later, duplicate] = await world.items(
    queues,
    { title: '建议增设路灯', content: '夜里太暗，电话13800138000' },
    { title: '什么都没说', content: '' },
    { title: '公交班次减少', content: '早高峰等车超过半小时' },
    { ...queuesAgain, urgency: 'critical' },
  )
  const kindly = await dispatch(world, `#${kept} 商务委`, commerce)
  const card = await answerTo(world, taskForce, 'lead', '/研判')
  const shown = () => textOf(sandbox.message(card.message_id))
  expect(shown(), 'the most urgent').toContain(`#${duplicate}`)
  expect(shown()).toContain('待研判共4项')
  expect(shown(), 'the similar one, how sure, why, and where it stands').toMatch(
    new RegExp(
      `#${kept} 定点药房买口罩大排长龙.*相似度[高中]（\\d+%）.*办理中.*市商务委员会.*相同点：.*口罩`,
    ),
  )

  expect(await world.press(card, lead, '并入')).toMatchObject({
    toast: { content: `已将 #${duplicate} 并入 #${kept}。` },
  })
  await world.settled()
  expect(shown(), 'then the oldest').toContain(`#${plain} 建议增设路灯`)
  expect(shown()).toContain(`已将 #${duplicate} 并入 #${kept}。`)
  expect(shown()).toContain('待研判共3项')
  expect(shown()).not.toContain('13800138000')
  expect(textOf(sandbox.message(kindly.message_id)), 'the department’s card follows').toContain('2人反映')

  await world.press(card, lead, '派单', {
    department: await idOf('市农业农村委员会'),
    co: [await idOf('市商务委员会')],
    policy: '5wd',
    urgency: 'urgent',
    closing: 'any',
  })
  await world.settled()
  await world.seen(agriculture, '建议增设路灯')
  await world.seen(commerce, '建议增设路灯', '协办')
  expect(shown()).toContain(`已将 #${plain} 派至市农业农村委员会（主办）、市商务委员会（协办），时限`)
  expect(
    await look(world, (db) =>
      db
        .selectFrom('items')
        .selectAll()
        .where('code', '=', plain ?? 0)
        .executeTakeFirst(),
    ),
  ).toMatchObject({
    status: 'open',
    urgency: 'urgent',
    closing: 'any',
  })
  expect(
    await look(world, (db) =>
      db
        .selectFrom('assignments')
        .select(['part', 'policy'])
        .where('item_code', '=', plain ?? 0)
        .execute(),
    ),
  ).toEqual([
    { part: 'lead', policy: '5wd' },
    { part: 'co', policy: '5wd' },
  ])

  expect(shown()).toContain(`#${odd} 什么都没说`)
  await world.press(card, lead, '跳过')
  await world.settled()
  expect(shown()).toContain(`#${later} 公交班次减少`)
  await world.press(card, lead, '不予受理', { reason: '不属于受理范围' })
  await world.settled()
  expect(shown()).toContain('另有1项已跳过，尚未研判')
  await world.press(card, lead, '研判已跳过的事项')
  await world.settled()
  expect(shown()).toContain(`#${odd} 什么都没说`)
  await world.press(card, lead, '不予受理', { reason: '没有内容' })
  await world.settled()
  expect(shown()).toContain('已全部研判。')
  expect(labelsOf(sandbox.message(card.message_id))).toEqual([])
  expect(await history(world, duplicate)).toEqual(['collected', 'merged'])
  expect(await history(world, kept)).toEqual(['collected', 'dispatched', 'merged'])
  expect(await history(world, odd)).toEqual(['collected', 'declined'])

  async function idOf(name: string) {
    const row = await look(world, (db) =>
      db.selectFrom('departments').select('id').where('name', '=', name).executeTakeFirstOrThrow(),
    )
    return String(row.id)
  }
})

test('a department is suggested by how earlier items were dispatched; one press dispatches; by itself nothing happens', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, agriculture, commerce, sandbox } = world
  const [vegetable, queue] = await world.items(vegetables, queues)
  await dispatch(world, `#${vegetable} 农业农村委`, agriculture)
  await dispatch(world, `#${queue} 商务委`, commerce)
  const [code] = await world.items(moreVegetables)
  const before = await truth(world)
  const card = await answerTo(world, taskForce, 'lead', '/研判')
  expect(textOf(card)).toMatch(/建议主办：市农业农村委员会.*（\d+%）/)
  expect(textOf(card)).toMatch(/依据：以往含“[^”]*收购[^”]*”的事项/)
  expect(await truth(world), 'neither suggestion acts').toBe(before)
  await world.press(card, personOf(taskForce, 'lead'), '派至市农业农村委员会')
  await world.settled()
  await world.seen(agriculture, '青菜卖不出去')
  expect(textOf(sandbox.message(card.message_id))).toContain('已全部研判。')
  expect(await history(world, code)).toEqual(['collected', 'dispatched'])
})

test('who comes second is told what happened, and the card goes on', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, commerce, sandbox } = world
  const [first, second, third, fourth] = await world.items(
    { title: '建议增设路灯' },
    { title: '公交班次减少' },
    { title: '垃圾无人清运' },
    { title: '医院挂号难' },
  )
  const one = await answerTo(world, taskForce, 'lead', '/研判')
  const other = await answerTo(world, taskForce, 'second', '/研判')
  // The second still has before him what was there before the first decided.
  const late = async (label: string, decide: () => Promise<unknown>, form?: Record<string, string>) => {
    const { value, name } = buttonOf(sandbox.message(other.message_id), label)
    await decide()
    const operator = personOf(taskForce, 'second').open_id
    return sandbox.act(other.message_id, { operator, value, name, form_value: form })
  }
  const told = await late('跳过', async () => {
    await world.press(one, personOf(taskForce, 'lead'), '不予受理', { reason: '已有规划' })
    await world.settled()
  })
  expect(told.toast?.content).toMatch(new RegExp(`#${first} 已由陈组长于.*不予受理：已有规划`))
  expect(told.toast?.type).toBe('warning')
  await world.settled()
  expect(textOf(sandbox.message(other.message_id))).toContain(`#${second} 公交班次减少`)

  const dispatched = await late('不予受理', () => dispatch(world, `#${second} 商务委`, commerce), {
    reason: '晚了',
  })
  expect(dispatched.toast?.content).toMatch(new RegExp(`#${second} 已由陈组长于.*派单至市商务委员会`))
  expect(dispatched.toast?.type).toBe('warning')
  await world.settled()
  const merged = await late('跳过', () => answerTo(world, taskForce, 'lead', `/合并 #${third} #${second}`))
  expect(merged.toast?.type).toBe('warning')
  expect(merged.toast?.content).toMatch(new RegExp(`#${third} 已由陈组长于.*并入 #${second}`))
  await world.settled()
  expect(textOf(sandbox.message(other.message_id))).toContain(`#${fourth} 医院挂号难`)
  expect(await history(world, first)).toEqual(['collected', 'declined'])
  expect(await history(world, second)).toEqual(['collected', 'dispatched', 'merged'])
})

test('a card whose item is decided elsewhere says so, and goes on; taken back, it waits there again', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, agriculture, commerce, sandbox } = world
  const [first, second, third, fourth] = await world.items(
    { title: '建议增设路灯' },
    { title: '公交班次减少' },
    { title: '垃圾无人清运' },
    { title: '医院挂号难' },
  )
  const one = await answerTo(world, taskForce, 'lead', '/研判')
  const other = await answerTo(world, taskForce, 'second', '/研判')
  const shown = () => textOf(sandbox.message(other.message_id))
  const labels = () => labelsOf(sandbox.message(other.message_id))
  const goOn = async () => {
    await world.press(other, personOf(taskForce, 'second'), '继续研判')
    await world.settled()
  }

  await world.press(one, personOf(taskForce, 'lead'), '不予受理', { reason: '已有规划' })
  await world.settled()
  expect(shown()).toMatch(
    new RegExp(`【研判】#${first} 建议增设路灯.*#${first} 已由陈组长于.*不予受理：已有规划`),
  )
  expect(labels()).toEqual(['继续研判'])
  expect(textOf(sandbox.message(one.message_id)), 'what was clicked has gone on').toContain(`#${second}`)

  await answerTo(world, taskForce, 'lead', '/撤销')
  expect(shown()).toContain(`#${first} 待研判`)
  await goOn()
  expect(shown(), 'it waits again').toContain(`#${first} 建议增设路灯`)
  expect(labels()).toContain('跳过')

  await dispatch(world, `#${first} 农业农村委`, agriculture)
  expect(shown()).toMatch(new RegExp(`#${first} 已由陈组长于.*派单至市农业农村委员会`))
  await answerTo(world, agriculture, 'contact', `/退回 #${first} 不属我单位`)
  expect(shown()).toContain(`#${first} 待派单`)
  await dispatch(world, `#${first} 商务委`, commerce)
  await goOn()
  expect(shown()).toContain(`#${second} 公交班次减少`)
  await answerTo(world, taskForce, 'lead', `/合并 #${second} #${third}`)
  expect(shown()).toMatch(new RegExp(`#${second} 已由陈组长于.*并入 #${third}`))
  await answerTo(world, taskForce, 'lead', `/不予受理 #${third} 不属受理范围`)
  await goOn()
  expect(shown()).toContain(`#${fourth} 医院挂号难`)
})

test('two at the same moment: one decision, both cards go on', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, sandbox } = world
  const [code, next] = await world.items({ title: '建议增设路灯' }, { title: '公交班次减少' })
  const cards = [
    await answerTo(world, taskForce, 'lead', '/研判'),
    await answerTo(world, taskForce, 'second', '/研判'),
  ] as const
  await Promise.all([
    world.press(cards[0], personOf(taskForce, 'lead'), '不予受理', { reason: '甲' }),
    world.press(cards[1], personOf(taskForce, 'second'), '不予受理', { reason: '乙' }),
  ])
  await world.settled()
  expect(await history(world, code)).toEqual(['collected', 'declined'])
  for (const card of cards) {
    expect(textOf(sandbox.message(card.message_id))).toContain(`#${next} 公交班次减少`)
  }
})

test('a card opens at an item that is named, and an item that no longer waits says what was decided', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, sandbox } = world
  const [first, second] = await world.items({ title: '建议增设路灯' }, { title: '公交班次减少' })
  const card = await answerTo(world, taskForce, 'lead', `/triage #${second}`)
  expect(textOf(card)).toContain(`#${second} 公交班次减少`)
  await world.press(card, personOf(taskForce, 'lead'), '不予受理', { reason: '已有规划' })
  await world.settled()
  expect(textOf(sandbox.message(card.message_id))).toContain(`#${first} 建议增设路灯`)
  expect(textOf(await answerTo(world, taskForce, 'lead', `/研判 #${second}`))).toContain('不予受理：已有规划')
  const before = await truth(world)
  expect(textOf(await answerTo(world, taskForce, 'lead', '/研判 #99'))).toContain('没有 #99')
  expect(textOf(await answerTo(world, taskForce, 'lead', '/研判 路灯'))).toContain('“路灯”无法识别')
  expect(await truth(world)).toBe(before)
})

test('what is similar is looked for beside whoever writes: no click holds them up', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, sandbox } = world
  await world.items(queues, queuesAgain, vegetables, moreVegetables)
  const { db } = world.duban.app
  const written: string[] = []
  db.write = db.write.withPlugin({
    transformQuery({ node }) {
      written.push(JSON.stringify(node))
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const card = await answerTo(world, taskForce, 'lead', '/研判')
  await world.press(card, personOf(taskForce, 'lead'), '跳过')
  expect(textOf(sandbox.message(card.message_id))).toContain('相似度')
  await world.press(card, personOf(taskForce, 'lead'), '不予受理', { reason: '已有规划' })
  await world.settled()
  expect(written.some((query) => query.includes('"declined"'))).toBe(true)
  expect(written.filter((query) => query.includes('item_words'))).toEqual([])
})

test('only leads judge: a click by somebody else changes nothing', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { taskForce, agriculture } = world
  await world.items({ title: '建议增设路灯' })
  const visitors = guestIn(world, taskForce, personOf(agriculture, 'contact').open_id)
  const card = await answerTo(world, taskForce, 'lead', '/研判')
  const before = await truth(world)
  const answer = await world.press(card, personOf(visitors, 'guest'), '跳过')
  expect(answer.toast).toMatchObject({ type: 'error', content: '您没有此项操作的权限。' })
  expect(await truth(world)).toBe(before)
})

test('the words of items that came before words were kept are found later', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const [kept] = await world.items(queues)
  await world.duban.app.db.write.deleteFrom('item_words').execute()
  const [code] = await world.items(queuesAgain)
  const card = await answerTo(world, world.taskForce, 'lead', `/研判 #${code}`)
  expect(textOf(card)).not.toContain(`#${kept} `)
  await world.restart()
  await until(
    async () =>
      (
        await look(world, (db) =>
          db
            .selectFrom('item_words')
            .select('word')
            .where('item_code', '=', kept ?? 0)
            .execute(),
        )
      ).length > 0,
  )
  expect(textOf(await answerTo(world, world.taskForce, 'lead', `/研判 #${code}`))).toContain(
    `#${kept} ${queues.title}`,
  )
})

test('in English', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, locale: 'en' })
  const { taskForce, sandbox } = world
  const [code] = await world.items({ title: 'Street lamps wanted', content: 'It is dark at night.' })
  const card = await answerTo(world, taskForce, 'lead', '/triage')
  expect(textOf(card)).toContain(`Triage: #${code} Street lamps wanted`)
  expect(textOf(card)).toContain('By the rules (3 working days)')
  await world.press(card, personOf(taskForce, 'lead'), 'Decline', { reason: 'Planned already' })
  await world.settled()
  expect(textOf(sandbox.message(card.message_id))).toContain('Everything has been judged.')
})
