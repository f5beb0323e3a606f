import { expect, test } from 'vitest'
import { testWorld } from '../support/duban.ts'
import { history, until } from '../support/truth.ts'

test('a half-open connection is noticed and replaced; what was said meanwhile is acted on once', async () => {
  const world = await testWorld({
    ticking: true,
    connectionTiming: { pingTimeoutSeconds: 0.4, firstPauseMs: 100 },
    sandbox: { timing: { pingIntervalSeconds: 0.5, redeliverAfterMs: [1_000, 1_000, 1_000, 1_000] } },
  })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  sandbox.setFaults({ halfOpen: true })
  world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
  await until(() => world.log.some((line) => line.includes('long connection lost')), 'the loss')
  sandbox.setFaults({ halfOpen: false })
  await sandbox.waitFor(() => world.posts(agriculture)[0], 'the card')
  await sandbox.waitFor(() => sandbox.pendingEvents() === 0, 'all events answered')
  await world.settled()
  expect(world.posts(agriculture)).toHaveLength(1)
  expect(await history(world, code)).toEqual(['collected', 'dispatched'])
})

test('connections that are cut again and again: every event acts once', async () => {
  const world = await testWorld({ ticking: true })
  const { agriculture, sandbox, taskForce } = world
  const codes = await world.items({ title: '蔬菜滞销' }, { title: '活禽交易' }, { title: '口罩脱销' })
  for (const code of codes) {
    world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
    sandbox.dropConnections()
  }
  await sandbox.waitFor(() => sandbox.pendingEvents() === 0, 'all events answered')
  await world.settled()
  expect(world.posts(agriculture)).toHaveLength(3)
  expect(world.posts(taskForce)).toHaveLength(3)
  for (const code of codes) expect(await history(world, code)).toEqual(['collected', 'dispatched'])
})
