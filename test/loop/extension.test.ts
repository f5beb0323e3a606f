import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { fieldsIn } from '../support/card-fields.ts'
import { buttonOf, labelsOf, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { history, look, truth } from '../support/truth.ts'

const friday = shanghai('2026-11-20 10:00')
const usual = '批准至11月27日（周五）17:30'

test('asked for in plain words, granted with one click: the due time and the nudges move at once', async () => {
  const world = await testWorld({ unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await world.press(card, personOf(agriculture, 'contact'), '签收')
  const asked = await answerTo(world, agriculture, 'contact', '申请延期至12月1日，货源紧张', card)
  expect(textOf(asked)).toContain(`#${code} 的延期申请已提交专班。批准前时限不变。`)
  expect(fieldsIn(asked)).toMatchObject({ 申请延至: '12月1日（周二）' })
  expect(textOf(sandbox.message(card.message_id))).toContain('申请延期，待专班审批')
  expect(await dueOf(world)).toBe(shanghai('2026-11-25 17:30'))

  const desk = await world.seen(taskForce, '【延期申请】')
  expect(fieldsIn(desk)).toMatchObject({
    办理时限: '11月25日（周三）17:30',
    申请人: '孙联络',
    申请延至: '12月1日（周二）',
  })
  expect(fieldsIn(desk).理由).toContain('货源紧张')
  expect(labelsOf(desk)).toEqual([usual, '按此日期批准', '不同意'])
  const stale = buttonOf(desk, usual)
  const pressed = await world.press(desk, personOf(taskForce, 'lead'), usual)
  expect(pressed.toast?.content).toBe(`已批准 #${code} 延期至11月27日（周五）17:30。`)
  await world.settled()
  expect(await dueOf(world)).toBe(shanghai('2026-11-27 17:30'))
  expect(textOf(sandbox.message(desk.message_id))).toContain('陈组长 于11月20日（周五）10:00批准')
  expect(labelsOf(sandbox.message(desk.message_id))).toEqual([])
  expect(fieldsIn(sandbox.message(card.message_id))).toMatchObject({ 办理时限: '11月27日（周五）17:30' })
  const told = await world.seen(agriculture, '延期申请已批准')
  expect(told.mentions.map(({ name }) => name)).toEqual(['孙联络', '钱副手'])

  // The second lead is told what the first decided.
  const second = personOf(taskForce, 'second').open_id
  const late = await sandbox.act(desk.message_id, { operator: second, value: stale.value, name: stale.name })
  expect(late.toast?.content).toContain('已处理。陈组长 于11月20日（周五）10:00批准')

  // What was to be nudged on the 24th and 25th is not; the new days are.
  await goTo(world, '2026-11-25 18:00')
  expect(nudges(world)).toEqual([])
  await goTo(world, '2026-11-26 09:00')
  expect(nudges(world)).toEqual(['将于下一工作日到期'])
  expect(await history(world, code)).toEqual([
    'collected',
    'dispatched',
    'acknowledged',
    'extension-asked',
    'extended',
    'nudged',
  ])
})

test('a nudge that had not gone out goes with the extension', async () => {
  const world = await testWorld({ unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/签收 #${code}`)
  await answerTo(world, agriculture, 'contact', `/延期 #${code} 货源紧张`)
  sandbox.setFaults({ rateLimitNext: 1000, resetSeconds: 1 })
  await world.moveTo(shanghai('2026-11-25 09:00'))
  await sandbox.waitFor(() => sandbox.calls().some(({ status }) => status === 429), 'a refused nudge')
  world.say(taskForce, 'lead', `/延期 #${code} 批准`)
  await sandbox.waitFor(async () => (await dueOf(world)) === shanghai('2026-11-27 17:30'), 'the new due time')
  sandbox.setFaults({ rateLimitNext: 0 })
  await goTo(world, '2026-11-25 09:05')
  await world.seen(agriculture, '延期申请已批准')
  expect(nudges(world)).toEqual([])
})

test('refused with a reason; a second extension takes a lead’s own date', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const lead = personOf(taskForce, 'lead')
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/延期 #${code} 货源紧张`)
  const first = await world.seen(taskForce, '【延期申请】')
  await world.press(first, lead, '不同意', { reason: '请先行调货' })
  await world.settled()
  expect(textOf(sandbox.message(first.message_id))).toContain('答复不同意：请先行调货。')
  await world.seen(agriculture, '延期申请未获同意：请先行调货。请于11月25日（周三）17:30前反馈')
  expect(await dueOf(world)).toBe(shanghai('2026-11-25 17:30'))
  expect(textOf(await answerTo(world, taskForce, 'second', `/延期 #${code} 批准`))).toContain('请先行调货')

  await answerTo(world, agriculture, 'contact', `/延期 #${code} 已调货，在途 11月30日`)
  const granted = await answerTo(world, taskForce, 'second', `/extend #${code} approve 5wd`)
  expect(textOf(granted)).toContain(`已批准 #${code} 延期至11月27日（周五）17:30。`)
  await answerTo(world, agriculture, 'backup', `/延期 #${code} 运力不足 12月4日`)
  const third = await world.seen(taskForce, '【延期申请】', '运力不足')
  expect(labelsOf(third)).toEqual(['按此日期批准', '不同意'])
  const words = await answerTo(world, taskForce, 'lead', `/延期 #${code} 批准 5个工作日`)
  expect(textOf(words)).toContain('请写明延至的日期')
  const sooner = await world.press(third, lead, '按此日期批准', { until: '2026-11-26 +0800' })
  expect(sooner.toast?.content).toContain('须晚于现时限11月27日（周五）17:30')
  await world.press(third, lead, '按此日期批准', { until: '2026-12-04 +0800' })
  await world.settled()
  expect(await dueOf(world)).toBe(shanghai('2026-12-04 17:30'))
})

test('the form in the thread asks, shows what became of it, and another can be opened then', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const contact = personOf(agriculture, 'contact')
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  for (let presses = 0; presses < 2; presses += 1) await world.press(card, contact, '申请延期')
  await world.settled()
  const forms = () => world.posts(agriculture).filter((post) => textOf(post).includes('【申请延期】'))
  expect(forms()).toHaveLength(1)
  const [form] = forms()
  if (!form) throw new Error('there is no form')
  await world.press(form, contact, '提交申请', { reason: '货源紧张', until: '2026-12-01 +0800' })
  await world.settled()
  expect(textOf(sandbox.message(form.message_id))).toContain('待专班审批')
  expect(labelsOf(sandbox.message(form.message_id))).toEqual([])
  const desk = await world.seen(taskForce, '【延期申请】', '货源紧张')
  expect(fieldsIn(desk).申请延至).toBe('12月1日（周二）')
  await world.press(desk, personOf(taskForce, 'lead'), '按此日期批准', { until: '2026-12-01 +0800' })
  await world.settled()
  expect(textOf(sandbox.message(form.message_id))).toContain('批准，办理时限延至12月1日（周二）17:30')
  await world.press(sandbox.message(card.message_id), contact, '申请延期')
  await world.settled()
  expect(forms()).toHaveLength(2)
})

test('a newer request takes the place of the asker’s own; feedback, a return and a withdrawal drop it', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, commerce, sandbox, taskForce } = world
  const codes = await world.items({ title: '甲' }, { title: '乙' }, { title: '丙' })
  const [first, second, third] = codes
  await dispatch(world, `#${first} #${second} 农业农村委`, agriculture)
  await dispatch(world, `#${third} 农业农村委 商务委 主办即可`, agriculture)
  await answerTo(world, agriculture, 'contact', `/延期 #${first} 理由之一`)
  const colleague = textOf(await answerTo(world, agriculture, 'backup', `/延期 #${first} 另一理由`))
  expect(colleague).toContain('已由孙联络于')
  await answerTo(world, agriculture, 'contact', `/延期 #${first} 理由之二`)
  const older = await world.seen(taskForce, '理由之一')
  expect(textOf(sandbox.message(older.message_id))).toContain('无需审批：已由新的申请代替')
  const newer = await world.seen(taskForce, '理由之二')
  await answerTo(world, agriculture, 'contact', `#${first} 已解决，已售完`)
  expect(textOf(sandbox.message(newer.message_id))).toContain('无需审批：单位已反馈')
  expect(textOf(await answerTo(world, taskForce, 'lead', `/延期 #${first} 批准`))).toContain('单位已反馈')

  await answerTo(world, agriculture, 'contact', `/延期 #${second} 理由之三`)
  await answerTo(world, agriculture, 'contact', `/退回 #${second} 非农产品`)
  const returned = await world.seen(taskForce, '理由之三')
  expect(textOf(sandbox.message(returned.message_id))).toContain('无需审批：单位已退回')

  await answerTo(world, commerce, 'contact', `/延期 #${third} 理由之四`)
  await answerTo(world, agriculture, 'contact', `#${third} 已解决，已售完`)
  await answerTo(world, taskForce, 'lead', `/审核 #${third} 通过`)
  const withdrawn = await world.seen(taskForce, '理由之四')
  expect(textOf(sandbox.message(withdrawn.message_id))).toContain('无需审批：事项已撤回')
})

test('two departments ask: each card decides on its own', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, commerce, taskForce } = world
  const [code] = await world.items({ title: '甲' })
  await dispatch(world, `#${code} 农业农村委 商务委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/延期 #${code} 理由甲`)
  await answerTo(world, commerce, 'contact', `/延期 #${code} 理由乙`)
  const which = textOf(await answerTo(world, taskForce, 'lead', `/延期 #${code} 批准`))
  expect(which).toContain('有多个单位的申请待审批')
  const card = await world.seen(taskForce, '【延期申请】', '理由乙')
  await world.press(card, personOf(taskForce, 'lead'), usual)
  await world.settled()
  const dues = await look(world, (db) =>
    db.selectFrom('assignments').select(['part', 'due_at']).orderBy('id').execute(),
  )
  expect(dues).toEqual([
    { part: 'lead', due_at: shanghai('2026-11-25 17:30') },
    { part: 'co', due_at: shanghai('2026-11-27 17:30') },
  ])
})

