import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { createRouter } from '../../src/commands/router.ts'
import { presentLogin } from '../../src/db/logins.ts'
import { personByAccount } from '../../src/db/people.ts'
import type { IncomingAction } from '../../src/ports.ts'
import { createLogins, noteLogin } from '../../src/services/directory/login.ts'
import { fullDisk } from '../support/full-disk.ts'
import { accountOf, aTextCity, botLogin, type TextCity } from '../support/text-city.ts'

const agriculture = '市农业农村委员会'
const commerce = '市商务委员会'
const otherLogin = 'padlocal/wxid_other'

test('a login that could not be noted is noted before anything that comes in under it is acted on', async () => {
  const city = await aTextCity(['wechat'])
  const logins = createLogins(city.app)
  const disk = fullDisk(city.app)
  logins.follow('wechat', otherLogin)
  await expect(logins.note('wechat')).rejects.toThrow('the disk is full')
  expect(await present(city)).toBe(botLogin)
  disk.mockRestore()
  await logins.note('wechat')
  expect(await present(city)).toBe(otherLogin)
  const account = accountOf('孙联络', 'wechat')
  expect(await personByAccount(city.app.db.read, 'wechat', account, city.now())).toBeNull()
})

test('a login is noted once: what comes in later does not take back another process’s', async () => {
  const city = await aTextCity(['feishu', 'wechat'])
  const [one, another] = [createLogins(city.app), createLogins(city.app)]
  one.follow('wechat', 'padlocal/wxid_third')
  await one.note('wechat')
  another.follow('wechat', otherLogin)
  await another.note('wechat')
  for (const logins of [one, another, one]) {
    await logins.note('wechat')
    await logins.sweep()
    expect(await present(city)).toBe(otherLogin)
  }
})

test('a login that could not be noted before its logout is not noted after it', async () => {
  const city = await aTextCity(['wechat'])
  const logins = createLogins(city.app)
  const disk = fullDisk(city.app)
  logins.follow('wechat', otherLogin)
  await expect(logins.note('wechat')).rejects.toThrow('the disk is full')
  logins.forget('wechat')
  disk.mockRestore()
  await logins.sweep()
  expect(await present(city)).toBe(botLogin)
})

test('of two logins that are followed at once the later one stands', async () => {
  const city = await aTextCity(['wechat'])
  const logins = createLogins(city.app)
  const slow = city.app.db.write.transaction()
  const execute = slow.execute.bind(slow)
  const spy = vi.spyOn(slow, 'execute').mockImplementation(async (change) => {
    for (let turn = 0; turn < 50 && (await present(city)) !== otherLogin; turn += 1);
    return execute(change)
  })
  vi.spyOn(city.app.db.write, 'transaction').mockReturnValueOnce(slow)
  logins.follow('wechat', 'padlocal/wxid_third')
  logins.follow('wechat', otherLogin)
  await logins.note('wechat')
  expect(spy).toHaveBeenCalledOnce()
  await spy.mock.results[0]?.value
  expect(await present(city)).toBe(otherLogin)
})

test('who clicks where no login can be noted is told that nothing can be saved; other platforms go on', async () => {
  const city = await aTextCity(['feishu', 'wechat'])
  const logins = createLogins(city.app)
  const handle = createRouter(city.app, commands, logins.note)
  const click = (platform: 'feishu' | 'wechat'): IncomingAction => ({
    kind: 'action',
    platform,
    ids: [`a click on ${platform}`],
    at: city.now(),
    chat: { id: 'a group', kind: 'group' },
    sender: { account: accountOf('陈组长', platform) },
    messageId: 'a card',
    command: 'help',
    args: {},
  })
  const disk = fullDisk(city.app)
  logins.follow('wechat', otherLogin)
  const { unsaved } = city.app.voice.t.errors
  expect(await handle(click('wechat'))).toEqual({ toast: { tone: 'danger', text: unsaved } })
  disk.mockRestore()
  expect(await handle(click('feishu'))).not.toHaveProperty('toast')
  expect(await present(city)).toBe(botLogin)
})

test('what a group could not have it has as soon as its login is back', async () => {
  const city = await aTextCity(['feishu', 'wechat'])
  await noteLogin(city.app, 'wechat', otherLogin)
  await city.items('蔬菜滞销')
  await city.say('陈组长', '/派单 #1 市农业农村委')
  createLogins(city.app).follow('wechat', botLogin)
  await vi.waitFor(async () => {
    await city.settle()
    expect(city.posts(agriculture, 'wechat')).toHaveLength(1)
  })
})

test('a department that can’t be caught up with holds nobody up, and is when it can be, whoever noted the login', async () => {
  const city = await aTextCity(['feishu', 'wechat'])
  await noteLogin(city.app, 'wechat', otherLogin)
  await city.items('蔬菜滞销', '口罩脱销')
  await city.say('陈组长', '/派单 #1 市农业农村委')
  await city.say('陈组长', '/派单 #2 市商务委')
  await sql`
    create trigger fault before insert on deliveries
    when new.platform = 'wechat' and new.payload like '%蔬菜滞销%'
    begin select raise(abort, 'a fault'); end`.execute(city.app.db.write)
  await noteLogin(city.app, 'wechat', botLogin)
  expect(await present(city)).toBe(botLogin)

  // The process that noted it has died.
  const logins = createLogins(city.app)
  await logins.sweep()
  await city.settle()
  expect(city.posts(agriculture, 'wechat')).toEqual([])
  expect(city.posts(commerce, 'wechat').map(({ words }) => words)).toEqual([
    expect.stringContaining('口罩脱销'),
  ])
  expect(city.bugs.splice(0)).toEqual([expect.stringContaining('could not be caught up with')])

  await sql`drop trigger fault`.execute(city.app.db.write)
  await Promise.all([logins.sweep(), createLogins(city.app).sweep()])
  await city.settle()
  expect(city.posts(agriculture, 'wechat').map(({ words }) => words)).toEqual([
    expect.stringContaining('蔬菜滞销'),
  ])
  expect(city.posts(commerce, 'wechat')).toHaveLength(1)
})

function present({ app }: TextCity): Promise<string | null> {
  return presentLogin(app.db.read, 'wechat')
}
