import { expect, test } from 'vitest'
import { personByAccount } from '../../src/db/people.ts'
import type { Office } from '../../src/domain/office-hours.ts'
import { Refused } from '../../src/ports.ts'
import { recomputeDue } from '../../src/services/calendar.ts'
import { tellOfConnection } from '../../src/services/delivery/connection-news.ts'
import { catchUpOwed } from '../../src/services/delivery/owed-catch-up.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { noteLogin } from '../../src/services/directory/login.ts'
import { work } from '../../src/services/work.ts'
import { accountOf, aTextCity, botLogin, type Official, type TextCity } from '../support/text-city.ts'

const agriculture = '市农业农村委员会'
const commerce = '市商务委员会'
const force = '工作专班'

test('a department with a group on each platform gets every push on both, its people mentioned by their accounts there', async () => {
  const city = await bothWith('蔬菜滞销')
  for (const on of ['feishu', 'wechat'] as const) {
    const [card, more] = city.posts(agriculture, on)
    expect(more).toBeUndefined()
    expect(card?.message.mentions).toEqual([
      { account: accountOf('孙联络', on), name: '孙联络' },
      { account: accountOf('钱副手', on), name: '钱副手' },
    ])
  }
})

test('a critical item is marked urgent where that can be, for the accounts of that platform', async () => {
  const city = await aTextCity(['feishu', 'wechat'])
  await city.items('蔬菜滞销')
  await city.say('陈组长', '/派单 #1 市农业农村委 特急')
  await city.say('陈组长', '/催办 #1')
  const urges = await city.app.db.read
    .selectFrom('deliveries')
    .select(['platform', 'payload'])
    .where('op', '=', 'urge')
    .execute()
  expect(urges).toHaveLength(2)
  for (const { platform, payload } of urges) {
    expect(platform).toBe('feishu')
    expect(JSON.parse(payload)).toEqual([accountOf('孙联络', 'feishu'), accountOf('钱副手', 'feishu')])
  }
})

test('a nudge on both is one nudge, which counts as soon as one of them took it', async () => {
  const city = await bothWith('蔬菜滞销')
  await city.say('陈组长', '/催办 #1')
  expect(city.posts(agriculture, 'feishu').at(-1)?.words).toContain('【催办】')
  expect(city.posts(agriculture, 'wechat').at(-1)?.words).toContain('【催办】')
  expect(await history(city, 'nudged')).toBe(1)
  city.fault('wechat', agriculture, new Error('socket hang up'))
  await city.pass(2 * 60 * 60_000)
  await city.say('陈组长', '/催办 #1')
  expect(await history(city, 'nudged')).toBe(3)
})

test('the first answer counts: another person’s is refused with who was first and when; their own corrects it', async () => {
  const city = await bothWith('蔬菜滞销')
  await city.say('孙联络', '已解决，已修好', { on: 'wechat', quote: cardOf(city, 'wechat') })
  mark(city)
  await city.say('钱副手', '已解决，我也修了', { on: 'feishu', below: cardOf(city, 'feishu') })
  expect(heard(city)).toEqual({
    'feishu 市农业农村委员会': ['#1 已由孙联络于11月20日（周五）09:30反馈，正在审核。'],
  })
  await city.say('孙联络', '#1 基本解决，还差一车', { on: 'feishu' })
  expect(heard(city)['feishu 市农业农村委员会']?.join()).toContain('已替换此前未审核的反馈')
  expect(await statusOf(city)).toBe('review')
})

