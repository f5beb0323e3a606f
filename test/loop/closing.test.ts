import { expect, test } from 'vitest'
import type { SandboxMessage } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import { allTotals } from '../../src/services/reports/status.ts'
import { fieldsIn } from '../support/card-fields.ts'
import { buttonOf, labelsOf, type Office, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch, guestIn } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { deliveriesOf, history, look, truth } from '../support/truth.ts'

const friday = shanghai('2026-11-20 09:30')
const solved = { outcome: 'resolved', measures: '已组织农超对接，联系人13812345678', mayPublish: 'yes' }

test('what is done gets one card, which follows it: callback, publication, closing', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { sandbox, taskForce } = world
  const lead = personOf(taskForce, 'lead')
  const code = await finished(world, '蔬菜滞销')
  const card = await world.seen(taskForce, `【已办结】#${code} 蔬菜滞销`)
  expect(world.posts(taskForce).filter((post) => textOf(post).includes('【已办结】'))).toHaveLength(1)
  const now = () => sandbox.message(card.message_id)
  expect(fieldsIn(card)).toMatchObject({
    承办单位: '市农业农村委员会',
    办理结果: '解决',
    反馈人: '孙联络',
    办理用时: expect.stringContaining('（按时）'),
    回访: '尚未回访',
    公开: '尚未公开',
    销号: '尚未销号',
  })
  expect(labelsOf(card)).toEqual(['登记回访', '登记公开', '销号'])
  // What the department said may be made public, without a citizen's number.
  expect(JSON.stringify(card.content)).toContain('"default_value":"已组织农超对接，联系人138****5678"')

  const called = await world.press(now(), lead, '登记回访', { satisfied: 'yes', note: '很快就解决了' })
  expect(called.toast).toMatchObject({ type: 'success', content: `已记录 #${code} 回访：满意。` })
  await world.settled()
  expect(fieldsIn(now()).回访).toMatch(/^满意（陈组长，11月20日（周五）09:3\d）　很快就解决了$/)
  expect(labelsOf(now())).toEqual(['登记公开', '销号'])

  // The card that the second lead still has before her.
  const stale = await sandbox.act(
    card.message_id,
    {
      operator: personOf(taskForce, 'second').open_id,
      value: buttonOf(card, '登记回访').value,
      form_value: { satisfied: 'no' },
    },
    { forged: true },
  )
  expect(stale.toast?.content).toMatch(/本轮已由陈组长于.*回访：满意/)

  const wrong = await world.press(now(), lead, '登记公开', { url: '上海发布', text: '' })
  expect(wrong.toast).toMatchObject({ type: 'error', content: expect.stringContaining('不是完整网址') })
  await world.press(now(), lead, '登记公开', { url: 'https://example.org/a', text: '已组织农超对接' })
  await world.settled()
  expect(fieldsIn(now()).公开).toContain('https://example.org/a（陈组长')
  expect(labelsOf(now())).toEqual(['销号'])
  const again = await answerTo(
    world,
    taskForce,
    'second',
    `/公开 #${code} https://example.org/b。电视台也播了`,
  )
  expect(textOf(again)).toContain('现共公开2次')
  const same = await answerTo(world, taskForce, 'second', `/公开 #${code} https://example.org/a`)
  expect(textOf(same)).toContain('该网址已由陈组长于')
  await answerTo(world, taskForce, 'lead', `/转化 #${code} 议题 市政府常务会议`)
  const sameAgain = await answerTo(world, taskForce, 'second', `/转化 #${code} 议题 市政府常务会议`)
  expect(textOf(sameAgain)).toMatch(new RegExp(`#${code} 该项转化已由陈组长于.*登记。`))

  expect((await world.press(now(), lead, '销号')).toast?.content).toBe(`已销号 #${code}。`)
  await world.settled()
  expect(textOf(now())).toContain(`【已销号】#${code}`)
  expect(fieldsIn(now()).销号).toContain('已销号（陈组长')
  expect(labelsOf(now())).toEqual([])
  const twice = await answerTo(world, taskForce, 'second', `/销号 #${code}`)
  expect(textOf(twice)).toMatch(/已由陈组长于.*销号/)

  const status = textOf(await answerTo(world, taskForce, 'lead', `/进度 #${code}`))
  for (const words of [
    '回访、公开与转化',
    '满意（陈组长',
    'https://example.org/a',
    'https://example.org/b（周组员',
    '电视台也播了',
    '列入领导会议议题（陈组长',
    '市政府常务会议',
  ]) {
    expect(status).toContain(words)
  }
  expect((await history(world, code)).slice(-6)).toEqual([
    'done',
    'called-back',
    'published',
    'published',
    'uptake',
    'closed',
  ])
})

