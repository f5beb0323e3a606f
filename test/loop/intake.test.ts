import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { SandboxMessage } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import { importItems } from '../../src/services/intake/import.ts'
import { announceDue } from '../../src/services/intake/intake-announce.ts'
import { testFolder } from '../support/database.ts'
import { labelsOf, personOf, testWorld, type World } from '../support/duban.ts'
import { dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'

const token = 'hotline-0123456789'

async function worldWithApi(locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<World> {
  const world = await testWorld({ ticking: true, unlimited: true, locale })
  world.env.API_TOKENS = `hotline:${token}`
  await world.restart()
  return world
}

async function send(world: World, items: object | object[]): Promise<number> {
  const { status } = await fetch(`${world.duban.url}/api/v1/items`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(items),
  })
  await world.settled()
  return status
}

/** What the task force was told of new items, oldest first. */
function announced(world: World): SandboxMessage[] {
  return world.posts(world.taskForce).filter((message) => /【新收|\[New/.test(textOf(message)))
}

/** Goes there, and has the bot look for new items. */
async function comeTo(world: World, time: string): Promise<void> {
  world.clock.set(shanghai(time))
  world.sandbox.clockMoved()
  await announceDue(world.duban.app)
  await world.settled()
}

const many = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, index) => ({ source: 'hotline', title: `事项甲${index + 1}`, ...more }))

test('what is urgent is announced when it comes in, in one message of a batch; the rest is not', async () => {
  const world = await worldWithApi()
  expect(await send(world, { source: 'hotline', title: '一般事项' })).toBe(201)
  expect(announced(world)).toEqual([])

  const one = {
    source: 'online',
    external_id: 'O-1',
    title: '小区停水',
    content: '已停水两天，联系13800138000。',
    urgency: 'critical',
  }
  await send(world, one)
  await send(world, one)
  const [first, ...more] = announced(world)
  expect(more).toEqual([])
  expect(textOf(first as SandboxMessage)).toContain('【新收特急件】#2 小区停水')
  expect(textOf(first as SandboxMessage)).toContain('已停水两天，联系138****8000。')
  expect(labelsOf(first as SandboxMessage)).toEqual(['研判'])

  await send(world, [
    ...many(11, { urgency: 'urgent' }),
    ...many(2),
    ...many(1, { urgency: 'critical', title: '最急' }),
  ])
  expect(announced(world)).toHaveLength(2)
  const text = textOf(announced(world)[1] as SandboxMessage)
  expect(text).toContain('【新收急件】12项事项待研判')
  expect(text).toContain('另有2项未列出')
  expect(text.indexOf('#16 最急')).toBeGreaterThan(0)
  expect(text.indexOf('#16 最急')).toBeLessThan(text.indexOf('#3 事项甲1'))
  expect(text).not.toContain('#12 ')
  expect(text).not.toContain('#14 ')

  // Not a second time, whoever looks.
  await comeTo(world, '2026-11-20 10:00')
  expect(announced(world)).toHaveLength(2)
})

test('the button of an announcement opens the triage of that item', async () => {
  const world = await worldWithApi()
  await send(world, many(2, { urgency: 'critical' }))
  await send(world, many(1, { title: '小区停水', urgency: 'urgent' }))
  const [, alone] = announced(world)
  await world.press(alone as SandboxMessage, personOf(world.taskForce, 'lead'), '研判')
  await world.settled()
  const card = await world.seen(world.taskForce, '【研判】', '#3 小区停水')
  expect(labelsOf(card)).toContain('跳过')
})

test('a batch that is refused announces nothing', async () => {
  const world = await worldWithApi()
  expect(await send(world, [...many(2, { urgency: 'urgent' }), { source: 'hotline' }])).toBe(400)
  await comeTo(world, '2026-11-20 10:00')
  expect(announced(world)).toEqual([])
})

test('of an import only what it does not send out at once is announced', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const row = (line: number, more: object) => ({
    line,
    external_id: `H-${line}`,
    source: 'hotline' as const,
    title: `事项甲${line}`,
    content: '',
    category: null,
    urgency: 'urgent' as const,
    petitioner: null,
    phone: null,
    address: null,
    received_at: null,
    policy: null,
    lead: null,
    co: [],
    ...more,
  })
  const rows = [row(2, { lead: '农业农村委' }), row(3, {}), row(4, { urgency: 'normal' }), row(5, {})]
  const order = { rows, badRows: [], faults: [], dispatch: true, skipBad: false }
  await importItems(world.duban.app, order)
  await world.settled()
  expect(announced(world).map(textOf)).toEqual([expect.stringContaining('【新收急件】2项事项待研判')])
  const text = textOf(announced(world)[0] as SandboxMessage)
  expect([text.includes('#2 事项甲3'), text.includes('#4 事项甲5'), text.includes('#1 ')]).toEqual([
    true,
    true,
    false,
  ])

  await importItems(world.duban.app, order)
  await comeTo(world, '2026-11-20 10:00')
  expect(announced(world)).toHaveLength(1)
})

test('urgent items of which nobody told are told of by the next look, once', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  await world.items({ title: '无人告知', urgency: 'urgent' }, { title: '已派单', urgency: 'urgent' })
  await dispatch(world, '#2 农业农村委', world.agriculture)
  await comeTo(world, '2026-11-20 09:04')
  expect(announced(world)).toEqual([])
  await comeTo(world, '2026-11-20 09:10')
  await comeTo(world, '2026-11-20 09:30')
  expect(announced(world).map(textOf)).toEqual([expect.stringContaining('【新收急件】#1 无人告知')])
})

