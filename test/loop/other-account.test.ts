import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { mentionsOf, personByAccount } from '../../src/db/people.ts'
import { tellOfConnection } from '../../src/services/delivery/connection-news.ts'
import { makeClaimCode } from '../../src/services/directory/claim.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { work } from '../../src/services/work.ts'
import { accountOf, aTextCity, type Official, type TextCity } from '../support/text-city.ts'

const agriculture = '市农业农村委员会'
const force = '工作专班'

test('after another login a lead comes back by a code, and binds and registers what there was', async () => {
  const city = await otherLogin(['wechat'])
  const says = speaker(city)
  expect(await says('陈组长', '/绑定 市农业农村委', agriculture)).toContain('您尚未登记')
  const code = await work(city.app, makeClaimCode)
  expect(await says('陈组长', `/认领 ${code}`)).toBe(
    '陈组长，您已认领专班权限。发送 /帮助 查看可用命令。　与已登记的陈组长为同一人，原账号已停用，由本账号替换。',
  )
  expect(await says('陈组长', '/绑定 市农业农村委', agriculture)).toContain('本群已绑定')
  expect(await says('陈组长', '/人员 @孙联络 联络员 市农业农村委', agriculture, ['孙联络'])).toContain(
    '原账号已停用，由本账号替换',
  )
  const mentions = await contactsOf(city)
  expect(mentions).toEqual([
    { account: newAccount('孙联络'), name: '孙联络' },
    { account: accountOf('钱副手', 'wechat'), name: '钱副手' },
  ])
  expect(await personOf(city, accountOf('孙联络', 'wechat'))).toBeNull()
  expect(await personOf(city, accountOf('陈组长', 'wechat'))).toBeNull()
  const people = await city.app.db.read.selectFrom('people').select('name').execute()
  expect(people.filter(({ name }) => name === '孙联络' || name === '陈组长')).toHaveLength(2)
})

test('several roles at once are one person’s, the one on the other platform too', async () => {
  const city = await aTextCity(['feishu', 'wechat'])
  await city.say('陈组长', '/人员 @孙联络 联络员 B角 市农业农村委', {
    on: 'wechat',
    mentions: [{ account: accountOf('孙联络', 'wechat'), name: '孙联络' }],
  })
  const before = await personOf(city, accountOf('孙联络', 'feishu'))
  await tellOfConnection(city.app, 'wechat', 'other-account')
  await city.say('陈组长', '/人员 @孙联络 联络员 B角 市农业农村委', {
    on: 'wechat',
    mentions: [{ account: newAccount('孙联络'), name: '孙联络' }],
  })
  expect((await personOf(city, newAccount('孙联络')))?.id).toBe(before?.id)
  expect((await personOf(city, accountOf('孙联络', 'feishu')))?.id).toBe(before?.id)
})

test('who can’t be told to be the same is another person, and only the newer one is mentioned', async () => {
  const city = await otherLogin(['feishu', 'wechat'])
  await city.say('陈组长', '/人员 @孙联络 B角 市农业农村委', {
    on: 'feishu',
    mentions: [{ account: accountOf('孙联络', 'feishu'), name: '孙联络' }],
  })
  await city.say('陈组长', '/人员 @孙联络 联络员 市农业农村委', {
    on: 'wechat',
    mentions: [{ account: newAccount('孙联络'), name: '孙联络' }],
  })
  const twice = await city.app.db.read
    .selectFrom('people')
    .select('id')
    .where('name', '=', '孙联络')
    .execute()
  expect(twice).toHaveLength(2)
  const accounts = (await contactsOf(city)).map(({ account }) => account)
  expect(accounts).toEqual([newAccount('孙联络'), accountOf('钱副手', 'wechat')])
})

test('the directory replaces former accounts; one that is named again is a present one', async () => {
  const city = await otherLogin(['wechat'])
  const entry = (account: string) => ({
    name: agriculture,
    aliases: [],
    chats: [],
    people: [{ name: '孙联络', platform: 'wechat' as const, account, role: 'contact' as const }],
  })
  await work(city.app, (current) => upsertDirectory(current, [entry(accountOf('孙联络', 'wechat'))]))
  await work(city.app, (current) => upsertDirectory(current, [entry(newAccount('孙联络'))]))
  // Two of one name, both of this login: two people.
  expect((await contactsOf(city)).map(({ account }) => account)).toContain(accountOf('孙联络', 'wechat'))
  await tellOfConnection(city.app, 'wechat', 'other-account')
  await work(city.app, (current) => upsertDirectory(current, [entry('another/login/contact/sun')]))
  const accounts = (await contactsOf(city)).map(({ account }) => account)
  expect(accounts).toContain('another/login/contact/sun')
})

test('what the file says of one new department in two entries goes together', async () => {
  const city = await aTextCity(['wechat'])
  const entry = (alias: string) => ({ name: '市水务局', aliases: [alias], chats: [], people: [] })
  await work(city.app, (current) => upsertDirectory(current, [entry('水务局'), entry('水务')]))
  const names = await city.app.db.read
    .selectFrom('department_names')
    .select('name')
    .where('name', 'like', '%水务%')
    .orderBy('name')
    .execute()
  expect(names.map(({ name }) => name).sort()).toEqual(['市水务局', '水务', '水务局'].sort())
})

test('the task force reads what really helps', async () => {
  const city = await aTextCity(['feishu', 'wechat'])
  city.news(force, 'feishu')
  await tellOfConnection(city.app, 'wechat', 'other-account')
  await city.settle()
  const [told] = city.news(force, 'feishu')
  for (const words of ['duban claim-code', '“/认领 认领码”', '“/绑定 单位名称”', '“/人员 @某人 联络员”'])
    expect(told).toContain(words)
})

/** A city whose bot is somebody else on WeChat since just now. */
async function otherLogin(platforms: ('feishu' | 'wechat')[]): Promise<TextCity> {
  const city = await aTextCity(platforms)
  await tellOfConnection(city.app, 'wechat', 'other-account')
  return city
}

function newAccount(who: Official): string {
  return `padlocal/wxid_other/contact/${encodeURIComponent(who)}`
}

/** Says something under the new login, in a department's group or in private; what the bot answers there. */
function speaker(city: TextCity) {
  return async (who: Official, text: string, department?: string, mentions: Official[] = []) => {
    const account = newAccount(who)
    const id = department ? `padlocal/wxid_other/room/${encodeURIComponent(department)}` : account
    await city.handle({
      kind: 'text',
      platform: 'wechat',
      ids: [randomUUID()],
      at: city.now(),
      chat: { id, kind: department ? 'group' : 'private' },
      sender: { account, name: who },
      messageId: randomUUID(),
      text,
      mentionsBot: false,
      mentions: mentions.map((name) => ({ account: newAccount(name), name })),
      replyTo: [],
      attachments: [],
    })
    await city.settle()
    const { payload } = await city.app.db.read
      .selectFrom('deliveries')
      .select('payload')
      .where('platform', '=', 'wechat')
      .where('chat_id', '=', id)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    return (JSON.parse(payload) as { title: string }).title
  }
}

async function contactsOf({ app, now }: TextCity) {
  const department = await app.db.read
    .selectFrom('departments')
    .select('id')
    .where('name', '=', agriculture)
    .executeTakeFirstOrThrow()
  return mentionsOf(app.db.read, 'wechat', department.id, ['contact', 'backup'], now())
}

function personOf({ app, now }: TextCity, account: string) {
  return personByAccount(app.db.read, account.startsWith('ou_') ? 'feishu' : 'wechat', account, now())
}
