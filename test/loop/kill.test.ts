import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { type Office, personOf, testWorld, type World } from '../support/duban.ts'
import { killableBot } from '../support/killable-bot.ts'
import { deliveriesOf, history, until } from '../support/truth.ts'

/** Longer than a dead sender is waited for. */
const leaseMs = 30_000

test('killed after the platform took the card and before that is recorded: the card is there once', async () => {
  const world = await testWorld({ ticking: true })
  const [code] = await world.items({ title: '蔬菜滞销' })
  const bot = await killableBot(world)
  world.say(world.taskForce, 'lead', `/派单 #${code} 农业农村委`)
  // The sandbox looks while it carries out the call, so the bot is dead before it could be answered.
  await world.sandbox.waitFor(() => cards(world, world.agriculture).length > 0 && kills(bot), 'the card')
  await bot.ended
  expect(await deliveriesOf(world, 'dispatch')).toEqual(['sending'])

  // The whole machine went down: Redis has forgotten everything too.
  await world.redis.restart()
  world.clock.advance(leaseMs)
  await world.restart()
  await world.settled()
  expect(await deliveriesOf(world, 'dispatch')).toEqual(['sent'])
  const [card, second] = cards(world, world.agriculture)
  expect(second).toBeUndefined()
  expect(await history(world, code)).toEqual(['collected', 'dispatched'])

  // What was recorded is the message that the people see: a click on it finds its card.
  const contact = personOf(world.agriculture, 'contact')
  if (!card) throw new Error('there is no card')
  expect((await world.press(card, contact, '签收')).toast?.type).toBe('success')
  expect(textOf(world.sandbox.message(card.message_id))).toContain('孙联络 已于')
})

test('killed while nothing can be sent: all of it is there once after the restart, in the order of its targets', async () => {
  const world = await testWorld({ ticking: true })
  const codes = await world.items({ title: '蔬菜滞销', urgency: 'critical' }, { title: '口罩垃圾' })
  const bot = await killableBot(world)
  world.sandbox.setFaults({ rateLimitNext: 1_000, resetSeconds: 1 })
  world.say(world.taskForce, 'lead', `/派单 #${codes[0]} #${codes[1]} 农业农村委`)
  await world.sandbox.waitFor(
    () => world.sandbox.calls().some(({ status }) => status === 429),
    'a refused call',
  )
  bot.kill()
  await bot.ended
  expect(world.posts(world.agriculture)).toEqual([])

  world.sandbox.setFaults({ rateLimitNext: 0 })
  await world.redis.restart()
  world.clock.advance(leaseMs)
  await world.restart()
  const list = await world.seen(world.agriculture, '交办清单', '蔬菜滞销', '口罩垃圾')
  await world.seen(world.taskForce, '派至')
  await world.settled()
  expect(cards(world, world.agriculture)).toHaveLength(1)
  expect(world.posts(world.taskForce).filter((post) => textOf(post).includes('派至'))).toHaveLength(1)
  // The urgent mark waited for its message.
  expect(world.sandbox.message(list.message_id).urged).toEqual([
    personOf(world.agriculture, 'contact').open_id,
    personOf(world.agriculture, 'backup').open_id,
  ])
})

test('killed while a call is under way, Redis alive: the call is carried out after its caller’s death, once', async () => {
  const world = await testWorld({ ticking: true, jobsTiming: { stalledEveryMs: 500 } })
  const [code] = await world.items({ title: '蔬菜滞销' })
  const bot = await killableBot(world)
  world.say(world.taskForce, 'lead', '/help')
  await world.seen(world.taskForce, '督办机器人')
  world.sandbox.setFaults({ latencyMs: 500 })
  world.say(world.taskForce, 'lead', `/派单 #${code} 农业农村委`)
  await until(async () => (await deliveriesOf(world, 'dispatch'))[0] === 'sending', 'the claim')
  await world.sandbox.waitFor(() => world.sandbox.pendingEvents() === 0, 'the command answered')
  bot.kill()
  await bot.ended
  world.sandbox.setFaults({ latencyMs: 0 })
  world.clock.advance(leaseMs)
  await world.restart()
  await world.seen(world.agriculture, '蔬菜滞销')
  await until(async () => (await deliveriesOf(world, 'dispatch'))[0] === 'sent', 'the record', 30_000)
  expect(cards(world, world.agriculture)).toHaveLength(1)
  expect(await history(world, code)).toEqual(['collected', 'dispatched'])
}, 60_000)

test('killed as soon as a feedback is committed: it is there once, and so is all that follows from it', async () => {
  const world = await testWorld({ ticking: true })
  const [code] = await world.items({ title: '蔬菜滞销' })
  world.say(world.taskForce, 'lead', `/派单 #${code} 农业农村委`)
  const card = await world.seen(world.agriculture, '蔬菜滞销')
  await world.settled()
  const bot = await killableBot(world)
  world.say(world.agriculture, 'contact', '已解决，已组织农超对接', { reply_to: card.message_id })
  await until(async () => (await history(world, code)).includes('feedback'), 'the feedback')
  bot.kill()
  await bot.ended

  world.clock.advance(leaseMs)
  await world.redis.restart()
  await world.restart()
  await world.settled()
  expect(await history(world, code)).toEqual(['collected', 'dispatched', 'feedback'])
  expect(cards(world, world.taskForce).filter((post) => textOf(post).includes('待审核'))).toHaveLength(1)
  expect(world.posts(world.agriculture).filter((post) => textOf(post).includes('已记录'))).toHaveLength(1)
})

function kills(bot: { kill(): void }): true {
  bot.kill()
  return true
}

function cards(world: World, office: Office) {
  return world.posts(office).filter(({ msg_type }) => msg_type === 'interactive')
}
