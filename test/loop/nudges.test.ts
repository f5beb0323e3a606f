import { expect, test } from 'vitest'
import type { SandboxMessage } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import { sendDueNudges } from '../../src/services/nudges/nudge.ts'
import { sweep } from '../../src/services/sweep.ts'
import { labelsOf, type Office, personOf, testWorld, type World } from '../support/duban.ts'
import { dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { deliveriesOf, history, look, until } from '../support/truth.ts'

test('the ladder, rung by rung: each message once, to those whom the table names', async () => {
  const world = await friday()
  const { agriculture, commerce } = world
  const [one, two, three] = await world.items(
    { title: '蔬菜滞销' },
    { title: '活禽交易' },
    { title: '口罩脱销' },
  )
  await dispatch(world, `#${one} #${two} 农业农村委`, agriculture)
  await dispatch(world, `#${three} 商务委`, commerce)
  const news = newsOf(world)

  await goTo(world, '2026-11-20 10:59')
  expect(news()).toEqual({ agriculture: [], commerce: [], taskForce: [] })

  await goTo(world, '2026-11-20 11:01')
  let said = news()
  expectOne(said.agriculture, ['蔬菜滞销', '活禽交易', '派单后尚未签收'], ['孙联络'])
  expect(textOf(expectOne(said.commerce, ['口罩脱销'], ['吴联络']))).not.toContain('蔬菜滞销')
  expect(said.taskForce).toEqual([])

  await goTo(world, '2026-11-20 13:01')
  said = news()
  const again = expectOne(said.agriculture, ['派单后仍未签收'], ['孙联络', '钱副手', '赵分管'])

  // The button of a nudge works as the card's own does, and so does an answer to it.
  expect((await world.press(again, personOf(agriculture, 'contact'), '签收')).toast?.content).toBe('已签收')
  world.say(agriculture, 'backup', '收到', { reply_to: again.message_id })
  await world.seen(agriculture, `已签收 #${two}`)
  await world.settled()
  news()

  for (const [when, words, mentioned] of [
    ['2026-11-24 09:00', '将于下一工作日到期', ['孙联络']],
    ['2026-11-25 09:00', '今日到期', ['孙联络']],
    ['2026-11-25 15:30', '即将到期', ['孙联络', '钱副手']],
    ['2026-11-25 17:30', '已到期，尚未反馈', ['孙联络', '赵分管']],
  ] as const) {
    await goTo(world, when)
    said = news()
    expectOne(said.agriculture, ['蔬菜滞销', '活禽交易', words], [...mentioned])
    expect(said.taskForce.filter(({ text }) => !text.includes('每日汇总'))).toEqual([])
  }

  await goTo(world, '2026-11-26 09:00')
  said = news()
  expectOne(said.agriculture, ['督办', '已逾期，请今日内反馈'], ['孙联络', '赵分管'])
  const copies = said.taskForce.filter(({ text }) => text.includes('催办通知抄送'))
  expectOne(copies, ['蔬菜滞销', '活禽交易', '口罩脱销', '市商务委员会'])

  await goTo(world, '2026-11-27 09:00')
  expect(news().agriculture, 'nothing on the second day').toEqual([])
  for (const day of ['2026-11-30 09:00', '2026-12-01 09:00']) {
    await goTo(world, day)
    said = news()
    expectOne(said.agriculture, ['持续逾期'], ['赵分管'])
    expect(said.taskForce.filter(({ text }) => !text.includes('每日汇总'))).toEqual([])
  }
  expect((await history(world, one)).filter((what) => what === 'nudged')).toHaveLength(9)
})

test('an acknowledgement takes with it the nudge that is in the outbox and not yet sent', async () => {
  const world = await friday()
  const { agriculture, sandbox } = world
  const contact = personOf(agriculture, 'contact')
  const [one, two] = await world.items({ title: '蔬菜滞销' }, { title: '活禽交易' })
  const list = await dispatch(world, `#${one} #${two} 农业农村委`, agriculture)
  sandbox.setFaults({ rateLimitNext: 1_000, resetSeconds: 1 })
  await world.moveTo(shanghai('2026-11-20 11:00'))
  await putOff(world, 0)
  await world.press(list, contact, '签收')
  // One that is under way just now goes out as it was.
  await until(async () => (await deliveriesOf(world, 'nudge'))[0] !== 'sending', 'the nudge to wait again')
  sandbox.setFaults({ rateLimitNext: 0 })
  await world.settledLater()
  const nudge = await world.seen(agriculture, '尚未签收')
  expect(textOf(nudge)).toContain('活禽交易')
  expect(textOf(nudge), 'the other one has left the message').not.toContain('蔬菜滞销')
  await world.settled()
  expect(await history(world, one)).toEqual(['collected', 'dispatched', 'acknowledged'])
  expect(await history(world, two)).toEqual(['collected', 'dispatched', 'nudged'])

  sandbox.setFaults({ rateLimitNext: 1_000, resetSeconds: 1 })
  await world.moveTo(shanghai('2026-11-20 13:00'))
  await putOff(world, 1)
  await world.press(sandbox.message(list.message_id), contact, '签收')
  await until(async () => (await deliveriesOf(world, 'nudge'))[1] !== 'sending', 'the nudge to wait again')
  sandbox.setFaults({ rateLimitNext: 0 })
  await world.settledLater()
  expect(await deliveriesOf(world, 'nudge'), 'nobody is left in it').toEqual(['sent', 'cancelled'])
  expect(await history(world, two)).toEqual(['collected', 'dispatched', 'nudged', 'acknowledged'])
})

test('a feedback stops a nudge whose sending is under way, if the platform then puts it off', async () => {
  const world = await friday()
  const { agriculture, sandbox } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  sandbox.setFaults({ latencyMs: 800, rateLimitNext: 1, resetSeconds: 1 })
  await world.moveTo(shanghai('2026-11-20 11:00'))
  await until(async () => (await deliveriesOf(world, 'nudge'))[0] === 'sending', 'a nudge under way')
  await world.press(card, personOf(agriculture, 'contact'), '提交反馈', resolved)
  await until(async () => (await deliveriesOf(world, 'nudge'))[0] !== 'sending', 'the platform to answer')
  sandbox.setFaults({ latencyMs: 0, rateLimitNext: 0 })
  await world.settledLater()
  expect(world.posts(agriculture).map(textOf).join()).not.toContain('催办')
  expect(await history(world, code)).toEqual(['collected', 'dispatched', 'feedback'])
})

test('nights and weekends put a nudge off; what is critical goes through, marked urgent', async () => {
  const world = await friday('2026-11-20 16:30')
  const { agriculture, commerce } = world
  const [calm, critical] = await world.items(
    { title: '蔬菜滞销' },
    { title: '口罩脱销', urgency: 'critical' },
  )
  await dispatch(world, `#${calm} 农业农村委`, agriculture)
  const card = await dispatch(world, `#${critical} 商务委 2026-11-22 22:00`, commerce)
  const contact = personOf(commerce, 'contact')
  expect(world.sandbox.message(card.message_id).urged).toEqual([contact.open_id])
  const news = newsOf(world)
  // Two working hours after 16:30 on Friday: 10:00 on Monday.
  for (const [when, agricultureHears, commerceHears] of [
    ['2026-11-20 20:00', 0, 0],
    ['2026-11-21 12:00', 0, 0],
    ['2026-11-22 09:00', 0, 1],
    ['2026-11-22 22:00', 0, 1],
    ['2026-11-23 08:59', 0, 0],
    ['2026-11-23 09:00', 0, 1],
    ['2026-11-23 10:01', 1, 0],
  ] as const) {
    await goTo(world, when)
    const said = news()
    expect([when, said.agriculture.length, said.commerce.length]).toEqual([
      when,
      agricultureHears,
      commerceHears,
    ])
    for (const { message } of said.commerce) {
      expect(world.sandbox.message(message.message_id).urged).toContain(contact.open_id)
    }
    for (const { message } of said.agriculture) expect(message.urged).toEqual([])
  }
})

test('a nudge that the platform put off into the night waits for the morning, and for nobody who has answered', async () => {
  const world = await friday('2026-11-20 16:30')
  const { agriculture, sandbox } = world
  const [answered, open, critical] = await world.items(
    { title: '蔬菜滞销' },
    { title: '活禽交易' },
    { title: '口罩脱销', urgency: 'critical' },
  )
  const card = await dispatch(world, `#${answered} 农业农村委 2026-11-20 17:30`, agriculture)
  await dispatch(world, `#${open} 农业农村委 2026-11-20 17:30`, agriculture)
  await dispatch(world, `#${critical} 商务委 2026-11-20 17:30`, world.commerce)
  const news = newsOf(world)
  sandbox.setFaults({ rateLimitNext: 1_000, resetSeconds: 1 })
  await world.moveTo(shanghai('2026-11-20 17:30'))
  const waiting = () => deliveriesOf(world, 'nudge').then((nudges) => nudges.join())
  await until(async () => (await waiting()) === 'pending,pending', 'two nudges that wait')
  await world.moveTo(shanghai('2026-11-20 21:30'))
  await until(async () => (await waiting()).includes('cancelled'), 'the other one to be put off')
  sandbox.setFaults({ rateLimitNext: 0 })
  await until(async () => (await waiting()).includes('sent'), 'the critical one')
  let said = news()
  expect([said.agriculture, said.commerce].map(({ length }) => length)).toEqual([0, 1])

  await world.press(card, personOf(agriculture, 'contact'), '提交反馈', resolved)
  await goTo(world, '2026-11-23 09:00')
  said = news()
  const nudge = expectOne(said.agriculture, ['活禽交易', '已逾期，请今日内反馈'])
  expect(textOf(nudge)).not.toContain('蔬菜滞销')
})

test('a nudge that the platform refuses is reported, and counts neither as sent nor against the hour', async () => {
  const world = await friday()
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  sandbox.removeBot(agriculture.chat.chat_id)
  await world.seen(taskForce, '市农业农村委员会', '机器人不在群内')
  await goTo(world, '2026-11-20 11:00')
  const report = await world.seen(taskForce, '未送达', '市农业农村委员会', `#${code}`, '机器人不在群内')
  expect(report.msg_type).toBe('interactive')
  expect(await deliveriesOf(world, 'nudge')).toEqual(['refused'])
  expect(await history(world, code)).toEqual(['collected', 'dispatched', 'undelivered'])

  world.say(taskForce, 'lead', `/催办 #${code}`)
  await world.seen(taskForce, `已催办 #${code}`)
  await world.settled()
  expect(await deliveriesOf(world, 'nudge')).toEqual(['refused', 'refused'])
  // It is not used up either: it comes once the group can be reached.
  sandbox.addBot(agriculture.chat.chat_id)
  await world.seen(agriculture, '催办', '派单后尚未签收')
  await world.settled()
  expect((await history(world, code)).filter((what) => what === 'nudged')).toHaveLength(1)
  expect(texts(world, agriculture, '尚未签收')).toHaveLength(1)
  world.say(taskForce, 'lead', `/催办　＃${code}`)
  await world.seen(agriculture, '专班催办')
})

test('a lead’s own nudge: at once, and once an hour for the same assignment', async () => {
  const world = await friday()
  const { agriculture, commerce, taskForce } = world
  const [one, two, three] = await world.items(
    { title: '蔬菜滞销' },
    { title: '活禽交易' },
    { title: '口罩脱销' },
  )
  await dispatch(world, `#${one} #${two} 农业农村委`, agriculture)
  await dispatch(world, `#${three} 商务委`, commerce)
  const news = newsOf(world)

  world.say(taskForce, 'lead', `/催办 #${one}`)
  await world.seen(taskForce, `已催办 #${one}`)
  await world.settled()
  expectOne(news().agriculture, ['蔬菜滞销', '专班催办'], ['孙联络', '钱副手'])

  world.say(taskForce, 'second', `/nudge #${one}`)
  await world.seen(taskForce, `#${one} 已于`, '一小时内不重复催办')
  world.say(taskForce, 'lead', '/催办 农业农村委')
  await world.seen(taskForce, `已催办 #${two}`)
  await world.settled()
  const said = news()
  // Only what has rested for an hour.
  expect(textOf(expectOne(said.agriculture, ['活禽交易']))).not.toContain('蔬菜滞销')

  world.say(taskForce, 'lead', '/催办 逾期')
  await world.seen(taskForce, '没有可催办的事项')
  await world.moveTo(shanghai('2026-11-26 08:30'))
  await goTo(world, '2026-11-26 08:31')
  news()
  world.say(taskForce, 'lead', '/nudge overdue')
  await world.seen(taskForce, `已催办 #${one}、#${two}、#${three}`)
  await world.settled()
  const overdue = news()
  expectOne(overdue.agriculture, ['督办', '蔬菜滞销', '活禽交易'], ['孙联络', '赵分管'])
  expectOne(overdue.commerce, ['督办', '口罩脱销'], ['吴联络', '郑分管'])
})

test('a clock that jumps back sends nothing twice; a night asleep over several stages wakes with one message', async () => {
  const world = await friday()
  const { agriculture } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  const news = newsOf(world)
  await world.stop()
  world.clock.set(shanghai('2026-11-25 16:00'))
  await world.restart()
  await goTo(world, '2026-11-25 16:00')
  const said = news()
  expectOne(said.agriculture, ['即将到期'], ['孙联络', '钱副手', '赵分管'])

  for (const when of ['2026-11-20 10:00', '2026-11-20 11:00', '2026-11-25 09:00', '2026-11-25 16:00']) {
    await goTo(world, when)
    await sendDueNudges(world.duban.app)
    await Promise.all([sweep(world.duban.app), sendDueNudges(world.duban.app)])
    await world.settled()
    expect(news().agriculture, when).toEqual([])
  }
  expect(await history(world, code)).toEqual(['collected', 'dispatched', 'nudged'])
})

test('awake again in the night: what was missed waits for the morning, but for what is critical', async () => {
  const world = await friday()
  const { agriculture, commerce } = world
  const [calm, critical] = await world.items(
    { title: '蔬菜滞销' },
    { title: '口罩脱销', urgency: 'critical' },
  )
  await dispatch(world, `#${calm} 农业农村委`, agriculture)
  await dispatch(world, `#${critical} 商务委`, commerce)
  const news = newsOf(world)
  await world.stop()
  world.clock.set(shanghai('2026-11-21 02:00'))
  await world.restart()
  await goTo(world, '2026-11-21 02:00')
  let said = news()
  expect(said.agriculture).toEqual([])
  expectOne(said.commerce, ['派单后仍未签收'], ['吴联络', '郑分管'])
  await goTo(world, '2026-11-22 12:00')
  expect(news().agriculture).toEqual([])
  await goTo(world, '2026-11-23 09:00')
  said = news()
  expectOne(said.agriculture, ['派单后仍未签收'], ['孙联络', '钱副手', '赵分管'])
  expect(said.commerce).toEqual([])
})

test('the promised date of an interim feedback takes the place of the due time', async () => {
  const world = await friday()
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await world.press(card, personOf(agriculture, 'contact'), '提交反馈', {
    outcome: 'in_progress',
    measures: '正在联系收购商',
    promisedDate: '2026-12-02 +0800',
    mayPublish: 'no',
  })
  const review = await world.seen(taskForce, '待审核', '正在联系收购商', '12月2日')
  await world.press(review, personOf(taskForce, 'lead'), '审核通过')
  await world.seen(agriculture, '阶段性反馈已审核通过', '12月2日')
  await world.settled()
  expect(labelsOf(world.sandbox.message(card.message_id))).toContain('提交反馈')
  const news = newsOf(world)
  for (const when of ['2026-11-24 09:00', '2026-11-25 17:30', '2026-11-26 09:00', '2026-12-01 09:00']) {
    await goTo(world, when)
    expect(news().agriculture, when).toEqual([])
  }
  await goTo(world, '2026-12-02 09:00')
  expectOne(news().agriculture, ['今日为承诺办结日期'], ['孙联络'])
  await goTo(world, '2026-12-02 17:30')
  expectOne(news().agriculture, ['已到期'], ['孙联络', '赵分管'])
})

const resolved = { outcome: 'resolved', measures: '已组织农超对接', mayPublish: 'yes' }

/** The platform has refused that nudge at least once, which waits to be tried again. */
async function putOff(world: World, index: number): Promise<void> {
  const isPutOff = () =>
    look(world, async (db) => {
      const nudges = await db
        .selectFrom('deliveries')
        .select(['status', 'error'])
        .where('kind', '=', 'nudge')
        .where('op', '=', 'send')
        .orderBy('id')
        .execute()
      return nudges[index]?.status === 'pending' && nudges[index].error !== null
    })
  await until(isPutOff, 'a nudge that waits')
}

function friday(start = '2026-11-20 09:00'): Promise<World> {
  return testWorld({ ticking: true, unlimited: true, now: shanghai(start) })
}

function texts(world: World, office: Office, words: string): string[] {
  return world
    .posts(office)
    .map(textOf)
    .filter((text) => text.includes(words))
}

interface News {
  message: SandboxMessage
  text: string
}

/** What the bot said in each group since this was last asked. */
function newsOf(world: World): () => Record<'agriculture' | 'commerce' | 'taskForce', News[]> {
  const heard = new Set<string>()
  const since = (office: Office) =>
    world.posts(office).flatMap((message) => {
      if (heard.has(message.message_id)) return []
      heard.add(message.message_id)
      return [{ message, text: textOf(message) }]
    })
  const news = () => ({
    agriculture: since(world.agriculture),
    commerce: since(world.commerce),
    taskForce: since(world.taskForce),
  })
  news()
  return news
}

/** One message, which says all that, and mentions just these. */
function expectOne(news: News[], words: string[], mentioned?: string[]): SandboxMessage {
  expect(news.map(({ text }) => text)).toHaveLength(1)
  const [{ message, text } = { message: undefined, text: '' }] = news
  for (const word of words) expect(text).toContain(word)
  if (mentioned) expect(message?.mentions.map(({ name }) => name)).toEqual(mentioned)
  return message as SandboxMessage
}
