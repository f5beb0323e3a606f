import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { work } from '../../src/services/work.ts'
import { fieldsIn } from '../support/card-fields.ts'
import { buttonOf, labelsOf, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { history, look, truth } from '../support/truth.ts'

const friday = shanghai('2026-11-20 10:00')

test('returned with a suggestion: back on the desk, and on with one click', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, commerce, sandbox, taskForce } = world
  const [code] = await world.items({ title: '口罩脱销', content: '药店买不到，电话13800138000' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const answer = await answerTo(world, agriculture, 'backup', `/退回 #${code} 口罩属商贸流通 商务委`)
  expect(textOf(answer)).toContain(`#${code} 已退回专班`)
  expect(fieldsIn(answer)).toMatchObject({ 退回理由: '口罩属商贸流通', 建议单位: '市商务委员会' })
  expect(textOf(sandbox.message(card.message_id))).toContain('本事项已退回专班')
  expect(labelsOf(sandbox.message(card.message_id))).toEqual([])

  const desk = await world.seen(taskForce, '【单位退回】', '口罩脱销')
  expect(textOf(desk)).not.toContain('13800138000')
  expect(fieldsIn(desk)).toMatchObject({
    退回单位: '市农业农村委员会（主办）',
    退回理由: '口罩属商贸流通',
    建议单位: '市商务委员会',
    退回人: '钱副手',
  })
  expect(await itemStatus(world, code)).toBe('ready')
  expect(textOf(await answerTo(world, taskForce, 'lead', '/进度'))).toContain('待派单')
  const button = buttonOf(desk, '改派市商务委员会')
  const pressed = await world.press(desk, personOf(taskForce, 'second'), '改派市商务委员会')
  expect(pressed.toast?.content).toContain('派至市商务委员会')
  await world.settled()
  await world.seen(commerce, '口罩脱销')
  const settled = sandbox.message(desk.message_id)
  expect(textOf(settled)).toContain('【已改派】')
  expect(textOf(settled)).toMatch(/周组员 于.*派至市商务委员会/)
  expect(labelsOf(settled)).toEqual([])
  expect(await itemStatus(world, code)).toBe('open')
  // Whoever still has the old card before him is told who has it now.
  const lead = personOf(taskForce, 'lead').open_id
  const late = await sandbox.act(desk.message_id, { operator: lead, value: button.value, name: button.name })
  expect(late.toast?.content).toContain(`#${code} 已派单至市商务委员会`)
  expect(await history(world, code)).toEqual(['collected', 'dispatched', 'returned', 'dispatched'])

  const own = await answerTo(world, taskForce, 'lead', '/进度 农业农村委')
  expect(fieldsIn(own)).toMatchObject({ 退回率: '1/1（100%）' })
  expect(fieldsIn(await answerTo(world, taskForce, 'lead', '/进度 商务委'))).toMatchObject({
    退回率: '0/1（0%）',
  })
})

test('the form in the thread: opened once, filled in, and read-only afterwards; then sent back to the same', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const contact = personOf(agriculture, 'contact')
  const [code] = await world.items({ title: '口罩脱销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await Promise.all([world.press(card, contact, '退回'), world.press(card, contact, '退回')])
  await world.settled()
  const forms = () => world.posts(agriculture).filter((post) => textOf(post).includes('【退回】'))
  const [form, another] = forms()
  expect(another).toBeUndefined()
  if (!form) throw new Error('there is no form')
  expect(form.thread_id).toBeDefined()
  expect(textOf(form)).toContain('11月23日（周一）17:30前退回专班')
  const values = { reason: '不属农产品', suggested: '市药监局' }
  const submitted = await world.press(form, contact, '提交退回', values)
  expect(submitted.toast?.content).toBe('已退回专班')
  await world.settled()
  expect(labelsOf(sandbox.message(form.message_id))).toEqual([])
  expect(textOf(sandbox.message(form.message_id))).toContain('不属农产品')
  const desk = await world.seen(taskForce, '【单位退回】')
  // The directory does not know it, so it is no button.
  expect(textOf(desk)).toContain('不属农产品（建议单位：市药监局）')
  expect(labelsOf(desk)).toEqual(['仍派原单位', '派单'])
  await world.press(desk, personOf(taskForce, 'lead'), '仍派原单位')
  await world.settled()
  expect(textOf(sandbox.message(desk.message_id))).toMatch(/陈组长 于.*派至市农业农村委员会/)
  const again = world.posts(agriculture).filter((post) => textOf(post).includes('【交办】'))
  expect(again).toHaveLength(1)
  expect(await history(world, code)).toEqual(['collected', 'dispatched', 'returned', 'dispatched'])
  const twice = await answerTo(world, agriculture, 'contact', `/退回 #${code} 确非本单位职责`)
  expect(textOf(twice)).toContain('已退回专班')
})

test('another department is chosen from the list', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, commerce, sandbox, taskForce } = world
  const [code] = await world.items({ title: '口罩脱销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  world.say(agriculture, 'contact', '不属于我单位职责，应由市场监管局办理', { reply_to: card.message_id })
  await world.seen(agriculture, `#${code} 已退回专班`)
  const desk = await world.seen(taskForce, '【单位退回】', '市场监管局')
  await world.press(desk, personOf(taskForce, 'lead'), '派单', { department: '市商务委员会' })
  await world.settled()
  await world.seen(commerce, '口罩脱销')
  expect(textOf(sandbox.message(desk.message_id))).toContain('【已改派】')
})

test('a co-department returns its share: the others go on, another takes its place, or the item is at its end', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, commerce, sandbox, taskForce } = world
  const chat = sandbox.addChat({ name: '市教育委员会', members: [] })
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [
      {
        name: '市教育委员会',
        aliases: ['市教委'],
        chats: [{ platform: 'feishu', chat_id: chat.chat_id }],
        people: [],
      },
    ]),
  )
  const [first, second] = await world.items({ title: '口罩脱销' }, { title: '校门口占道' })
  await answerTo(world, taskForce, 'lead', `/派单 #${first} 农业农村委 商务委`)
  await answerTo(world, commerce, 'contact', `/退回 #${first} 学生口罩，建议转市教委`)
  const desk = await world.seen(taskForce, '【单位退回】', '市商务委员会（协办）')
  expect(textOf(desk)).toContain('其他单位照常办理')
  expect(await itemStatus(world, first)).toBe('open')
  const added = await world.press(desk, personOf(taskForce, 'lead'), '改由市教育委员会协办')
  expect(added.toast?.content).toContain('已增加协办单位：市教育委员会')
  await world.settled()
  expect(textOf(sandbox.message(desk.message_id))).toMatch(/陈组长 于.*派至市教育委员会/)
  const card = await world.seen(agriculture, '口罩脱销')
  expect(textOf(sandbox.message(card.message_id))).toContain('市教育委员会待签收')

  await answerTo(world, taskForce, 'lead', `/派单 #${second} 农业农村委 商务委`)
  await answerTo(world, agriculture, 'contact', `#${second} 已解决，已清理`)
  await answerTo(world, taskForce, 'lead', `/审核 #${second} 通过`)
  expect(await itemStatus(world, second)).toBe('open')
  await answerTo(world, commerce, 'contact', `/退回 #${second} 与我委无关`)
  expect(await itemStatus(world, second)).toBe('done')
})

