import { expect, test } from 'vitest'
import type { SandboxMessage } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import { labelsOf, type Office, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch, guestIn } from '../support/talk.ts'
import { deliveriesOf, look, until } from '../support/truth.ts'

test('what the task force’s group could not take comes once the bot is back in it: each once, and nothing that is over', async () => {
  const { world, cards } = await withTwoCards()
  const { sandbox, taskForce } = world
  sandbox.removeBot(taskForce.chat.chat_id)
  await answerBoth(world, cards)
  expect(await deliveriesOf(world, 'review')).toEqual(['refused', 'refused'])

  sandbox.addBot(taskForce.chat.chat_id)
  await expectMissed(world, taskForce)
})

test('what came before the task force had a group comes with /bind', async () => {
  const { world, cards } = await withTwoCards()
  const { sandbox, taskForce } = world
  sandbox.dissolve(taskForce.chat.chat_id)
  const groups = () => look(world, (db) => db.selectFrom('department_chats').select('chat_id').execute())
  await until(async () => (await groups()).length === 2, 'the group to be forgotten')
  await answerBoth(world, cards)

  const lead = personOf(taskForce, 'lead')
  const chat = sandbox.addChat({ name: '专班新群', members: [lead.open_id] })
  const office: Office = { name: taskForce.name, chat, people: { lead } }
  await world.seen(office, '我是督办机器人')
  world.say(office, 'lead', '/绑定 工作专班')
  await expectMissed(world, office)
})

test('a group that lets the bot speak again gets with /bind what it refused, though it was bound all along', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, sandbox, taskForce } = world
  const office = guestIn(world, agriculture, personOf(taskForce, 'lead').open_id)
  const [code] = await world.items({ title: '蔬菜滞销' })
  await world.settled()
  // The card, and the answer to the command.
  sandbox.setFaults({ failNext: { count: 2, status: 400, code: 230018 } })
  world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
  await world.seen(taskForce, '未送达', '没有发言权限', '/绑定')
  await world.settled()
  expect(await deliveriesOf(world, 'dispatch')).toEqual(['refused'])

  for (let times = 0; times < 2; times += 1) await answerTo(world, office, 'guest', '/绑定 农业农村委')
  await world.seen(agriculture, `本群已绑定${agriculture.name}`)
  expect(await deliveriesOf(world, 'dispatch')).toEqual(['refused', 'sent'])
})

async function withTwoCards(): Promise<{ world: World; cards: SandboxMessage[] }> {
  const world = await testWorld({ ticking: true, unlimited: true })
  const codes = await world.items({ title: '蔬菜滞销' }, { title: '活禽交易' })
  const cards: SandboxMessage[] = []
  for (const code of codes) cards.push(await dispatch(world, `#${code} 农业农村委`, world.agriculture))
  return { world, cards }
}

/** One feedback that is corrected, and a request; meanwhile nothing reaches the task force. */
async function answerBoth(world: World, [one, two]: SandboxMessage[]): Promise<void> {
  const { agriculture } = world
  for (const [card, words] of [
    [one, '已解决，已组织农超对接'],
    [one, '已解决，已售出十二吨'],
    [two, '申请延期，检测报告尚未出具'],
  ] as const) {
    await answerTo(world, agriculture, 'contact', words, card)
  }
}

/** The newest review card, with its buttons, and the request; of the corrected feedback nothing, nor of the lost group. */
async function expectMissed(world: World, office: Office): Promise<void> {
  const review = await world.seen(office, '待审核', '已售出十二吨')
  await world.seen(office, '延期申请', '检测报告尚未出具')
  await world.settled()
  expect(world.posts(office).filter((post) => /待审核|延期申请|无法接收/.test(textOf(post)))).toHaveLength(2)
  expect(labelsOf(world.sandbox.message(review.message_id))).toContain('审核通过')
  await world.press(review, personOf(office, 'lead'), '审核通过')
  await world.seen(world.agriculture, '反馈已审核通过')
  await world.settled()
}