test('bad requests and decisions change nothing', async () => {
  const world = await testWorld({ unlimited: true, now: friday })
  const { agriculture, commerce, taskForce } = world
  const [first, second] = await world.items({ title: '甲' }, { title: '乙' })
  await dispatch(world, `#${first} #${second} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/延期 #${second} 货源紧张`)
  const before = await truth(world)
  for (const [office, who, words, answer] of [
    [agriculture, 'contact', `/延期 #${first}`, '请写明理由'],
    [agriculture, 'contact', `/延期 #${first} 11月30日`, '请写明理由'],
    [agriculture, 'contact', `/延期 #${first} 货源紧张 11月24日`, '须晚于现时限11月25日（周三）17:30'],
    [agriculture, 'contact', `/延期 #${first} 货源紧张 11月31日`, '没有“11月31日”这一天'],
    [agriculture, 'contact', `/延期 #${first} 货源紧张 2028-11-30`, '日期不能超过一年'],
    [agriculture, 'contact', `/延期 #${first} ${'长'.repeat(501)}`, '不能超过500字'],
    [commerce, 'contact', `/延期 #${first} 货源紧张`, '不是本单位承办的事项'],
    [agriculture, 'leader', `/延期 #${first} 货源紧张`, '没有此项操作的权限'],
    [taskForce, 'lead', `/延期 #${first} 货源紧张`, '请写明“批准”或“不同意＋理由”'],
    [taskForce, 'lead', `/延期 #${first} 批准`, `#${first} 没有待审批的延期申请`],
    [taskForce, 'lead', `/延期 #${second} 不同意`, '请写明理由'],
    [taskForce, 'lead', `/延期 #${second} 批准 一阵子`, '“一阵子”无法识别'],
    [taskForce, 'lead', `/延期 #${second} 批准 7个工作日`, '“7个工作日”无法识别'],
    [taskForce, 'lead', `/延期 #${second} 批准 11月25日`, '须晚于现时限'],
    [taskForce, 'lead', `/延期 #${second} 批准 2026-11-01`, '已过'],
    [taskForce, 'lead', `/延期 #99 批准`, '没有 #99'],
  ] as const) {
    expect(textOf(await answerTo(world, office, who, words)), words).toContain(answer)
  }
  expect(await truth(world)).toBe(before)

  await goTo(world, '2026-11-25 17:31')
  const then = await stands(world)
  const late = textOf(await answerTo(world, agriculture, 'contact', `/延期 #${first} 货源紧张`))
  expect(late).toContain('办理时限11月25日（周三）17:30已过，不能再申请延期')
  expect(await stands(world)).toEqual(then)
  // What was asked for in time can still be granted.
  const granted = await answerTo(world, taskForce, 'lead', `/延期 #${second} 同意`)
  expect(textOf(granted)).toContain('延期至11月27日（周五）17:30')
})