test('the rest is listed at 09:00 and 14:00 of working days, where something is new', async () => {
  const world = await worldWithApi()
  await send(world, many(3))
  await comeTo(world, '2026-11-20 13:59')
  expect(announced(world)).toEqual([])
  await dispatch(world, '#2 农业农村委', world.agriculture)

  // By itself: the job that stands for it.
  await goTo(world, '2026-11-20 14:00')
  const list = await world.seen(world.taskForce, '【新收事项】2项待研判')
  expect(labelsOf(list)).toEqual(['研判'])
  expect(['#1 事项甲1', '#2 ', '#3 事项甲3'].map((words) => textOf(list).includes(words))).toEqual([
    true,
    false,
    true,
  ])

  // Nothing new on Monday morning; what comes in just after waits for the afternoon.
  await comeTo(world, '2026-11-23 09:00')
  await send(world, many(1, { title: '周一上午' }))
  await comeTo(world, '2026-11-23 09:05')
  expect(announced(world)).toHaveLength(1)
  await comeTo(world, '2026-11-23 14:00')
  await comeTo(world, '2026-11-23 14:01')
  expect(announced(world)).toHaveLength(2)
  expect(textOf(announced(world)[1] as SandboxMessage)).toContain('#4 周一上午')

  // Twelve at the weekend are one list on Monday, of which ten are named.
  await comeTo(world, '2026-11-27 14:00')
  await send(world, many(12, { title: '周末' }))
  for (const time of ['2026-11-28 09:00', '2026-11-29 14:00', '2026-11-30 08:59']) await comeTo(world, time)
  expect(announced(world)).toHaveLength(2)
  await comeTo(world, '2026-11-30 09:00')
  expect(announced(world)).toHaveLength(3)
  expect(textOf(announced(world)[2] as SandboxMessage)).toContain('【新收事项】12项待研判')
  expect(textOf(announced(world)[2] as SandboxMessage)).toContain('另有2项未列出')
})

test('a list that was missed comes later on the same day, but not at night; nothing is lost or told twice', async () => {
  const world = await worldWithApi()
  await send(world, many(2))
  await world.stop()
  world.clock.set(shanghai('2026-11-20 16:30'))
  await world.restart()
  await world.seen(world.taskForce, '【新收事项】2项待研判')
  await world.restart()
  await comeTo(world, '2026-11-20 16:40')
  expect(announced(world)).toHaveLength(1)

  await send(world, many(1, { title: '周五傍晚' }))
  await world.stop()
  world.clock.set(shanghai('2026-11-23 22:00'))
  await world.restart()
  await comeTo(world, '2026-11-23 22:01')
  expect(announced(world)).toHaveLength(1)
  await comeTo(world, '2026-11-24 09:00')
  expect(announced(world).map(textOf)).toEqual([
    expect.stringContaining('2项待研判'),
    expect.stringContaining('#3 周五傍晚'),
  ])
})

test('without a group of the task force nothing is lost: it is told once there is one', async () => {
  const world = await worldWithApi()
  const { db } = world.duban.app
  const bound = await db.read
    .selectFrom('department_chats')
    .selectAll()
    .where('chat_id', '=', world.taskForce.chat.chat_id)
    .executeTakeFirstOrThrow()
  await db.write.deleteFrom('department_chats').where('chat_id', '=', bound.chat_id).execute()
  await send(world, [...many(1, { urgency: 'urgent' }), ...many(2)])
  await comeTo(world, '2026-11-20 14:00')
  expect(announced(world)).toEqual([])
  await db.write.insertInto('department_chats').values(bound).execute()
  await comeTo(world, '2026-11-20 15:00')
  await comeTo(world, '2026-11-20 15:10')
  expect(announced(world).map(textOf)).toEqual([
    expect.stringContaining('【新收急件】#1 事项甲1'),
    expect.stringContaining('【新收事项】2项待研判'),
  ])
})

test('half of a clock-hour policy reaches the leader, and the task force in words that fit', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  await world.items({ title: '舆情', source: 'online', urgency: 'urgent' })
  const card = await dispatch(world, '#1 农业农村委', world.agriculture)
  expect(textOf(card)).toContain('11:00')
  await goTo(world, '2026-11-20 10:00')
  const nudge = await world.seen(world.agriculture, '【催办】', '时限已过半')
  expect(textOf(nudge)).toContain(personOf(world.agriculture, 'leader').open_id)
  const copy = await world.seen(world.taskForce, '【催办抄送】1项事项', '时限已过半')
  expect(textOf(copy)).not.toContain('逾期')
})

test('in English', async () => {
  const world = await worldWithApi('en')
  await send(world, [...many(1, { urgency: 'critical' }), ...many(1)])
  const [first] = announced(world)
  expect(textOf(first as SandboxMessage)).toContain('[New, ')
  expect(labelsOf(first as SandboxMessage)).toEqual(['Triage'])
  await comeTo(world, '2026-11-20 14:00')
  expect(textOf(announced(world)[1] as SandboxMessage)).toContain('[New] 1 item to triage')
})

test('a deployer’s own policies are what items are dispatched with', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const file = path.join(await testFolder(), 'policies.json')
  await writeFile(file, '[{ "sources": ["专家"], "policy": "4h" }, { "policy": "2wd" }]')
  world.env.POLICIES_FILE = file
  await world.restart()
  await world.items({ title: '专家建议', source: 'expert' }, { title: '热线来电' })
  expect(textOf(await dispatch(world, '#1 农业农村委', world.agriculture))).toContain('11月20日（周五）13:00')
  expect(textOf(await dispatch(world, '#2 商务委', world.commerce))).toContain('11月24日（周二）17:30')
})
