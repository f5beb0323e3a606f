import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { addDepartment, bindChat, chatsOf } from '../../src/db/departments.ts'
import { mentionsOf, namesByDepartment, personByAccount } from '../../src/db/people.ts'
import { makeClaimCode } from '../../src/services/directory/claim.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { noteLogin } from '../../src/services/directory/login.ts'
import { work } from '../../src/services/work.ts'
import { accountOf, aTextCity, botLogin, type Official, type TextCity } from '../support/text-city.ts'

const agriculture = '市农业农村委员会'
const force = '工作专班'
const otherLogin = 'padlocal/wxid_other'

test('after another login a lead comes back by a code, and binds and registers what there was', async () => {
  const city = await underAnother(['wechat'])
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
  const says = await leadAfter(city)
  await says('陈组长', '/人员 @孙联络 联络员 B角 市农业农村委', undefined, ['孙联络'])
  expect((await personOf(city, newAccount('孙联络')))?.id).toBe(before?.id ?? 0)
  expect((await personOf(city, accountOf('孙联络', 'feishu')))?.id).toBe(before?.id ?? 0)
})

test('who can’t be told to be the same is another person, and only the newer one is mentioned', async () => {
  const city = await aTextCity(['feishu', 'wechat'])
  await city.say('陈组长', '/人员 @孙联络 B角 市农业农村委', {
    on: 'feishu',
    mentions: [{ account: accountOf('孙联络', 'feishu'), name: '孙联络' }],
  })
  const says = await leadAfter(city)
  await says('陈组长', '/人员 @孙联络 联络员 市农业农村委', undefined, ['孙联络'])
  const twice = await city.app.db.read
    .selectFrom('people')
    .select('id')
    .where('name', '=', '孙联络')
    .execute()
  expect(twice).toHaveLength(2)
  const accounts = (await contactsOf(city)).map(({ account }) => account)
  expect(accounts).toEqual([newAccount('孙联络'), accountOf('钱副手', 'wechat')])
})

test('the directory adds accounts of the login in force to those of a former one, which no file makes good', async () => {
  const city = await underAnother(['wechat'])
  const entry = (account: string) => ({
    name: agriculture,
    aliases: [],
    chats: [],
    people: [{ name: '孙联络', platform: 'wechat' as const, account, role: 'contact' as const }],
  })
  await work(city.app, (current) => upsertDirectory(current, [entry(accountOf('孙联络', 'wechat'))]))
  expect(await personOf(city, accountOf('孙联络', 'wechat'))).toBeNull()
  await work(city.app, (current) => upsertDirectory(current, [entry(newAccount('孙联络'))]))
  const accounts = (await contactsOf(city)).map(({ account }) => account)
  expect(accounts).toEqual([newAccount('孙联络'), accountOf('钱副手', 'wechat')])
  await noteLogin(city.app, 'wechat', botLogin)
  const before = (await contactsOf(city)).map(({ account }) => account)
  expect(before).toEqual([accountOf('孙联络', 'wechat'), accountOf('钱副手', 'wechat')])
})

