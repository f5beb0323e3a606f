import { expect, test } from 'vitest'
import { Busy, type Post, Refused } from '../../src/ports.ts'
import { deliver } from '../../src/services/delivery/deliver.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { sweep } from '../../src/services/sweep.ts'
import { work } from '../../src/services/work.ts'
import { aTextCity, groupOf, type TextCity } from '../support/text-city.ts'

const agriculture = '市农业农村委员会'
const force = '工作专班'

test('what goes to a platform that sends in turn has a job of its own; the other platform does not wait behind it', async () => {
  const city = await aTextCity(['feishu', 'wechat'])
  await city.items('蔬菜滞销')
  city.jobs.length = 0
  await city.say('陈组长', '/派单 #1 市农业农村委')
  const cards = (await deliveries(city)).filter(({ kind }) => kind === 'dispatch')
  expect(cards.map(({ platform, id }) => [platform, jobOf(city, id)])).toEqual([
    ['feishu', 'deliver'],
    ['wechat', 'deliver-in-turn'],
  ])
})

test('a sweep asks for what goes in turn oldest first, whatever the jobs take to be asked for', async () => {
  const city = await aTextCity()
  await city.items('一', '二', '三')
  city.fault('wechat', agriculture, new Busy(60_000, 'later'))
  for (const code of [1, 2, 3]) await city.say('陈组长', `/派单 #${code} 市农业农村委`)
  city.jobs.length = 0
  const asked: string[] = []
  await sweep({
    ...city.app,
    queue: {
      async schedule(name, id) {
        if (!name.startsWith('deliver')) return
        await new Promise((resolve) => setTimeout(resolve, 5 - asked.length))
        asked.push(`${name} ${id}`)
      },
    },
  })
  const waiting = (await deliveries(city)).filter(({ status }) => status === 'pending')
  expect(waiting).toHaveLength(3)
  expect(asked).toEqual(waiting.map(({ id }) => `deliver-in-turn ${id}`))
})

test('nothing overtakes an older message to the same group, in whatever order the jobs run', async () => {
  const city = await aTextCity()
  await city.items('一', '二', '三')
  city.fault('wechat', agriculture, new Busy(3_000, 'later'))
  for (const code of [1, 2, 3]) await city.say('陈组长', `/派单 #${code} 市农业农村委`)
  city.fault('wechat', agriculture, null)
  const pending = (await deliveries(city)).filter(({ status }) => status === 'pending')
  await city.pass(0)
  for (let round = 0; round < 3; round += 1) {
    city.wait(4_000)
    for (const { id } of pending.toReversed()) await deliver(city.app, id)
  }
  const titles = city.posts(agriculture).map(({ message }) => message.title)
  expect(titles).toEqual(['【交办】#1 一', '【交办】#2 二', '【交办】#3 三'])
})

test('after an unknown outcome nothing is sent again: the task force is told instead', async () => {
  const city = await aTextCity()
  await city.items('蔬菜滞销')
  city.fault('wechat', agriculture, new Error('socket hang up'))
  await city.say('陈组长', '/派单 #1 市农业农村委')
  expect(await statuses(city, 'dispatch')).toEqual(['refused outcome-unknown'])
  expect(city.posts(agriculture)).toEqual([])
  expect(city.seen(force, '未送达', '#1').words).toContain('是否送达不明')
  city.fault('wechat', agriculture, null)
  const sent = city.calls.length
  await city.pass(10 * 60_000)
  await sweep(city.app)
  await city.settle()
  // Nor does whoever imports the directory once more have it repeated.
  await importAgain(city)
  await city.settle()
  expect(city.calls.length).toBe(sent)
  expect(city.posts(agriculture)).toEqual([])
})