test('a decision undone waits again, with the old due time; a request undone is void', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/延期 #${code} 货源紧张`)
  const desk = await world.seen(taskForce, '【延期申请】')
  await world.press(desk, personOf(taskForce, 'lead'), usual)
  await world.settled()
  await answerTo(world, taskForce, 'lead', '/撤销')
  expect(await dueOf(world)).toBe(shanghai('2026-11-25 17:30'))
  expect(labelsOf(sandbox.message(desk.message_id))).toEqual([usual, '按此日期批准', '不同意'])
  await world.press(sandbox.message(desk.message_id), personOf(taskForce, 'lead'), '不同意', {
    reason: '先调货',
  })
  await world.settled()
  await answerTo(world, agriculture, 'backup', `/延期 #${code} 写错了`)
  const other = await world.seen(taskForce, '写错了')
  await answerTo(world, agriculture, 'backup', '/撤销')
  expect(textOf(sandbox.message(other.message_id))).toContain('无需审批：操作已撤销')
})

test('in English', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday, locale: 'en' })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: 'Unsold vegetables' })
  world.say(taskForce, 'lead', `/dispatch #${code} 农业农村委`)
  await world.seen(agriculture, 'Unsold vegetables')
  const asked = await answerTo(
    world,
    agriculture,
    'contact',
    `/extend #${code} the trucks are late 2026-12-01`,
  )
  expect(textOf(asked)).toContain('The due time stands until they decide')
  const desk = await world.seen(taskForce, '[Extension requested]', 'the trucks are late', 'Tue 1 Dec')
  await world.press(desk, personOf(taskForce, 'lead'), 'Refuse', { reason: 'Start with what is there' })
  await world.seen(agriculture, 'extension refused: Start with what is there.')
})

/** What the nudges in the department's group say. */
function nudges({ posts, agriculture }: World): string[] {
  const said = ['将于下一工作日到期', '今日到期', '即将到期', '已到期']
  return posts(agriculture)
    .filter((post) => /【催办】|【督办】/.test(textOf(post)))
    .map((post) => said.find((words) => textOf(post).includes(words)) ?? textOf(post))
}

function stands(world: World) {
  return look(world, async (db) => ({
    assignments: await db.selectFrom('assignments').selectAll().execute(),
    requests: await db.selectFrom('requests').selectAll().execute(),
  }))
}

function dueOf(world: World): Promise<number> {
  return look(world, async (db) => {
    const row = await db.selectFrom('assignments').select('due_at').executeTakeFirstOrThrow()
    return row.due_at
  })
}