test('what is said on one platform is heard on the other, once: a card changes there, or words come', async () => {
  const city = await bothWith('一', '二', '三')
  mark(city)
  await city.say('孙联络', '/签收 #1 #2', { on: 'feishu' })
  expect(heard(city)).toEqual({
    'feishu 市农业农村委员会': ['已签收 #1、#2。'],
    'wechat 市农业农村委员会': ['孙联络已签收 #1、#2。'],
  })
  await city.say('钱副手', '收到', { on: 'wechat', quote: city.posts(agriculture, 'wechat')[2] })
  expect(heard(city)).toEqual({ 'wechat 市农业农村委员会': ['已签收 #3。'] })
  expect(city.posts(agriculture, 'feishu')[2]?.words).toContain('钱副手 已于')

  await city.say('孙联络', '#1 已解决，已修好', { on: 'feishu' })
  expect(heard(city)['wechat 市农业农村委员会']).toEqual([
    '孙联络已反馈 #1：解决，待专班审核，请勿重复反馈。',
  ])
  await city.say('陈组长', '/审核 #1 退回 请补照片', { on: 'feishu' })
  const redone = heard(city)
  expect(redone['wechat 工作专班']).toEqual(['陈组长已将 #1（市农业农村委员会）退回重办。'])
  expect(redone['wechat 市农业农村委员会']?.join()).toContain('#1 反馈退回重办')
  expect(redone['wechat 市农业农村委员会']).toHaveLength(1)
  await city.say('孙联络', '#1 已解决，照片已补', { on: 'wechat' })
  expect(heard(city)['wechat 市农业农村委员会']).toHaveLength(1)
  await city.say('陈组长', '通过', { on: 'wechat', quote: reviewOf(city) })
  const accepted = heard(city)
  // The answer, and the card of what is done.
  expect(accepted['wechat 工作专班']).toHaveLength(2)
  expect(accepted['feishu 工作专班']?.join()).toContain('【已办结】#1')
  expect(accepted['wechat 市农业农村委员会']).toEqual(['#1 反馈已审核通过：解决。辛苦了。'])

  await city.say('孙联络', '/延期 #2 货源紧张', { on: 'feishu' })
  expect(heard(city)['wechat 市农业农村委员会']).toEqual(['孙联络已为 #2 申请延期，批准前时限不变。'])
  await city.say('周组员', '/延期 #2 不同意 请按期', { on: 'feishu' })
  const refused = heard(city)
  expect(refused['wechat 工作专班']).toEqual(['周组员已答复不同意 #2（市农业农村委员会）延期。'])
  expect(refused['wechat 市农业农村委员会']).toHaveLength(1)
  await city.say('孙联络', '/挂账 #2 12月10日 等待立项', { on: 'feishu' })
  expect(heard(city)['wechat 市农业农村委员会']).toEqual(['孙联络已为 #2 申请挂账，同意前照常计时。'])

  await city.say('孙联络', '/退回 #3 不属于我单位', { on: 'feishu' })
  const returned = heard(city)
  expect(returned['wechat 市农业农村委员会']).toEqual(['孙联络已将 #3 退回专班。'])
  expect(returned['wechat 工作专班']?.join()).toContain('【单位退回】#3')
  await city.say('孙联络', '/撤销', { on: 'feishu' })
  const undone = heard(city)
  expect(undone['wechat 市农业农村委员会']).toEqual(['孙联络撤销了 #3 的“退回”操作。#3 现为“办理中”。'])
  expect(undone['wechat 工作专班']).toEqual(['孙联络撤销了 #3 的“退回”操作。#3 现为“办理中”。'])
  expect(city.bugs).toEqual([])
})

test('on one platform of words the group hears what a card would show: withdrawn, and who judged what it was to judge', async () => {
  const city = await aTextCity()
  await city.items('一', '二', '三', '四')
  await city.say('陈组长', '/派单 #1 市农业农村委 市商务委 主办即可')
  mark(city)
  await city.say('孙联络', '#1 已解决，已修好')
  await city.say('陈组长', '/审核 #1 通过')
  const done = heard(city)
  expect(done['wechat 市商务委员会']).toEqual(['#1 已撤回，无需办理。'])
  await city.say('陈组长', '/派单 #2 市农业农村委 市商务委')
  await city.say('孙联络', '/退回 #2 不属于我单位')
  heard(city)
  // Where it is said, the answer is enough; another group of theirs would hear it.
  await city.say('周组员', '/合并 #2 #3')
  expect(heard(city)).toEqual({
    'wechat 工作专班': ['已将 #2 并入 #3。'],
    'wechat 市商务委员会': ['#2 已撤回，无需办理。'],
  })
  await city.say('陈组长', '/派单 #4 市农业农村委')
  await city.say('孙联络', '/退回 #4 不属于我单位')
  heard(city)
  await city.say('周组员', '/派单 #4 市商务委', { in: 'private' })
  expect(heard(city)['wechat 工作专班']).toEqual(['周组员已将 #4 派至市商务委员会。'])
  await city.say('周组员', '/派单 #3 市商务委', { in: 'private' })
  expect(heard(city)['wechat 工作专班']).toBeUndefined()
})