test('where the lead department returned it, a co-department’s feedback is reviewed and goes on with the next lead', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, commerce, taskForce } = world
  const [code] = await world.items({ title: '口罩脱销' })
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委`)
  await answerTo(world, agriculture, 'contact', `/退回 #${code} 非农产品`)
  await answerTo(world, commerce, 'contact', `#${code} 已解决，已调货`)
  expect(textOf(await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`))).toContain('已审核通过')
  expect(await itemStatus(world, code)).toBe('ready')
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委`)
  const rows = await look(world, (db) =>
    db.selectFrom('assignments').select(['part', 'round', 'status']).orderBy('id').execute(),
  )
  expect(rows).toEqual([
    { part: 'lead', round: 1, status: 'returned' },
    { part: 'co', round: 2, status: 'accepted' },
    { part: 'lead', round: 2, status: 'sent' },
  ])
})

test('bad returns change nothing: too late, no reason, twice, answered already', async () => {
  const world = await testWorld({ unlimited: true, now: friday })
  const { agriculture, taskForce } = world
  const [first, second, third] = await world.items({ title: '甲' }, { title: '乙' }, { title: '丙' })
  const card = await dispatch(world, `#${first} 农业农村委`, agriculture)
  await dispatch(world, `#${second} #${third} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/退回 #${second} 非农产品`)
  await answerTo(world, agriculture, 'contact', `#${third} 已解决，已对接`)
  const before = await truth(world)
  for (const [words, answer] of [
    [`/退回 #${first}`, '请写明理由'],
    [`/退回 #${first} 商务委`, '请写明理由'],
    [`/退回 #${first} ${'长'.repeat(501)}`, '不能超过500字'],
    [`/退回 #${second} 再退一次`, `#${second} 已由孙联络于11月20日（周五）10:00退回专班`],
    [`/退回 #${third} 已反馈的`, '待审核，不能再操作'],
  ] as const) {
    expect(textOf(await answerTo(world, agriculture, 'backup', words)), words).toContain(answer)
  }
  expect(await truth(world)).toBe(before)

  await goTo(world, '2026-11-23 17:31')
  const then = await stands(world)
  const late = textOf(await answerTo(world, agriculture, 'contact', `/退回 #${first} 非农产品`))
  expect(late).toContain('退回期限为11月23日（周一）17:30')
  const toast = (await world.press(card, personOf(agriculture, 'contact'), '退回')).toast
  expect(toast?.content).toContain('未作退回')
  expect(await stands(world)).toEqual(then)
  expect(textOf(await answerTo(world, taskForce, 'lead', `/退回 #${first} 理由`))).toContain(
    '没有此项操作的权限',
  )
})

