import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { testWorld } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'

test('work sent back when the promised date is over is due anew: the card says only that, and what leads up to it comes', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 10:00') })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const shown = () => textOf(sandbox.message(card.message_id))
  const review = async (words: string) => answerTo(world, taskForce, 'lead', `/审核 #${code} ${words}`)
  await answerTo(world, agriculture, 'contact', '正在办理，已对接，11月26日前办结', card)
  await review('通过')
  expect(shown()).toContain('请于11月26日（周四）前反馈最终结果')

  await goTo(world, '2026-11-26 10:00')
  await answerTo(world, agriculture, 'contact', '已解决，已售出', card)
  await goTo(world, '2026-11-27 10:00')
  await review('退回 请补充数量')
  expect(shown()).toContain('退回重办。请补充数量')
  expect(shown()).toContain('11月30日（周一）17:30')
  expect(shown(), 'a date that is over').not.toContain('11月26日')

  for (const [when, words] of [
    ['2026-11-30 09:00', '今日到期'],
    ['2026-11-30 15:30', '即将到期'],
  ] as const) {
    const before = world.posts(agriculture).length
    await goTo(world, when)
    expect(world.posts(agriculture).slice(before).map(textOf).join(), when).toContain(words)
  }
})
