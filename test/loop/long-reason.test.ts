import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { testWorld } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { history } from '../support/truth.ts'

test('a reason for sending back is as long as the form lets it be, whichever way it is given', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', '已解决，已组织农超对接', card)
  const review = await world.seen(taskForce, '待审核')

  for (const [words, below] of [
    [`退回 ${'请补充。'.repeat(126)}`, review],
    [`/审核 #${code} 退回 ${'请补充。'.repeat(126)}`, undefined],
  ] as const) {
    const answer = textOf(await answerTo(world, taskForce, 'lead', words, below))
    expect(answer).toContain('“退回理由”不能超过500字。')
  }
  expect(await history(world, code)).not.toContain('redo')
  await answerTo(world, taskForce, 'lead', `退回 ${'请补充。'.repeat(125)}`, review)
  expect(await history(world, code)).toContain('redo')
})
