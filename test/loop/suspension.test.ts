import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { fieldsIn } from '../support/card-fields.ts'
import { labelsOf, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { history, look, truth } from '../support/truth.ts'

const friday = shanghai('2026-11-20 10:00')

test('asked for, granted, looked at on its day, resumed with the working days that were left', async () => {
  const world = await testWorld({ unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '旧桥改建' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await world.press(card, personOf(agriculture, 'contact'), '签收')
  const asked = await answerTo(world, agriculture, 'contact', `/挂账 #${code} 12月10日 待市级资金下达`)
  expect(textOf(asked)).toContain('挂账申请已提交专班。同意前照常计时')
  expect((await rowOf(world)).status).toBe('working')
  const desk = await world.seen(taskForce, '【挂账申请】', '待市级资金下达')
  expect(fieldsIn(desk).复核日期).toBe('12月10日（周四）')
  const approve = '同意，12月10日（周四）复核'
  expect(labelsOf(desk)).toEqual([approve, '按此日期挂账', '不同意'])
  await world.press(desk, personOf(taskForce, 'lead'), approve)
  await world.settled()
  expect(await rowOf(world)).toMatchObject({ status: 'suspended', review_date: '2026-12-10' })
  const suspended = sandbox.message(card.message_id)
  expect(textOf(suspended)).toContain('陈组长 于11月20日（周五）10:00决定挂账。理由：待市级资金下达')
  expect(fieldsIn(suspended).办理时限).toBe('暂停计时，12月10日（周四）复核')
  expect(labelsOf(suspended)).toEqual([])
  expect(labelsOf(sandbox.message(desk.message_id))).toEqual(['恢复办理'])

  // No feedback meanwhile, no nudge, not late.
  const refused = await answerTo(world, agriculture, 'contact', `#${code} 已解决，已改建`)
  expect(textOf(refused)).toContain('挂账中，12月10日（周四）复核，暂不接收反馈')
  await goTo(world, '2026-12-09 18:00')
  expect(nudges(world)).toEqual([])
  expect(textOf(await answerTo(world, taskForce, 'lead', '/逾期'))).toContain('目前没有逾期事项')

  await goTo(world, '2026-12-10 09:00')
  expect(nudges(world)).toHaveLength(1)
  expect(nudges(world)[0]).toContain('挂账复核日期已到')
  const copy = await world.seen(taskForce, '挂账复核日期已到', '旧桥改建')
  expect(textOf(copy)).not.toContain('逾期')
  const resumed = await world.press(copy, personOf(taskForce, 'second'), '恢复办理')
  // Three working days were left on the 20th.
  expect(resumed.toast?.content).toBe(`#${code} 已恢复办理，办理时限12月15日（周二）17:30。`)
  await world.settled()
  expect(await rowOf(world)).toMatchObject({
    status: 'working',
    policy: '3wd',
    due_at: shanghai('2026-12-15 17:30'),
    review_date: null,
    suspended_at: null,
  })
  const told = await world.seen(agriculture, `#${code} 已恢复办理`)
  expect(told.mentions.map(({ name }) => name)).toEqual(['孙联络', '钱副手'])
  // The old card can't be changed any more, so there is a new one.
  const renewed = world.posts(agriculture).findLast((post) => textOf(post).includes('【交办】'))
  expect(renewed?.message_id).not.toBe(card.message_id)
  expect(renewed && labelsOf(renewed)).toContain('提交反馈')
  const again = await world.press(copy, personOf(taskForce, 'lead'), '恢复办理')
  expect(again.toast?.content).toBe(`#${code} 已由周组员于12月10日（周四）09:00恢复办理。`)
  await goTo(world, '2026-12-14 09:00')
  expect(nudges(world).at(-1)).toContain('将于下一工作日到期')
  expect(await history(world, code)).toEqual([
    'collected',
    'dispatched',
    'acknowledged',
    'suspension-asked',
    'suspended',
    'nudged',
    'resumed',
    'nudged',
  ])
})

test('a lead suspends and resumes by himself; a policy by the clock keeps its time', async () => {
  const world = await testWorld({ unlimited: true, now: friday })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '甲' })
  await dispatch(world, `#${code} 农业农村委 2小时`, agriculture)
  await world.moveTo(shanghai('2026-11-20 10:30'))
  const done = await answerTo(world, taskForce, 'lead', `/挂账 #${code} 下周三 等待检测结果`)
  expect(textOf(done)).toContain(`已将 #${code} 挂账，11月25日（周三）复核。`)
  await world.seen(agriculture, '已挂账，暂停计时')
  const twice = await answerTo(world, taskForce, 'second', `/挂账 #${code} 12月1日 另一理由`)
  expect(textOf(twice)).toContain('挂账复核日期调整为12月1日（周二）')
  const same = await answerTo(world, taskForce, 'lead', `/挂账 #${code} 12月1日 再说一遍`)
  expect(textOf(same)).toContain('已由陈组长于11月20日（周五）10:30挂账，12月1日（周二）复核')
  await world.moveTo(shanghai('2026-11-23 10:00'))
  const resumed = await answerTo(world, taskForce, 'lead', `/suspend #${code} resume`)
  expect(textOf(resumed)).toContain('办理时限11月23日（周一）11:30')
  expect((await rowOf(world)).policy).toBe('2h')
  // An hour and a half was left: half of it is over at 10:45.
  await goTo(world, '2026-11-23 10:44')
  expect(nudges(world)).toEqual([])
  await goTo(world, '2026-11-23 10:45')
  expect(nudges(world)).toHaveLength(1)
  expect(nudges(world)[0]).toContain('时限已过半')
})

test('a lead moves the review date: card, nudge and department follow, and it can be taken back', async () => {
  const world = await testWorld({ unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '旧桥改建' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/挂账 #${code} 12月10日 待市级资金下达`)
  const desk = await world.seen(taskForce, '【挂账申请】')
  await answerTo(world, taskForce, 'lead', `/挂账 #${code} 同意`)
  const moved = await answerTo(world, taskForce, 'second', `/挂账 #${code} 12月8日`)
  expect(textOf(moved)).toContain(`#${code} 挂账复核日期调整为12月8日（周二）。`)
  expect(await rowOf(world)).toMatchObject({ status: 'suspended', review_date: '2026-12-08' })
  expect(fieldsIn(sandbox.message(card.message_id)).办理时限).toBe('暂停计时，12月8日（周二）复核')
  expect(textOf(sandbox.message(desk.message_id))).toContain('复核日期已调整为12月8日（周二）。')
  await world.seen(agriculture, `#${code} 挂账复核日期调整为12月8日`)
  await answerTo(world, taskForce, 'second', '/撤销')
  expect(await rowOf(world)).toMatchObject({ status: 'suspended', review_date: '2026-12-10' })
  expect(textOf(sandbox.message(desk.message_id))).not.toContain('复核日期已调整')

  await answerTo(world, taskForce, 'lead', `/挂账 #${code} 12月14日 资金延后`)
  await goTo(world, '2026-12-11 18:00')
  expect(nudges(world), 'not on the day that was').toEqual([])
  await goTo(world, '2026-12-14 09:00')
  expect(nudges(world)).toHaveLength(1)
  expect(await history(world, code)).toEqual([
    'collected',
    'dispatched',
    'suspension-asked',
    'suspended',
    'suspension-moved',
    'undone',
    'suspension-moved',
    'nudged',
  ])
  const told = textOf(await answerTo(world, taskForce, 'lead', `/进度 #${code}`))
  expect(told).toMatch(/调整复核日期.*12月14日（周一）复核　资金延后/)
})

test('a lead’s own words grant what waits; a refusal tells the department; a pause drops an extension', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '甲' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/挂账 #${code} 12月10日 待资金下达`)
  const first = await world.seen(taskForce, '【挂账申请】')
  await world.press(first, personOf(taskForce, 'lead'), '不同意', { reason: '可先行疏导' })
  await world.settled()
  await world.seen(agriculture, '挂账申请未获同意：可先行疏导。请于11月25日（周三）17:30前反馈')
  expect(textOf(sandbox.message(first.message_id))).toContain('答复不同意：可先行疏导。')

  await answerTo(world, agriculture, 'contact', `/延期 #${code} 货源紧张`)
  await answerTo(world, agriculture, 'contact', `/挂账 #${code} 12月10日 待方案批复`)
  const second = await world.seen(taskForce, '【挂账申请】', '待方案批复')
  const extension = await world.seen(taskForce, '【延期申请】')
  await answerTo(world, taskForce, 'lead', `/挂账 #${code} 12月4日 先看方案`)
  expect(textOf(sandbox.message(second.message_id))).toContain('同意挂账，12月4日（周五）复核')
  expect(textOf(sandbox.message(extension.message_id))).toContain('无需审批：事项已挂账')
  expect(await rowOf(world)).toMatchObject({ status: 'suspended', review_date: '2026-12-04' })

  await world.press(second, personOf(taskForce, 'second'), '恢复办理')
  await world.settled()
  expect(textOf(sandbox.message(second.message_id))).toContain('已恢复办理。')
  expect(labelsOf(sandbox.message(second.message_id))).toEqual([])
  expect(labelsOf(sandbox.message(card.message_id))).toContain('提交反馈')
})

test('several shares of one item: the department is named', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, commerce, taskForce } = world
  const [code] = await world.items({ title: '甲' })
  await dispatch(world, `#${code} 农业农村委 商务委`, agriculture)
  await answerTo(world, commerce, 'contact', `/挂账 #${code} 12月10日 待批复`)
  await answerTo(world, taskForce, 'lead', `/挂账 #${code} 同意`)
  await answerTo(world, taskForce, 'lead', `/挂账 #${code} 12月10日 一并挂账`)
  const which = textOf(await answerTo(world, taskForce, 'lead', `/挂账 #${code} 恢复`))
  expect(which).toContain('有多个单位挂账')
  await answerTo(world, taskForce, 'lead', `/挂账 #${code} 恢复 商务委`)
  const rows = await look(world, (db) =>
    db.selectFrom('assignments').select('status').orderBy('id').execute(),
  )
  expect(rows.map(({ status }) => status)).toEqual(['suspended', 'working'])
  await answerTo(world, taskForce, 'lead', `/挂账 #${code} 恢复`)
  const both = await look(world, (db) =>
    db.selectFrom('assignments').select('status').orderBy('id').execute(),
  )
  expect(both.map(({ status }) => status)).toEqual(['working', 'working'])
})