test('a co-department that comes to lead is not told that it has nothing to do', async () => {
  const city = await aTextCity()
  await city.items('一')
  await city.say('陈组长', '/派单 #1 市农业农村委 市商务委')
  await city.say('孙联络', '/退回 #1 不属于我单位')
  mark(city)
  await city.say('陈组长', '/派单 #1 市商务委')
  const [card, more] = heard(city)['wechat 市商务委员会'] ?? []
  expect(card).toContain('【交办】#1 一')
  expect(more).toBeUndefined()
})

test('what was done after the end is said too, so that nobody calls the citizen twice', async () => {
  const city = await bothWith('一')
  await city.say('孙联络', '#1 已解决，已修好')
  await city.say('陈组长', '/审核 #1 通过')
  mark(city)
  await city.say('陈组长', '/回访 #1 满意')
  await city.say('陈组长', '/公开 #1 https://example.org/1')
  await city.say('陈组长', '/销号 #1')
  expect(heard(city)['wechat 工作专班']).toEqual([
    '陈组长已回访 #1：满意。',
    '陈组长已公开 #1。',
    '陈组长已销号 #1。',
  ])
  await city.say('陈组长', '/撤销')
  expect(heard(city)['wechat 工作专班']?.join()).toContain('陈组长撤销了 #1 的“销号”操作。')
})

test('a due time that the calendar moves is told where no card shows it', async () => {
  const city = await bothWith('一', '二')
  mark(city)
  const { hours, calendar } = city.app.office()
  const holiday: Office = {
    hours,
    calendar: { ...calendar, isWorkday: (date) => date !== '2026-11-24' && calendar.isWorkday(date) },
  }
  await work(city.app, (current) => recomputeDue(current, holiday, 'all'))
  await city.settle()
  expect(heard(city)).toEqual({
    'wechat 市农业农村委员会': [
      '#1 办理时限更正为11月26日（周四）17:30。\n#2 办理时限更正为11月26日（周四）17:30。',
    ],
  })
})

test('a stand-in is told to the department’s other group too', async () => {
  const city = await bothWith()
  mark(city)
  const mentions = [{ account: accountOf('钱副手', 'feishu'), name: '钱副手' }]
  await city.say('孙联络', '/代理 @钱副手 11月27日', { on: 'feishu', mentions })
  const told = heard(city)
  expect(told['feishu 市农业农村委员会']).toHaveLength(1)
  expect(told['wechat 市农业农村委员会']?.join()).toContain('由钱副手代理履职')
})

test('in English the same is said, quoted and decided', async () => {
  const city = await aTextCity(['feishu', 'wechat'], 'en')
  await city.items('vegetables unsold', 'street light broken')
  for (const code of [1, 2]) await city.say('陈组长', `/dispatch #${code} 市农业农村委`)
  mark(city)
  await city.say('孙联络', 'resolved, all of it was bought', {
    on: 'wechat',
    quote: city.posts(agriculture, 'wechat')[1],
  })
  await city.say('钱副手', '/ack #1', { on: 'feishu' })
  expect(heard(city)['wechat 市农业农村委员会']?.[1]).toBe('钱副手 has acknowledged #1.')
  const review = city.posts(force, 'wechat').at(-1)
  await city.say('陈组长', 'redo, please send the list', { on: 'wechat', quote: review })
  expect(heard(city)['wechat 市农业农村委员会']?.join()).toContain('please send the list')
  expect(city.bugs).toEqual([])
})

test('one name in one role of one department is one person, who corrects here what they said there', async () => {
  const city = await bothWith('蔬菜滞销')
  expect(await idOf(city, '孙联络', 'wechat')).toBe(await idOf(city, '孙联络', 'feishu'))
  const people = await city.app.db.read.selectFrom('people').select('name').execute()
  expect(people).toHaveLength(6)
})

test('a namesake in another role, in another department, or among several is somebody else', async () => {
  const city = await aTextCity(['feishu', 'wechat'])
  const entry = (name: string, people: [string, 'feishu' | 'wechat', string, 'contact' | 'leader'][]) => ({
    name,
    aliases: [],
    chats: [],
    people: people.map(([who, platform, account, role]) => ({ name: who, platform, account, role })),
  })
  await work(city.app, (current) =>
    upsertDirectory(current, [
      entry('甲局', [
        ['王伟', 'feishu', 'ou_1', 'leader'],
        ['王伟', 'wechat', 'wx_1', 'contact'],
        ['李娜', 'feishu', 'ou_2', 'contact'],
        ['李娜', 'feishu', 'ou_3', 'contact'],
        ['李娜', 'wechat', 'wx_2', 'contact'],
      ]),
      entry('乙局', [['王伟', 'feishu', 'ou_4', 'contact']]),
    ]),
  )
  const accounts = await city.app.db.read
    .selectFrom('person_accounts')
    .select(['account', 'person_id'])
    .where('account', 'in', ['ou_1', 'wx_1', 'ou_2', 'ou_3', 'wx_2', 'ou_4'])
    .execute()
  expect(new Set(accounts.map(({ person_id }) => person_id)).size).toBe(6)
})

