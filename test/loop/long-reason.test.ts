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

test('what is too long is called by its own name, whichever command it was for', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  const long = '请补充。'.repeat(251)
  for (const [words, label] of [
    [`/退回 #${code} ${long}`, '“退回理由”不能超过500字。'],
    [`/延期 #${code} ${long}`, '“理由”不能超过500字。'],
    [`/挂账 #${code} 12月10日 ${long}`, '“理由”不能超过500字。'],
  ] as const) {
    expect(textOf(await answerTo(world, agriculture, 'contact', words))).toContain(label)
  }
  for (const words of [`/派单 #${code} ${'第1局 '.repeat(1_000)}`, `/清单 ${'- '.repeat(2_001)}`]) {
    const answer = textOf(await answerTo(world, taskForce, 'lead', words))
    expect(answer).toContain('内容过长，一条命令不能超过4000字。')
  }
  for (const [words, label] of [
    [`/重新交办 #${code} ${long}`, '“理由”不能超过500字。'],
    [`/回访 #${code} 不满意 ${long}`, '“回访说明”不能超过500字。'],
    [`/转化 #${code} 议题 ${long}`, '“成果转化”不能超过500字。'],
    [`/公开 #${code} https://example.cn/1 ${long}`, '“公开内容”不能超过1000字。'],
  ] as const) {
    expect(textOf(await answerTo(world, taskForce, 'lead', words))).toContain(label)
  }
  expect(await history(world, code)).toEqual(['collected', 'dispatched'])
})
