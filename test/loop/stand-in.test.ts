import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { type Office, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch, guestIn } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { look, truth } from '../support/truth.ts'

const tuesday = '11月24日（周二）'

test('a stand-in acts and is mentioned until the end of the day, and is a stranger after it', async () => {
  const { world, here } = await withGuest()
  const { agriculture, taskForce } = world
  const [one, two, three] = await world.items(
    { title: '蔬菜滞销' },
    { title: '种子断供' },
    { title: '活禽交易' },
  )
  expect(textOf(await answerTo(world, here, 'guest', '/待办'))).toContain('您尚未登记')
  const said = await say(world, here, 'contact', '/代理 @王路人 下周二', 'guest')
  expect(textOf(said)).toContain(`孙联络自即日起至${tuesday}由王路人代理履职`)
  expect(said.mentions.map(({ name }) => name)).toEqual(['王路人'])
  expect(world.posts(agriculture).filter((post) => textOf(post).includes('自即日起'))).toHaveLength(1)

  const card = await dispatch(world, `#${one} 农业农村委`, agriculture)
  expect(card.mentions.map(({ name }) => name)).toEqual(['王路人', '钱副手'])
  expect((await world.press(card, personOf(here, 'guest'), '签收')).toast?.content).toBe('已签收')
  expect(textOf(await answerTo(world, here, 'guest', `#${one} 已解决，已对接`))).toContain('已记录')
  // Whoever is away still has what is theirs.
  const second = await dispatch(world, `#${two} 农业农村委`, agriculture)
  expect((await world.press(second, personOf(here, 'contact'), '签收')).toast?.content).toBe('已签收')
  expect(textOf(await answerTo(world, here, 'guest', '/清单'))).toContain('没有此项操作的权限')

  await goTo(world, '2026-11-24 09:00')
  const nudge = await world.seen(agriculture, '【催办】', '种子断供')
  expect(nudge.mentions.map(({ name }) => name)).toEqual(['王路人'])
  await goTo(world, '2026-11-24 23:59')
  expect(textOf(await answerTo(world, here, 'guest', '/待办'))).toContain('待办')
  await world.moveTo(shanghai('2026-11-25 00:00'))
  expect(textOf(await answerTo(world, here, 'guest', '/待办'))).toContain('您尚未登记')
  await goTo(world, '2026-11-25 10:00')
  const third = await dispatch(world, `#${three} 农业农村委`, agriculture)
  expect(third.mentions.map(({ name }) => name)).toEqual(['孙联络', '钱副手'])
  expect(textOf(await answerTo(world, taskForce, 'lead', `/进度 #${one}`))).toContain('王路人')
  expect(await standInEvents(world)).toEqual([
    {
      person: '王路人',
      insteadOf: '孙联络',
      until: '2026-11-24',
      department: '市农业农村委员会',
    },
  ])
})

test('a lead arranges it for another, the department reads one line, and either of them ends it', async () => {
  const { world, here } = await withGuest()
  const { agriculture, taskForce } = world
  const contact = personOf(agriculture, 'contact')
  const backup = personOf(agriculture, 'backup')
  for (const { open_id } of [contact, backup]) guestIn(world, taskForce, open_id)
  const office: Office = { ...taskForce, people: { ...taskForce.people, contact, backup } }
  const answer = await say(world, office, 'lead', '/代理 @钱副手 代 @孙联络 12月1日', 'backup', 'contact')
  expect(textOf(answer)).toContain('孙联络自即日起至12月1日（周二）由钱副手代理履职')
  await world.seen(agriculture, '孙联络自即日起至12月1日（周二）由钱副手代理履职')
  expect(textOf(await answerTo(world, here, 'guest', '/代理 结束'))).toContain('您尚未登记')
  expect(textOf(await answerTo(world, here, 'leader', '/代理 结束'))).toContain('您目前没有代理安排')
  expect(textOf(await answerTo(world, here, 'contact', '/standin end'))).toContain(
    '钱副手代理孙联络已结束，孙联络恢复履职',
  )
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  expect(card.mentions.map(({ name }) => name)).toEqual(['孙联络', '钱副手'])

  await say(world, office, 'lead', '/standin @钱副手 for @孙联络 until Friday', 'backup', 'contact')
  const ended = await say(world, office, 'lead', '/代理 结束 @孙联络', 'contact')
  expect(textOf(ended)).toContain('钱副手代理孙联络已结束')
  await world.seen(agriculture, '钱副手代理孙联络已结束')
  expect((await standInEvents(world)).map(({ ended: over }) => over ?? false)).toEqual([
    false,
    true,
    false,
    true,
  ])
})

