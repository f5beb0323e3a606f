import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { work } from '../../src/services/work.ts'
import { testWorld } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'

test('a lead nudges several items by their numbers, and reads which of them were not nudged, and why', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:00') })
  const { agriculture, commerce, taskForce } = world
  const name = '市教育委员会'
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [{ name, aliases: ['市教委'], chats: [], people: [] }]),
  )
  const [one, two, three, four] = await world.items(
    { title: '蔬菜滞销' },
    { title: '活禽交易' },
    { title: '口罩脱销' },
    { title: '网课卡顿' },
  )
  await dispatch(world, `#${one} #${two} 农业农村委`, agriculture)
  await dispatch(world, `#${three} 商务委`, commerce)
  const tell = async (words: string) => textOf(await answerTo(world, taskForce, 'lead', words))
  await tell(`/派单 #${four} 市教委`)
  await answerTo(world, commerce, 'contact', `#${three} 已解决，已组织货源`)

  expect(await tell(`/催办 #${one}`)).toBe(JSON.stringify({ text: `已催办 #${one}。` }))
  const answer = await tell(`/催办 #${one}、#${two} #${three}，${four}`)
  for (const words of [
    `已催办 #${two}。`,
    `#${one} 一小时内已催办`,
    `#${four} 未能催办：${name}尚未绑定群。`,
    `#${three} 目前无需催办。`,
  ]) {
    expect(answer).toContain(words)
  }
  expect(textOf(await world.seen(agriculture, '专班催办', '活禽交易'))).not.toContain('蔬菜滞销')

  // The ladder has told of that department already this morning.
  await goTo(world, '2026-11-26 09:00')
  const overdue = await tell('/催办 逾期')
  expect(overdue).toContain(`已催办 #${one}、#${two}。`)
  expect(overdue).toContain(`#${four} 未能催办：${name}尚未绑定群。`)
}, 60_000)

test('where the lead department returned it, those beside it are nudged, and that is said', async () => {
  const world = await testWorld({ unlimited: true, now: shanghai('2026-11-20 10:00') })
  const { taskForce, agriculture, commerce } = world
  const [code] = await world.items({ title: '口罩脱销' })
  await dispatch(world, `#${code} 农业农村委 商务委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/退回 #${code} 非本单位职责`)
  const before = world.posts(agriculture).length
  const answer = textOf(await answerTo(world, taskForce, 'lead', `/催办 #${code}`))
  expect(answer).toContain(`已催办 #${code}。`)
  expect(answer).toContain(`#${code} 主办单位已退回，待重新派单，仅催办协办单位。`)
  await world.seen(commerce, '专班催办')
  expect(world.posts(agriculture)).toHaveLength(before)

  const status = textOf(await answerTo(world, taskForce, 'lead', `/进度 #${code}`))
  expect(status).toMatch(/待派单.*市农业农村委员会.*已退回.*市商务委员会.*待签收/)
  const list = textOf(await answerTo(world, taskForce, 'lead', '/清单'))
  expect(list).toContain('12345热线　一般　待派单')
  expect(list).toContain('市商务委员会（协办）　待签收')
  for (const text of [answer, status, list]) expect(text).not.toContain('尚未派单')
})