test('bad requests and decisions change nothing', async () => {
  const world = await testWorld({ unlimited: true, now: friday })
  const { agriculture, commerce, taskForce } = world
  const [first, second] = await world.items({ title: '甲' }, { title: '乙' })
  await dispatch(world, `#${first} #${second} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `#${second} 已解决，已售完`)
  const before = await truth(world)
  for (const [office, who, words, answer] of [
    [agriculture, 'contact', `/挂账 #${first}`, '请写明复核日期'],
    [agriculture, 'contact', `/挂账 #${first} 待资金下达`, '请写明复核日期'],
    [agriculture, 'contact', `/挂账 #${first} 12月10日`, '请写明理由'],
    [agriculture, 'contact', `/挂账 #${first} 11月20日 待资金`, '复核日期须晚于今天'],
    [agriculture, 'contact', `/挂账 #${first} 2028-12-10 待资金`, '日期不能超过一年'],
    [agriculture, 'contact', `/挂账 #${second} 12月10日 待资金`, '待审核，不能再操作'],
    [commerce, 'contact', `/挂账 #${first} 12月10日 待资金`, '不是本单位承办的事项'],
    [agriculture, 'contact', `/挂账 #${first} 恢复`, '请写明复核日期'],
    [agriculture, 'leader', `/挂账 #${first} 12月10日 待资金`, '没有此项操作的权限'],
    [taskForce, 'lead', `/挂账 #${first} 恢复`, `#${first} 没有挂账`],
    [taskForce, 'lead', `/挂账 #${first} 同意`, `#${first} 没有待审批的挂账申请`],
    [taskForce, 'lead', `/挂账 #${first} 不同意 理由`, `#${first} 没有待审批的挂账申请`],
    [taskForce, 'lead', `/挂账 #${second} 12月10日 理由`, '待审核，不能再操作'],
    [taskForce, 'lead', `/挂账 #99 恢复`, '没有 #99'],
  ] as const) {
    expect(textOf(await answerTo(world, office, who, words)), words).toContain(answer)
  }
  expect(await truth(world)).toBe(before)
})

test('in English', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday, locale: 'en' })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: 'Old bridge' })
  world.say(taskForce, 'lead', `/dispatch #${code} 农业农村委`)
  await world.seen(agriculture, 'Old bridge')
  const asked = await answerTo(world, agriculture, 'contact', `/suspend #${code} Dec 10 waits for funding`)
  expect(textOf(asked)).toContain('The clock runs until they decide')
  const desk = await world.seen(taskForce, '[Suspension requested]', 'waits for funding')
  await world.press(desk, personOf(taskForce, 'lead'), 'Suspend until Thu 10 Dec')
  await world.seen(agriculture, 'its clock stands still')
})

/** The nudges in the department's group. */
function nudges({ posts, agriculture }: World): string[] {
  return posts(agriculture)
    .map(textOf)
    .filter((text) => /【催办】|【督办】/.test(text))
}

function rowOf(world: World) {
  return look(world, (db) => db.selectFrom('assignments').selectAll().executeTakeFirstOrThrow())
}