describe('back and forth between two logins', () => {
  test('each has its groups and its accounts, and only those are good', async () => {
    const city = await underAnother(['wechat'])
    const says = speaker(city)
    expect(await rolesOf(city, '孙联络', botLogin)).toBeNull()
    await says('陈组长', `/认领 ${await work(city.app, makeClaimCode)}`)
    await says('陈组长', '/绑定 市农业农村委', agriculture)
    await says('陈组长', '/人员 @孙联络 联络员 市农业农村委', agriculture, ['孙联络'])
    expect(await groups(city, agriculture)).toEqual([roomOf(agriculture, otherLogin)])
    expect(await groups(city, force)).toEqual([])

    await noteLogin(city.app, 'wechat', botLogin)
    expect(await groups(city, agriculture)).toEqual([roomOf(agriculture, botLogin)])
    expect(await groups(city, force)).toEqual([roomOf(force, botLogin)])
    expect(await rolesOf(city, '孙联络', botLogin)).toEqual(['contact'])
    expect(await rolesOf(city, '陈组长', botLogin)).toEqual(['lead'])
    expect(await rolesOf(city, '孙联络', otherLogin)).toBeNull()
    expect(await rolesOf(city, '陈组长', otherLogin)).toBeNull()

    await noteLogin(city.app, 'wechat', otherLogin)
    expect(await groups(city, agriculture)).toEqual([roomOf(agriculture, otherLogin)])
    expect(await rolesOf(city, '孙联络', otherLogin)).toEqual(['contact'])
    expect(await rolesOf(city, '钱副手', botLogin)).toBeNull()
  })

  test('what is unbound or bound anew under one stays so with it', async () => {
    const city = await aTextCity(['wechat'])
    const says = await leadAfter(city)
    await says('陈组长', '/绑定 市农业农村委', agriculture)
    await says('陈组长', '/绑定 市商务委', '市商务委员会')
    await says('陈组长', '/解绑 确认', agriculture)
    await noteLogin(city.app, 'wechat', botLogin)
    expect(await groups(city, agriculture)).toEqual([roomOf(agriculture, botLogin)])
    await city.say('陈组长', '/解绑 确认', { in: '市商务委员会' })
    expect(await groups(city, '市商务委员会')).toEqual([])
    await noteLogin(city.app, 'wechat', otherLogin)
    expect(await groups(city, agriculture)).toEqual([])
    expect(await groups(city, '市商务委员会')).toEqual([roomOf('市商务委员会', otherLogin)])
  })

  test.each([
    ['who has come back by another account', true],
    ['whom nobody has registered again', false],
  ])('removed under one, gone under the other: %s', async (_, isRegistered) => {
    const city = await aTextCity(['wechat'])
    const says = await leadAfter(city)
    await says('陈组长', '/绑定 市农业农村委', agriculture)
    if (isRegistered) await says('陈组长', '/人员 @孙联络 联络员 市农业农村委', agriculture, ['孙联络'])
    expect(await says('陈组长', '/人员 @孙联络 离任', agriculture, ['孙联络'])).toContain('联络员')
    await noteLogin(city.app, 'wechat', botLogin)
    expect(await rolesOf(city, '孙联络', botLogin)).toEqual([])
    expect((await contactsOf(city)).map(({ name }) => name)).toEqual(['钱副手'])
    await noteLogin(city.app, 'wechat', otherLogin)
    expect(await rolesOf(city, '孙联络', otherLogin)).toEqual(isRegistered ? [] : null)
  })

  test('removed as somebody who could not be told to be the same, gone as who they were', async () => {
    const city = await aTextCity(['wechat'])
    await city.say('陈组长', '/人员 @孙联络 B角 市农业农村委', {
      mentions: [{ account: accountOf('孙联络', 'wechat'), name: '孙联络' }],
    })
    const says = await leadAfter(city)
    await says('陈组长', '/人员 @孙联络 联络员 市农业农村委', undefined, ['孙联络'])
    await says('陈组长', '/人员 @孙联络 离任', undefined, ['孙联络'])
    await noteLogin(city.app, 'wechat', botLogin)
    expect(await rolesOf(city, '孙联络', botLogin)).toEqual([])
  })

  test('a name alone removes nobody where several have it', async () => {
    const city = await aTextCity(['wechat'])
    await city.say('陈组长', '/人员 @孙联络 联络员 市商务委', {
      mentions: [{ account: `${botLogin}/contact/another`, name: '孙联络' }],
    })
    const says = await leadAfter(city)
    expect(await says('陈组长', '/人员 @孙联络 离任', undefined, ['孙联络'])).toContain('未登记任何角色')
    await says('陈组长', '/人员 @孙联络 离任 市商务委', undefined, ['孙联络'])
    await noteLogin(city.app, 'wechat', botLogin)
    expect(await rolesOf(city, '孙联络', botLogin)).toEqual(['contact'])
    expect((await personOf(city, `${botLogin}/contact/another`))?.memberships).toEqual([])
  })

  test('is told each time, with the departments that have no group under it', async () => {
    const city = await aTextCity(['feishu', 'wechat'])
    const told = async (login: string) => {
      city.news(force, 'feishu')
      await noteLogin(city.app, 'wechat', login)
      await city.settle()
      return city.news(force, 'feishu')
    }
    await work(city.app, async ({ db }) => {
      const water = await addDepartment(db, '市水务局', city.now())
      await bindChat(db, water.id, { platform: 'wechat', chatId: roomOf('市水务局', otherLogin) })
    })
    expect(await told(botLogin)).toEqual([])
    expect(await told('padlocal/wxid_third')).toEqual([expect.stringContaining('共4个：')])
    const [back, ...more] = await told(botLogin)
    expect(more).toEqual([])
    for (const words of [
      '【账号恢复】微信已恢复为原账号',
      '当前账号绑定的微信群',
      '移除的人员不恢复',
      '在当前账号下重新绑定',
      '需核对的单位共1个：市水务局',
    ])
      expect(back).toContain(words)
    // At once again, and told again.
    expect(await told('padlocal/wxid_third')).toHaveLength(1)
    expect(await told('padlocal/wxid_fourth')).toHaveLength(1)
  })
})