test('nor is what was said once, and may have arrived, when the directory is imported again; another group gets it', async () => {
  const city = await aTextCity()
  await city.items('蔬菜滞销')
  await city.say('陈组长', '/派单 #1 市农业农村委')
  await city.say('孙联络', '#1 正在办理，11月30日前办结')
  city.fault('wechat', agriculture, new Error('socket hang up'))
  await city.say('陈组长', '/审核 #1 通过')
  city.fault('wechat', agriculture, null)
  expect(await statuses(city, 'feedback')).toEqual(['refused outcome-unknown'])
  const before = city.posts(agriculture).length
  await importAgain(city)
  await city.settle()
  expect(city.posts(agriculture)).toHaveLength(before)
  await city.say('陈组长', '/绑定 市农业农村委', { in: '新群' })
  expect(city.posts('新群').some(({ words }) => words.includes('阶段性反馈已审核通过'))).toBe(true)
})

test('what the task force itself may not have is told in its own group, once, and of a notice nothing', async () => {
  const city = await aTextCity()
  await city.items('蔬菜滞销')
  await city.say('陈组长', '/派单 #1 市农业农村委')
  city.fault('wechat', force, new Error('socket hang up'))
  await city.say('孙联络', '#1 已解决，已组织农超对接')
  expect(await statuses(city, 'review')).toEqual(['refused outcome-unknown'])
  expect(await statuses(city, 'notice')).toEqual(['refused outcome-unknown'])

  await city.items('道路积水')
  await city.say('陈组长', '/派单 #2 市农业农村委', { in: 'private' })
  const { send } = city.app.messengers.get('wechat') ?? {}
  if (!send) throw new Error('there is no messenger')
  city.fault('wechat', force, null)
  let failures = 1
  Object.assign(city.app.messengers.get('wechat') ?? {}, {
    send: async (post: Parameters<typeof send>[0]) => {
      const isForce = 'chat' in post.to && post.to.chat === groupOf(force, 'wechat')
      if (isForce && failures-- > 0) throw new Error('socket hang up')
      return send(post)
    },
  })
  await city.say('孙联络', '#2 已解决，已疏通排水口')
  await city.pass(10 * 60_000)
  const told = city.posts(force).filter(({ words }) => words.includes('可能未送达'))
  expect(told.map(({ words }) => words)).toEqual(['#2 有一条待审核消息可能未送达，请发送“/进度 #2”查看。'])
})

test('an answer in private that does not arrive is told of where it was asked', async () => {
  const city = await aTextCity()
  await city.items('蔬菜滞销')
  await city.say('陈组长', '/派单 #1 市农业农村委')
  const messenger = city.app.messengers.get('wechat')
  if (!messenger) throw new Error('there is no messenger')
  const { send } = messenger
  const posts: Post[] = []
  let refusal: Error = new Refused('person-out-of-scope', 'no friend')
  Object.assign(messenger, {
    send: async (post: Post) => {
      posts.push(post)
      if ('account' in post.to) throw refusal
      return send(post)
    },
  })
  await city.say('孙联络', '/联系方式 #1')
  const told = city.posts(agriculture).at(-1)
  expect(told?.words).toContain('请先添加机器人为好友')
  expect(told?.post.replyTo).toBeDefined()
  expect(posts.every(({ message }) => !('askedIn' in message))).toBe(true)
  refusal = new Error('socket hang up')
  await city.say('孙联络', '/联系方式 #1')
  expect(city.posts(agriculture).at(-1)?.words).toBe('私信是否送达不明。如未收到，请重新发送。')
})

test('what somebody does is answered before what it brings about', async () => {
  const city = await aTextCity()
  await city.items('蔬菜滞销')
  await city.say('陈组长', '/派单 #1 市农业农村委')
  await city.say('孙联络', '#1 已解决，已组织农超对接')
  city.news(force)
  await city.say('陈组长', '/审核 #1 通过')
  await city.pass(10_000)
  const [answer, done, ...more] = city.news(force)
  expect(answer).toContain('#1 已审核通过')
  expect(done).toContain('【已办结】')
  expect(more).toEqual([])
})

