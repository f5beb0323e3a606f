import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { type Office, personOf, testWorld } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'

test('in a group that is not bound yet, items are shown to nobody but the one who asks', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  const lead = personOf(taskForce, 'lead')
  const chat = sandbox.addChat({ name: '市教委督办群', members: [lead.open_id] })
  const group: Office = { name: '市教育委员会', chat, people: { lead } }
  await world.seen(group, '我是督办机器人')
  const own = sandbox.openP2p(lead.open_id)

  for (const words of ['/清单', `/进度 #${code}`, '/进度']) {
    expect(textOf(await answerTo(world, group, 'lead', words)), words).toContain('已私信答复。')
  }
  const answers = sandbox.messages(own.chat_id).map(textOf)
  expect(answers).toHaveLength(3)
  expect(answers[0]).toContain('蔬菜滞销')
  expect(textOf(await answerTo(world, group, 'lead', '/帮助')), 'what shows nothing').toContain('/清单')
  expect(world.posts(group).map(textOf).join()).not.toContain('蔬菜滞销')
})
