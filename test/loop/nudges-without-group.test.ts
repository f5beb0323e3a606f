import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { work } from '../../src/services/work.ts'
import { testWorld, type World } from '../support/duban.ts'
import { goTo, shanghai } from '../support/time.ts'
import { history, look } from '../support/truth.ts'

test('a department without a group loses no nudge: it waits, is told of once a day, and comes with the group', async () => {
  const { world, code } = await unboundWorld()
  const { sandbox, taskForce } = world
  await goTo(world, '2026-11-20 11:00')
  await goTo(world, '2026-11-20 13:00')
  expect(await nudges(world)).toEqual([])
  expect(await nextNudge(world)).toBe(shanghai('2026-11-23 09:00'))
  const reports = () => world.posts(taskForce).filter((post) => textOf(post).includes('未送达')).length
  expect(reports(), 'of the dispatch, and of the nudges of this day').toBe(2)
  await goTo(world, '2026-11-23 09:00')
  expect(reports()).toBe(3)
  expect(await nudges(world)).toEqual([])

  const chat = sandbox.addChat({ name: '市教委督办群', members: [] })
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [
      { ...education, chats: [{ platform: 'feishu', chat_id: chat.chat_id }], people: [] },
    ]),
  )
  const group = { name: education.name, chat, people: {} }
  await world.seen(group, '网课卡顿', '派单后仍未签收')
  await world.settled()
  expect(await history(world, code)).toContain('nudged')
})

test('a lead’s own nudge to a department without a group says so, and is no nudge', async () => {
  const { world, code } = await unboundWorld()
  const { taskForce } = world
  for (const words of [`/催办 #${code}`, '/催办 市教委']) {
    const said = world.say(taskForce, 'lead', words)
    await world.sandbox.waitFor(
      () =>
        world
          .posts(taskForce)
          .find((post) => post.parent_id === said.message_id && textOf(post).includes('尚未绑定群')),
      `an answer to ${words}`,
    )
  }
  expect(await nudges(world)).toEqual([])
  expect(await history(world, code)).toEqual(['collected', 'dispatched'])
})

test('a lead’s own nudge is in the history once the platform took it, with the lead’s name', async () => {
  const world = await testWorld({ ticking: true, now: shanghai('2026-11-20 09:00') })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
  await world.seen(agriculture, '蔬菜滞销')
  await world.settled()
  sandbox.removeBot(agriculture.chat.chat_id)
  await world.seen(taskForce, '市农业农村委员会', '机器人不在群内')
  world.say(taskForce, 'lead', `/催办 #${code}`)
  await world.seen(taskForce, '未送达', '市农业农村委员会', `#${code}`)
  await world.settled()
  expect(await history(world, code)).not.toContain('nudged')

  sandbox.addBot(agriculture.chat.chat_id)
  world.say(taskForce, 'lead', `/催办 #${code}`)
  await world.seen(agriculture, '专班催办')
  await world.settled()
  const events = await look(world, (db) =>
    db
      .selectFrom('events')
      .innerJoin('people', 'people.id', 'events.person_id')
      .select('people.name')
      .where('what', '=', 'nudged')
      .execute(),
  )
  expect(events).toEqual([{ name: '陈组长' }])
})

const education = { name: '市教育委员会', aliases: ['市教委'] }

async function unboundWorld(): Promise<{ world: World; code: number }> {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:00') })
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [{ ...education, chats: [], people: [] }]),
  )
  const [code = 0] = await world.items({ title: '网课卡顿' })
  world.say(world.taskForce, 'lead', `/派单 #${code} 市教委`)
  await world.seen(world.taskForce, '未送达', '市教育委员会')
  await world.settled()
  return { world, code }
}

function nudges(world: World) {
  return look(world, (db) => db.selectFrom('nudges').select('stage').execute())
}

function nextNudge(world: World) {
  return look(world, async (db) => {
    const row = await db.selectFrom('assignments').select('next_nudge_at').executeTakeFirstOrThrow()
    return row.next_nudge_at
  })
}