test('an answer that waits for long holds nothing up', async () => {
  const city = await aTextCity()
  await city.items('蔬菜滞销')
  city.fault('wechat', agriculture, new Busy(12 * 60 * 60_000, 'enough for today'))
  await city.say('孙联络', '/待办')
  city.fault('wechat', agriculture, null)
  await city.say('陈组长', '/派单 #1 市农业农村委')
  await city.pass(10_000)
  expect(city.posts(agriculture).map(({ message }) => message.title)).toEqual(['【交办】#1 蔬菜滞销'])
})

test('what it refuses for certain is told as such, and what is busy is tried again', async () => {
  const city = await aTextCity()
  await city.items('蔬菜滞销')
  city.fault('wechat', agriculture, new Refused('bot-not-in-chat', 'gone'))
  await city.say('陈组长', '/派单 #1 市农业农村委')
  expect(await statuses(city, 'dispatch')).toEqual(['refused bot-not-in-chat'])
  expect(city.seen(force, '未送达').words).toContain('机器人不在群内')
})

test('a sender that died while sending leaves an unknown outcome, which is taken for one after two minutes', async () => {
  const city = await aTextCity()
  await city.items('蔬菜滞销')
  city.fault('wechat', agriculture, new Busy(60_000, 'later'))
  await city.say('陈组长', '/派单 #1 市农业农村委')
  const [card] = (await deliveries(city)).filter(({ kind }) => kind === 'dispatch')
  if (!card) throw new Error('there is no card')
  await city.app.db.write
    .updateTable('deliveries')
    .set({ status: 'sending', claimed_at: city.now() })
    .where('id', '=', card.id)
    .execute()
  await city.pass(119_000)
  await deliver(city.app, card.id)
  expect(await statuses(city, 'dispatch')).toEqual(['sending later'])
  await city.pass(1_000)
  expect(await statuses(city, 'dispatch')).toEqual(['refused outcome-unknown'])
  expect(city.posts(agriculture)).toEqual([])
  expect(city.seen(force, '未送达').words).toContain('是否送达不明')
})

test('nothing is written that would change a message, or mark it urgent', async () => {
  const city = await aTextCity()
  await city.items('蔬菜滞销')
  await city.say('陈组长', '/派单 #1 市农业农村委 特急')
  await city.say('孙联络', '/签收 #1')
  await city.say('孙联络', '#1 已解决，已组织农超对接')
  await city.say('陈组长', '/审核 #1 通过')
  expect(new Set((await deliveries(city)).map(({ op }) => op))).toEqual(new Set(['send']))
  expect(city.bugs).toEqual([])
})

test('a task force without a group has its news kept for the platform that there is', async () => {
  const city = await aTextCity()
  await city.app.db.write
    .deleteFrom('department_chats')
    .where('chat_id', '=', groupOf(force, 'wechat'))
    .execute()
  await city.items('蔬菜滞销')
  await city.say('陈组长', '/派单 #1 市农业农村委', { in: 'private' })
  await city.say('孙联络', '#1 已解决，已组织农超对接')
  const [kept] = (await deliveries(city)).filter(({ kind }) => kind === 'review')
  expect(kept).toMatchObject({ platform: 'wechat', status: 'refused', error: 'no-group' })
})

function deliveries({ app }: TextCity) {
  return app.db.read.selectFrom('deliveries').selectAll().orderBy('id').execute()
}

async function statuses(city: TextCity, kind: string): Promise<string[]> {
  const rows = (await deliveries(city)).filter((row) => row.kind === kind)
  return rows.map(({ status, error }) => `${status} ${error === 'the platform is busy' ? 'later' : error}`)
}

function jobOf(city: TextCity, id: number): string | undefined {
  return city.jobs.find((job) => job.id === String(id) && job.name.startsWith('deliver'))?.name
}

async function importAgain(city: TextCity): Promise<void> {
  await work(city.app, (current) =>
    upsertDirectory(current, [
      {
        name: agriculture,
        aliases: [],
        chats: [{ platform: 'wechat', chat_id: groupOf(agriculture, 'wechat') }],
        people: [],
      },
    ]),
  )
}