test('who is not satisfied gets a new round: the same department, the reason on its card, the history kept', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const code = await finished(world, '蔬菜滞销')
  const done = await world.seen(taskForce, `【已办结】#${code}`)
  await goTo(world, '2026-11-24 10:00')
  const first = await world.seen(agriculture, '蔬菜滞销')
  const said = await answerTo(world, taskForce, 'lead', `/回访 #${code} 不满意，菜还烂在地里`)
  expect(textOf(said)).toContain('已重新交办至市农业农村委员会，时限11月27日（周五）17:30')
  const second = await newestCard(world, agriculture)
  expect(second.message_id).not.toBe(first.message_id)
  expect(textOf(second)).toContain('陈组长重新交办：菜还烂在地里。')
  expect(labelsOf(second)).toContain('签收')
  expect(labelsOf(sandbox.message(first.message_id)), 'the old card stays as it was').toEqual([])
  expect(textOf(sandbox.message(done.message_id))).toContain('【已重新交办】')
  expect(textOf(sandbox.message(done.message_id))).toContain('不满意（陈组长')
  expect(labelsOf(sandbox.message(done.message_id))).toEqual([])
  const late = await answerTo(world, taskForce, 'second', `/回访 #${code} 满意`)
  expect(textOf(late)).toMatch(/本轮已由陈组长于.*回访：不满意/)
  const { totals } = await allTotals(world.duban.app, world.clock.now())
  expect(totals).toMatchObject({ collected: 1, dispatched: 1, unacknowledged: 1, resolved: 0 })

  await world.press(second, personOf(agriculture, 'contact'), '提交反馈', { ...solved, mayPublish: 'no' })
  await world.settled()
  await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`)
  const unfit = await answerTo(world, taskForce, 'lead', `/公开 #${code} https://example.org/a 已办结`)
  expect(textOf(unfit)).toContain('承办单位意见为不宜公开，未作记录')
  const sure = await answerTo(world, taskForce, 'lead', `/公开 #${code} https://example.org/a 已办结 确认`)
  expect(textOf(sure)).toContain(`已记录 #${code} 公开。`)
  const closed = await answerTo(world, taskForce, 'lead', `/销号 #${code}`)
  expect(textOf(closed)).toContain(`已销号 #${code}。提醒：#${code} 尚未回访。`)
  const kept = await look(world, (db) =>
    db.selectFrom('publications').select(['url', 'text']).executeTakeFirst(),
  )
  expect(kept).toEqual({ url: 'https://example.org/a', text: '已办结' })
  expect((await answerTo(world, taskForce, 'lead', `/回访 #${code} 满意`)).content).toBeDefined()
  expect(
    await look(world, (db) =>
      db.selectFrom('callbacks').select(['round', 'satisfied']).orderBy('id').execute(),
    ),
  ).toEqual([
    { round: 1, satisfied: 0 },
    { round: 2, satisfied: 1 },
  ])
})

test('reopened with its co-departments, whose shares begin anew; a second lead is told who was first', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, commerce, taskForce } = world
  const [code = 0] = await world.items({ title: '蔬菜滞销', policy: '2026-11-23' })
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委`)
  for (const office of [agriculture, commerce]) {
    const card = await world.seen(office, '蔬菜滞销')
    await world.press(card, personOf(office, 'contact'), '提交反馈', solved)
    await world.settled()
    await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`)
  }
  await answerTo(world, taskForce, 'lead', `/销号 #${code}`)
  await goTo(world, '2026-12-01 10:00')
  const again = await answerTo(world, taskForce, 'lead', `/重新交办 #${code} 又出现滞销`)
  // The day that the item had named is past.
  expect(textOf(again)).toContain('已重新交办至市农业农村委员会，时限12月4日（周五）17:30')
  for (const office of [agriculture, commerce]) {
    expect(textOf(await newestCard(world, office))).toContain('陈组长重新交办：又出现滞销。')
  }
  const before = await truth(world)
  const second = await answerTo(world, taskForce, 'second', `/重新交办 #${code} 请再办`)
  expect(textOf(second)).toMatch(/已由陈组长于12月1日（周二）10:0\d重新交办/)
  expect(await truth(world)).toBe(before)
  const rounds = await look(world, (db) =>
    db.selectFrom('assignments').select(['part', 'round', 'status']).orderBy('id').execute(),
  )
  expect(rounds).toEqual([
    { part: 'lead', round: 1, status: 'accepted' },
    { part: 'co', round: 1, status: 'accepted' },
    { part: 'lead', round: 2, status: 'sent' },
    { part: 'co', round: 2, status: 'sent' },
  ])
})