test('who answers in another’s place does so under the login to which they are known', async () => {
  const city = await aTextCity(['wechat'])
  await city.say('孙联络', '/代理 @王路人 至11月27日', {
    mentions: [{ account: accountOf('王路人', 'wechat'), name: '王路人' }],
  })
  const standIn = accountOf('王路人', 'wechat')
  expect((await personOf(city, standIn))?.memberships).toHaveLength(1)
  const department = await idOf(city, agriculture)
  const mentions = async () => (await contactsOf(city)).map(({ name }) => name)
  const answering = async () =>
    (await namesByDepartment(city.app.db.read, 'contact', city.now())).get(department)
  expect([await mentions(), await answering()]).toEqual([['王路人', '钱副手'], ['王路人']])
  await noteLogin(city.app, 'wechat', otherLogin)
  expect(await personOf(city, standIn)).toBeNull()
  expect([await mentions(), await answering()]).toEqual([['孙联络', '钱副手'], ['孙联络']])
  await noteLogin(city.app, 'wechat', botLogin)
  expect([await mentions(), await answering()]).toEqual([['王路人', '钱副手'], ['王路人']])
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
  await noteLogin(city.app, 'wechat', otherLogin)
  await city.settle()
  const [told] = city.news(force, 'feishu')
  for (const words of ['duban claim-code', '“/认领 认领码”', '“/绑定 单位名称”', '“/人员 @某人 联络员”'])
    expect(told).toContain(words)
})

/** A city whose bot is somebody else on WeChat since just now. */
async function underAnother(platforms: ('feishu' | 'wechat')[]): Promise<TextCity> {
  const city = await aTextCity(platforms)
  await noteLogin(city.app, 'wechat', otherLogin)
  return city
}

/** The other login, under which a lead has come back: how to say something there. */
async function leadAfter(city: TextCity) {
  await noteLogin(city.app, 'wechat', otherLogin)
  const says = speaker(city)
  await says('陈组长', `/认领 ${await work(city.app, makeClaimCode)}`)
  return says
}

function newAccount(who: Official): string {
  return `${otherLogin}/contact/${encodeURIComponent(who)}`
}

/** Says something under the new login, in a department's group or in private; what the bot answers there. */
function speaker(city: TextCity) {
  return async (who: Official, text: string, department?: string, mentions: Official[] = []) => {
    const account = newAccount(who)
    const id = department ? roomOf(department, otherLogin) : account
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

async function contactsOf(city: TextCity) {
  return mentionsOf(
    city.app.db.read,
    'wechat',
    await idOf(city, agriculture),
    ['contact', 'backup'],
    city.now(),
  )
}

async function groups(city: TextCity, name: string): Promise<string[]> {
  return (await chatsOf(city.app.db.read, await idOf(city, name))).map(({ chatId }) => chatId)
}

async function idOf({ app }: TextCity, name: string): Promise<number> {
  const { id } = await app.db.read
    .selectFrom('departments')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return id
}

function roomOf(department: string, login: string): string {
  return `${login}/room/${encodeURIComponent(department)}`
}

async function rolesOf(city: TextCity, who: Official, login: string): Promise<string[] | null> {
  const person = await personOf(city, `${login}/contact/${encodeURIComponent(who)}`)
  return person === null ? null : person.memberships.map(({ role }) => role)
}

function personOf({ app, now }: TextCity, account: string) {
  return personByAccount(app.db.read, account.startsWith('ou_') ? 'feishu' : 'wechat', account, now())
}