test('what can’t be: nothing changes, and it says why', async () => {
  const { world, here } = await withGuest()
  // The first answer of all leaves a mark of its own.
  await answerTo(world, here, 'contact', '/待办')
  const before = await truth(world)
  for (const [who, words, mentions, answer] of [
    ['contact', '/代理', [], '请@代理人'],
    ['contact', '/代理 @王路人', ['guest'], '请写明截止日期'],
    ['contact', '/代理 @王路人 出差', ['guest'], '“出差”无法识别'],
    ['contact', '/代理 @王路人 周五 出差', ['guest'], '“，出差”无法识别'],
    ['contact', '/代理 @王路人 昨天', ['guest'], '截止日期已过'],
    ['contact', '/代理 @王路人 11月31日', ['guest'], '不是有效日期'],
    ['contact', '/代理 @王路人 2027年11月1日', ['guest'], '最长180天'],
    ['contact', '/代理 @王路人 明天至周五', ['guest'], '请只写截止日期'],
    ['contact', '/代理 @孙联络 周五', ['contact'], '不能由本人代理本人'],
    ['contact', '/代理 @王路人 @钱副手 周五', ['guest', 'backup'], '代 @被代理人'],
    ['contact', '/代理 @王路人 代 @钱副手 周五', ['guest', 'backup'], '请联系专班'],
    ['lead', '/代理 @王路人 周五', ['guest'], '陈组长没有可代理的职责'],
    ['lead', '/代理 @孙联络 代 @王路人 周五', ['contact', 'guest'], '王路人没有可代理的职责'],
    ['lead', '/代理 结束 @孙联络', ['contact'], '孙联络目前没有代理安排'],
    ['guest', '/代理 @孙联络 周五', ['contact'], '您尚未登记'],
  ] as const) {
    expect(textOf(await say(world, here, who, words, ...mentions)), words).toContain(answer)
  }
  expect(await truth(world)).toBe(before)

  await say(world, here, 'backup', '/代理 @王路人 周五', 'guest')
  for (const [who, words, mentions, answer] of [
    ['contact', '/代理 @钱副手 周五', ['backup'], '钱副手本人正由王路人代理'],
    ['guest', '/代理 @孙联络 周五', ['contact'], '王路人没有可代理的职责'],
  ] as const) {
    expect(textOf(await say(world, here, who, words, ...mentions)), words).toContain(answer)
  }
  // A newer arrangement of the same place ends the older one.
  expect(textOf(await say(world, here, 'backup', '/代理 @孙联络 下周三', 'contact'))).toContain(
    '由孙联络代理履职',
  )
  expect(textOf(await answerTo(world, here, 'guest', '/待办'))).toContain('您尚未登记')
  expect(textOf(await say(world, here, 'contact', '/代理 @赵分管 周五', 'leader'))).toContain(
    '孙联络正在代理钱副手',
  )
})

/** The stranger in the department's group, and a lead too. */
async function withGuest(): Promise<{ world: World; here: Office }> {
  const world = await testWorld({ ticking: true, unlimited: true })
  const guest = guestIn(world, world.agriculture, world.stranger.open_id)
  const lead = personOf(world.taskForce, 'lead')
  const here = guestIn(world, guest, lead.open_id)
  await world.settled()
  return { world, here: { ...here, people: { ...guest.people, lead } } }
}

async function say(world: World, where: Office, who: string, words: string, ...mentions: string[]) {
  const said = world.say(where, who, words, {
    mentions: mentions.map((key) => personOf(where, key).open_id),
  })
  const answer = await world.sandbox.waitFor(
    () => world.posts(where).find(({ parent_id }) => parent_id === said.message_id),
    `an answer to ${words}`,
  )
  await world.settled()
  return answer
}

function standInEvents(world: World): Promise<Record<string, unknown>[]> {
  return look(world, async (db) => {
    const rows = await db
      .selectFrom('events')
      .select('detail')
      .where('what', '=', 'stand-in')
      .orderBy('id')
      .execute()
    return rows.map(({ detail }) => JSON.parse(detail) as Record<string, unknown>)
  })
}