test('the card that the task force’s group could not take comes once the bot is back in it, as things stand then', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const visited = guestIn(world, agriculture, personOf(taskForce, 'lead').open_id)
  const codes = await world.items({ title: '蔬菜滞销' }, { title: '活禽交易' })
  for (const code of codes) await dispatch(world, `#${code} 农业农村委`, agriculture)
  sandbox.removeBot(taskForce.chat.chat_id)
  for (const code of codes) {
    await answerTo(world, agriculture, 'contact', `#${code} 已解决，已组织农超对接`)
    await answerTo(world, visited, 'guest', `/审核 #${code} 通过`)
  }
  await answerTo(world, visited, 'guest', `/回访 #${codes[0]} 满意`)
  await answerTo(world, visited, 'guest', `/销号 #${codes[1]}`)
  expect(await deliveriesOf(world, 'done')).toEqual(['refused', 'refused'])

  sandbox.addBot(taskForce.chat.chat_id)
  const card = await world.seen(taskForce, '【已办结】', '蔬菜滞销')
  await world.settled()
  expect(fieldsIn(card).回访).toContain('满意（陈组长')
  expect(world.posts(taskForce).filter((post) => textOf(post).includes('【已销号】'))).toEqual([])
})

test('in English too', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, locale: 'en', now: friday })
  const { agriculture, sandbox, taskForce } = world
  const [code = 0] = await world.items({ title: 'Unsold vegetables' })
  const given = await answerTo(world, taskForce, 'lead', `/dispatch #${code} 农业农村委`)
  expect(textOf(given)).toContain('Dispatched')
  const card = await world.seen(agriculture, 'Unsold vegetables')
  await world.press(card, personOf(agriculture, 'contact'), 'Submit feedback', {
    ...solved,
    mayPublish: 'no',
  })
  await world.settled()
  await answerTo(world, taskForce, 'lead', `/review #${code} accept`)
  const done = await world.seen(taskForce, `[Done] #${code} Unsold vegetables`)
  expect(fieldsIn(done)).toMatchObject({
    Callback: 'not yet',
    Published: 'not yet (the department advises against it)',
    Closed: 'not yet',
  })
  const lead = personOf(taskForce, 'lead')
  await world.press(done, lead, 'Record publication', { url: 'https://example.org/a' })
  await world.settled()
  expect(fieldsIn(sandbox.message(done.message_id)).Published).toContain('https://example.org/a (陈组长')
  const answer = await answerTo(world, taskForce, 'lead', `/callback #${code} unsatisfied it came back`)
  expect(textOf(answer)).toContain('unsatisfied. Reopened with 市农业农村委员会')
  expect(textOf(await newestCard(world, agriculture))).toContain('Reopened by 陈组长: it came back.')
  expect(textOf(await answerTo(world, taskForce, 'lead', '/undo'))).toContain(`Undone: #${code} callback`)
  expect(textOf(sandbox.message(done.message_id))).toContain('[Done]')
})

/** An item that agriculture has solved, and a lead accepted. */
async function finished(world: World, title: string): Promise<number> {
  const { agriculture, taskForce } = world
  const [code = 0] = await world.items({ title })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await world.press(card, personOf(agriculture, 'contact'), '提交反馈', solved)
  await world.settled()
  await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`)
  return code
}

async function newestCard(world: World, office: Office): Promise<SandboxMessage> {
  await world.settled()
  const card = world.posts(office).findLast((post) => labelsOf(post).length > 0)
  if (!card) throw new Error('there is no card')
  return card
}