test('/person adds an account to the one whose name, role and department agree, and says so; more rights than named it never gives', async () => {
  const city = await bothWith('蔬菜滞销')
  const newcomer = (name: string) => ({ mentions: [{ account: `wx_${name}`, name }], on: 'wechat' as const })
  await city.app.db.write
    .deleteFrom('person_accounts')
    .where('platform', '=', 'wechat')
    .where('account', 'like', '%contact/%')
    .where('account', '!=', accountOf('陈组长', 'wechat'))
    .execute()
  mark(city)
  await city.say('陈组长', '/人员 @吴联络 联络员 市商务委', newcomer('吴联络'))
  expect(heard(city)['wechat 工作专班']).toEqual([
    '已登记：吴联络，市商务委员会联络员。　与已登记的吴联络为同一人，两个账号均可使用。',
  ])
  await city.say('陈组长', '/人员 @赵分管 联络员 市农业农村委', newcomer('赵分管'))
  expect(heard(city)['wechat 工作专班']).toEqual(['已登记：赵分管，市农业农村委员会联络员。'])
  const clerk = await personByAccount(city.app.db.read, 'wechat', 'wx_赵分管', city.now())
  expect(clerk?.memberships.map(({ role }) => role)).toEqual(['contact'])
  expect(clerk?.id).not.toBe(await idOf(city, '赵分管', 'feishu'))
})

test('/person gives no one the other roles of a namesake', async () => {
  const city = await bothWith()
  const trader = await idOf(city, '吴联络', 'feishu')
  const { db } = city.app
  await db.write.deleteFrom('person_accounts').where('account', '=', accountOf('吴联络', 'wechat')).execute()
  const leads = await db.read
    .selectFrom('departments')
    .select('id')
    .where('name', '=', force)
    .executeTakeFirst()
  await db.write
    .insertInto('memberships')
    .values({ person_id: trader ?? 0, department_id: leads?.id ?? 0, role: 'lead' })
    .execute()
  const mentions = [{ account: 'wx_namesake', name: '吴联络' }]
  await city.say('陈组长', '/人员 @吴联络 联络员 市商务委', { mentions, on: 'wechat' })
  const namesake = await personByAccount(db.read, 'wechat', 'wx_namesake', city.now())
  expect(namesake?.memberships.map(({ role }) => role)).toEqual(['contact'])
})

test('a connection that changes is told on the other platform, once, with what to do', async () => {
  const city = await bothWith()
  mark(city)
  await tellOfConnection(city.app, 'wechat', 'back')
  await tellOfConnection(city.app, 'wechat', 'logged-out')
  await tellOfConnection(city.app, 'wechat', 'logged-out')
  await city.settle()
  const lost = heard(city)
  expect(Object.keys(lost)).toEqual(['feishu 工作专班'])
  expect(lost['feishu 工作专班']).toHaveLength(1)
  expect(lost['feishu 工作专班']?.[0]).toContain('【连接中断】微信已退出登录')
  await city.pass(10 * 60_000)
  await tellOfConnection(city.app, 'wechat', 'logged-out')
  await tellOfConnection(city.app, 'wechat', 'back')
  await noteLogin(city.app, 'wechat', 'padlocal/wxid_other')
  await city.settle()
  const [again, back, other] = heard(city)['feishu 工作专班'] ?? []
  expect(again).toContain('重新扫码登录')
  expect(back).toContain('【连接恢复】微信已恢复')
  expect(other).toContain('需核对的单位共3个：工作专班、市农业农村委员会、市商务委员会。')
})

