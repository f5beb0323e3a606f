import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { labelsOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch, silently } from '../support/talk.ts'
import { shanghai } from '../support/time.ts'
import { history, look, truth } from '../support/truth.ts'

const friday = shanghai('2026-11-20 10:00')

test('below an extension’s card a lead’s words decide: granted, until a date, refused with a reason', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, sandbox, taskForce } = world
  const items = await world.items({ title: '甲' }, { title: '乙' }, { title: '丙' }, { title: '丁' })
  await dispatch(world, `${items.map((code) => `#${code}`).join(' ')} 农业农村委`, agriculture)
  for (const [index, words, answer] of [
    [0, '同意，辛苦了', `已批准 #${items[0]} 延期至11月27日（周五）17:30。`],
    [1, '同意延期至12月4日', `已批准 #${items[1]} 延期至12月4日（周五）17:30。`],
    [2, '不同意，请先行调货', `已答复不同意 #${items[2]} 延期`],
    [3, '批准 12月2日', `已批准 #${items[3]} 延期至12月2日（周三）17:30。`],
  ] as const) {
    await answerTo(world, agriculture, 'contact', `/延期 #${items[index]} 货源紧张`)
    const desk = await world.seen(taskForce, `【延期申请】#${items[index]}`)
    expect(textOf(await answerTo(world, taskForce, 'lead', words, desk)), words).toContain(answer)
    expect(labelsOf(sandbox.message(desk.message_id))).toEqual([])
    const again = await answerTo(world, taskForce, 'second', '批准', desk)
    expect(textOf(again)).toMatch(/已处理。.*陈组长/)
  }
  await world.seen(agriculture, '延期申请未获同意：请先行调货。')
  expect(await history(world, items[2])).toEqual([
    'collected',
    'dispatched',
    'extension-asked',
    'extension-refused',
  ])
  expect(textOf(await answerTo(world, taskForce, 'lead', '/撤销'))).toContain('已撤销')
})

test('below a suspension’s card: suspended until the date that was asked for or another, and resumed', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, taskForce } = world
  const [first, second] = await world.items({ title: '甲' }, { title: '乙' })
  await dispatch(world, `#${first} #${second} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/挂账 #${first} 12月10日 待资金下达`)
  await answerTo(world, agriculture, 'contact', `/挂账 #${second} 12月10日 待方案批复`)
  const one = await world.seen(taskForce, `【挂账申请】#${first}`)
  const other = await world.seen(taskForce, `【挂账申请】#${second}`)
  expect(textOf(await answerTo(world, taskForce, 'lead', '同意', one))).toContain('12月10日（周四）复核')
  expect(textOf(await answerTo(world, taskForce, 'lead', '同意挂账 12月4日', other))).toContain(
    '12月4日（周五）复核',
  )
  expect(await statuses(world)).toEqual(['suspended', 'suspended'])
  expect(textOf(await answerTo(world, taskForce, 'lead', '恢复', one))).toContain('已恢复办理')
  expect(await statuses(world)).toEqual(['working', 'suspended'])
})

test('what does not surely decide changes nothing: it is asked about, or none of the bot’s business', async () => {
  const world = await testWorld({ unlimited: true, now: friday })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '甲' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/延期 #${code} 货源紧张`)
  const desk = await world.seen(taskForce, '【延期申请】')
  const below = { reply_to: desk.message_id }
  await silently(world, () => {
    world.say(taskForce, 'lead', '这家单位上次也延过', below)
    world.say(taskForce, 'second', '我看可以，你定', below)
  })
  const before = await truth(world)
  for (const [words, answer] of [
    ['同意吗？', '请写明“批准”或“不同意＋理由”'],
    ['同意的话请尽快答复', '请写明“批准”或“不同意＋理由”'],
    ['同意 尽快办', '“尽快办”无法识别'],
    ['恢复', '请写明“批准”或“不同意＋理由”'],
    ['不同意', '请写明理由'],
  ] as const) {
    expect(textOf(await answerTo(world, taskForce, 'lead', words, desk)), words).toContain(answer)
  }
  expect(await truth(world)).toBe(before)
})

test('below a returned item’s card words dispatch nothing: they are answered by how it is done', async () => {
  const world = await testWorld({ unlimited: true, now: friday })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '口罩脱销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/退回 #${code} 口罩属商贸流通 商务委`)
  const desk = await world.seen(taskForce, '【单位退回】')
  await silently(world, () => world.say(taskForce, 'lead', '他们说得有道理', { reply_to: desk.message_id }))
  const before = await truth(world)
  for (const words of ['同意，改派商务委', '转给商务委', '派给商务委吧']) {
    const answer = textOf(await answerTo(world, taskForce, 'lead', words, desk))
    expect(answer, words).toContain(`改派请发送“/派单 #${code} 单位”。`)
  }
  expect(await truth(world)).toBe(before)
})

test('in English', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday, locale: 'en' })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: 'Street lamps wanted' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/extend #${code} no supplies`)
  const desk = await world.seen(taskForce, '[Extension requested]')
  expect(textOf(await answerTo(world, taskForce, 'lead', 'reject: buy them elsewhere', desk))).toContain(
    `The extension of #${code} was refused`,
  )
})

function statuses(world: World) {
  return look(world, async (db) => {
    const rows = await db.selectFrom('assignments').select('status').orderBy('id').execute()
    return rows.map(({ status }) => status)
  })
}

test('below a card, words that name another item decide nothing: the bot asks which is meant', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: friday })
  const { agriculture, taskForce } = world
  const [one, other] = await world.items({ title: '甲' }, { title: '乙' })
  await dispatch(world, `#${one} #${other} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `#${one} 已解决，已清运`)
  const card = await world.seen(taskForce, `【待审核】#${one}`)
  await silently(world, () => world.say(taskForce, 'lead', `#${other} 通过`, { reply_to: card.message_id }))
  for (const words of [`#${other} 同意`, `#${other} 退回 照片不清`]) {
    const before = await truth(world)
    expect(textOf(await answerTo(world, taskForce, 'lead', words, card)), words).toContain('未作处理')
    expect(await truth(world), words).toBe(before)
  }
  await answerTo(world, taskForce, 'lead', `#${one} 通过`, card)
  expect(await history(world, one)).toContain('accepted')
})