test('undone, the department goes on and the desk’s card says so', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '口罩脱销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/退回 #${code} 看错了 商务委`)
  const desk = await world.seen(taskForce, '【单位退回】')
  await answerTo(world, agriculture, 'contact', '/撤销')
  expect(await itemStatus(world, code)).toBe('open')
  expect(labelsOf(sandbox.message(card.message_id))).toContain('退回')
  expect(textOf(sandbox.message(desk.message_id))).toContain('退回已撤销，原单位继续办理')
  expect(labelsOf(sandbox.message(desk.message_id))).toEqual([])
})

test('in English', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday, locale: 'en' })
  const { agriculture, commerce, taskForce } = world
  const [code] = await world.items({ title: 'No masks' })
  world.say(taskForce, 'lead', `/dispatch #${code} 农业农村委`)
  await world.seen(agriculture, 'No masks')
  const answer = await answerTo(world, agriculture, 'contact', `/return #${code} not a farm product 商务委`)
  expect(textOf(answer)).toContain(`#${code} was returned to the task force`)
  const desk = await world.seen(taskForce, '[Returned by department]', 'not a farm product')
  await world.press(desk, personOf(taskForce, 'lead'), 'Dispatch to 市商务委员会')
  await world.seen(commerce, 'No masks')
})

function itemStatus(world: World, code: number | undefined) {
  return look(world, async (db) => {
    const row = await db
      .selectFrom('items')
      .select('status')
      .where('code', '=', code ?? 0)
      .executeTakeFirstOrThrow()
    return row.status
  })
}

function stands(world: World) {
  return look(world, async (db) => ({
    items: await db.selectFrom('items').selectAll().execute(),
    assignments: await db.selectFrom('assignments').selectAll().execute(),
  }))
}

test('declined or merged, it waits on no card any more; taken back, it does again', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const [kept, first, second] = await world.items({ title: '甲' }, { title: '乙' }, { title: '丙' })
  await dispatch(world, `#${first} #${second} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/退回 #${first} 不属农产品`)
  await answerTo(world, agriculture, 'contact', `/退回 #${second} 不属农产品`)
  for (const [code, words, status] of [
    [first, `/不予受理 #${first} 已有规划`, '不予受理'],
    [second, `/合并 #${second} #${kept}`, '已合并'],
  ] as const) {
    const desk = await world.seen(taskForce, `【单位退回】#${code}`)
    const waiting = labelsOf(sandbox.message(desk.message_id))
    expect(waiting).toContain('派单')
    await answerTo(world, taskForce, 'lead', words)
    expect(textOf(sandbox.message(desk.message_id))).toContain(`事项${status}。`)
    expect(labelsOf(sandbox.message(desk.message_id))).toEqual([])
    await answerTo(world, taskForce, 'lead', '/撤销')
    expect(labelsOf(sandbox.message(desk.message_id))).toEqual(waiting)
  }
})