test('that a day’s messages are used up is told once a day, whatever else becomes of the connection', async () => {
  const city = await bothWith()
  mark(city)
  await tellOfConnection(city.app, 'wechat', 'pushes-held')
  await tellOfConnection(city.app, 'wechat', 'logged-out')
  await city.pass(12 * 60 * 60_000)
  await tellOfConnection(city.app, 'wechat', 'pushes-held')
  await city.settle()
  const told = heard(city)['feishu 工作专班'] ?? []
  expect(told.filter((words) => words.includes('【发送受限】微信消息已达每日上限'))).toHaveLength(1)
  expect(told.some((words) => words.includes('已退出登录'))).toBe(true)
  mark(city)
  await city.pass(12 * 60 * 60_000)
  await tellOfConnection(city.app, 'wechat', 'pushes-held')
  await city.settle()
  expect(heard(city)['feishu 工作专班']?.[0]).toContain('顺延')
  await tellOfConnection(city.app, 'wechat', 'replies-held')
  await tellOfConnection(city.app, 'wechat', 'replies-held')
  await city.settle()
  expect(heard(city)['feishu 工作专班']).toEqual([
    expect.stringMatching(/【发送受限】微信答复已达每日上限[\s\S]*收到的签收、反馈照常登记/),
  ])
})

test('the account that was before has what it could not have meanwhile, once', async () => {
  const city = await bothWith()
  await city.items('蔬菜滞销', '水渠淤堵')
  city.fault('wechat', agriculture, new Refused('wrong-login', 'another'))
  await city.say('陈组长', '/派单 #1 市农业农村委')
  await noteLogin(city.app, 'wechat', 'padlocal/wxid_other')
  city.fault('wechat', agriculture, null)
  await city.say('陈组长', '/派单 #2 市农业农村委')
  expect(city.posts(agriculture, 'wechat')).toEqual([])
  await tellOfConnection(city.app, 'wechat', 'back')
  await city.settle()
  expect(city.posts(agriculture, 'wechat')).toEqual([])
  await noteLogin(city.app, 'wechat', botLogin)
  await catchUpOwed(city.app, 'wechat')
  await city.settle()
  const [push, ...more] = city.posts(agriculture, 'wechat')
  for (const item of ['#1 蔬菜滞销', '#2 水渠淤堵']) expect(push?.words).toContain(item)
  expect(more).toEqual([])
  expect(city.seen(force, '【账号恢复】微信已恢复为原账号').words).toContain('补发')
  await noteLogin(city.app, 'wechat', botLogin)
  await catchUpOwed(city.app, 'wechat')
  await city.settle()
  expect(city.posts(agriculture, 'wechat')).toHaveLength(1)
})

test('with one platform only the log tells of its connection', async () => {
  const city = await aTextCity()
  await tellOfConnection(city.app, 'wechat', 'gateway-lost')
  await city.settle()
  expect(city.calls).toEqual([])
})

/** Items, dispatched to agriculture, on both platforms. */
async function bothWith(...titles: string[]): Promise<TextCity> {
  const city = await aTextCity(['feishu', 'wechat'])
  if (titles.length > 0) await city.items(...titles)
  for (const [index] of titles.entries()) await city.say('陈组长', `/派单 #${index + 1} 市农业农村委`)
  return city
}

function cardOf(city: TextCity, on: 'feishu' | 'wechat') {
  const [card] = city.posts(agriculture, on)
  if (!card) throw new Error('there is no card')
  return card
}

function reviewOf(city: TextCity) {
  return city.posts(force, 'wechat').findLast(({ words }) => words.startsWith('【待审核】'))
}

const places = (['feishu', 'wechat'] as const).flatMap((on) =>
  [force, agriculture, commerce].map((where) => [where, on] as const),
)

/** What was said before is forgotten. */
function mark(city: TextCity): void {
  heard(city)
}

/** What each group heard since then. */
function heard(city: TextCity): Record<string, string[]> {
  const all = places.map(([where, on]) => [`${on} ${where}`, city.news(where, on)] as const)
  return Object.fromEntries(all.filter(([, words]) => words.length > 0))
}

async function history({ app }: TextCity, what: 'nudged'): Promise<number> {
  const rows = await app.db.read.selectFrom('events').select('id').where('what', '=', what).execute()
  return rows.length
}

async function statusOf({ app }: TextCity): Promise<string | undefined> {
  return (await app.db.read.selectFrom('assignments').select('status').executeTakeFirst())?.status
}

async function idOf({ app, now }: TextCity, who: Official, on: 'feishu' | 'wechat') {
  return (await personByAccount(app.db.read, on, accountOf(who, on), now()))?.id
}
