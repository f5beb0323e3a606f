import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { buttonOf, labelsOf, personOf, testWorld, type World } from '../support/duban.ts'
import { wipe } from '../support/redis.ts'
import { deliveriesOf, history, until } from '../support/truth.ts'

const hour = 60 * 60_000

test('a wiped Redis: the next sweep restores what waits, messages and nudges, and nothing comes twice', async () => {
  const world = await testWorld({ ticking: true })
  const { agriculture, commerce, sandbox, taskForce } = world
  const [first, second] = await world.items({ title: '蔬菜滞销' }, { title: '口罩垃圾' })
  world.say(taskForce, 'lead', `/派单 #${first} 农业农村委`)
  await world.seen(agriculture, '蔬菜滞销')
  await world.settled()

  sandbox.setFaults({ rateLimitNext: 1_000, resetSeconds: 2 })
  world.say(taskForce, 'lead', `/派单 #${second} 商务委`)
  await until(async () => (await deliveriesOf(world, 'dispatch'))[1] === 'pending', 'a delivery that waits')
  await sandbox.waitFor(() => sandbox.pendingEvents() === 0, 'the command answered')
  await wipe(world.redis)
  sandbox.setFaults({ rateLimitNext: 0 })
  await world.moveTo(world.clock.now() + 2 * hour + 1_000)
  await world.seen(commerce, '口罩垃圾')
  await world.seen(taskForce, '派至', '商务委')
  await world.seen(agriculture, '尚未签收')
  await world.settled()
  expect(texts(world, 'agriculture')).toHaveLength(2)
  expect(texts(world, 'commerce')).toHaveLength(2)
  expect(texts(world, 'taskForce').filter((text) => text.includes('派至'))).toHaveLength(2)
  expect(await history(world, first)).toEqual(['collected', 'dispatched', 'nudged'])
})

test('Redis away: clicks are answered, /readyz says so, and what waited comes once when it is back', async () => {
  const world = await testWorld({ ticking: true })
  const { agriculture, sandbox, taskForce } = world
  const contact = personOf(agriculture, 'contact')
  const [code] = await world.items({ title: '蔬菜滞销' })
  world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
  const card = await world.seen(agriculture, '蔬菜滞销')
  await world.settled()
  expect(await ready(world)).toEqual({ status: 200, bad: [] })

  await world.redis.kill()
  await until(async () => (await ready(world)).status === 503, '/readyz to notice')
  expect(await ready(world)).toEqual({ status: 503, bad: ['redis'] })
  expect(await world.press(card, contact, '签收')).toEqual({ toast: { type: 'success', content: '已签收' } })
  expect(labelsOf(sandbox.message(card.message_id))).not.toContain('签收')
  expect((await world.press(card, contact, '提交反馈', resolved)).toast?.type).toBe('success')
  world.say(taskForce, 'lead', '/进度')
  await sandbox.waitFor(() => sandbox.pendingEvents() === 0, 'the command answered')
  expect(await history(world, code)).toEqual(['collected', 'dispatched', 'acknowledged', 'feedback'])

  await world.redis.restart()
  await world.seen(taskForce, '待审核', '已组织农超对接')
  await world.seen(taskForce, '办理进度')
  await world.settled()
  await until(async () => (await ready(world)).status === 200, '/readyz to notice')
  expect(texts(world, 'taskForce').filter((text) => text.includes('待审核】'))).toHaveLength(1)
  expect(texts(world, 'taskForce').filter((text) => text.includes('办理进度'))).toHaveLength(1)
  expect(buttonOf(await world.seen(taskForce, '待审核】'), '审核通过').value).toBeDefined()
  expect(world.log.filter((line) => line.includes('"level":"error"'))).toEqual([])
})

test('/readyz names the bot whose connection is gone', async () => {
  const world = await testWorld()
  await until(async () => (await ready(world)).status === 200, 'everything to be there')
  world.sandbox.setFaults({ failDiscovery: { count: 1_000, status: 200, code: 1, withData: true } })
  world.sandbox.dropConnections()
  await until(async () => (await ready(world)).status === 503, '/readyz to notice')
  expect((await ready(world)).bad).toEqual(['feishu'])
  world.sandbox.setFaults({ failDiscovery: { count: 0, status: 200, code: 1, withData: true } })
  await until(async () => (await ready(world)).status === 200, 'a new connection')
})

const resolved = { outcome: 'resolved', measures: '已组织农超对接', mayPublish: 'yes' }

function texts(world: World, where: 'agriculture' | 'commerce' | 'taskForce'): string[] {
  return world.posts(world[where]).map(textOf)
}

async function ready({ duban }: World): Promise<{ status: number; bad: string[] }> {
  const answer = await fetch(`${duban.url}/readyz`)
  const { checks } = (await answer.json()) as { checks: Record<string, { ok: boolean }> }
  return { status: answer.status, bad: Object.keys(checks).filter((name) => !checks[name]?.ok) }
}
