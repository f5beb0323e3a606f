import { describe, expect, test, vi } from 'vitest'
import { composeAddress, composeLogin, parseAddress } from '../../../bots/wechat/address.ts'
import { defaultTiming } from '../../../bots/wechat/connection.ts'
import { loginOf } from '../../../src/domain/platform.ts'
import { line } from '../../../src/messages/message.ts'
import { accountIn, addressOf, botFor, deaf, puppetName, startedBot, testPuppet, until } from './support.ts'

const loggedOut = 'WeChat is logged out: scan the code at /wechat/login'

describe('the login', () => {
  test('makes the bot ready, not its start', async () => {
    const { puppet, mocker, login } = testPuppet()
    const { bot, written, logText } = await botFor(puppet, { timing: { startMs: 50 } })
    expect(bot.health()).toEqual({ ok: false, detail: 'WeChat: not started' })
    await bot.start(deaf)
    await until(() => puppet.state.active() === true)
    expect(bot.health()).toEqual({ ok: false, detail: 'WeChat: connecting' })
    mocker.scan('https://login.weixin.qq.com/l/abc')
    await until(() => bot.health().detail === loggedOut)
    expect(written.join('')).toContain('请用机器人的微信账号扫描二维码登录')
    expect(logText()).not.toContain('login.weixin.qq.com')
    login()
    await until(() => bot.health().ok)
    await bot.stop()
    expect(bot.health().ok).toBe(false)
    await expect(bot.start(deaf)).rejects.toThrow('already started')
  })

  test('is noted, and told when it ends and is back, each once', async () => {
    const { bot, puppet, mocker, login, reports, dataDir } = await startedBot()
    await vi.waitFor(async () =>
      expect(await accountIn(dataDir)).toEqual({ puppet: puppetName, account: 'wxid_bot' }),
    )
    expect(reports).toEqual([])
    await puppet.logout('在其他设备登录')
    mocker.scan('https://login.weixin.qq.com/l/one')
    mocker.scan('https://login.weixin.qq.com/l/two')
    await until(() => bot.health().detail === loggedOut)
    expect(reports).toEqual(['logged-out'])
    login()
    await until(() => bot.health().ok)
    expect(reports).toEqual(['logged-out', 'back'])
  })

  test('tells each time as whom, whoever it was before', async () => {
    const first = await startedBot()
    const scanned = async (id: string) => {
      await first.puppet.logout()
      await until(() => !first.bot.health().ok)
      first.mocker.login(first.mocker.ContactMock.load(id))
      await until(() => first.bot.health().ok)
    }
    await scanned('wxid_sun')
    await vi.waitFor(async () =>
      expect(await accountIn(first.dataDir)).toEqual({ puppet: puppetName, account: 'wxid_sun' }),
    )
    await scanned('wxid_bot')
    expect(first.logins).toEqual([loginAs('wxid_bot'), loginAs('wxid_sun'), loginAs('wxid_bot')])
    // That it is back is no news where it is another.
    expect(first.reports).toEqual(['logged-out', 'logged-out'])
    await first.bot.stop()

    const { puppet, login } = testPuppet()
    const { bot, logins } = await botFor(puppet, { dataDir: first.dataDir, timing: { startMs: 50 } })
    await bot.start(deaf)
    await until(() => puppet.state.active() === true)
    login()
    await until(() => logins.length > 0)
    expect(logins).toEqual([loginAs('wxid_bot')])
  })

  test('is what every address under it begins with', () => {
    const address = composeAddress({ puppet: 'a/b', account: 'wxid 1', kind: 'room', id: '1/2@chatroom' })
    expect(loginOf(address)).toBe(composeLogin({ puppet: 'a/b', account: 'wxid 1' }))
    expect(parseAddress(address)).toEqual({
      puppet: 'a/b',
      account: 'wxid 1',
      kind: 'room',
      id: '1/2@chatroom',
    })
    expect(loginOf('oc_1')).toBe('')
  })

  test('that becomes another’s without a word is noticed before anything is sent', async () => {
    const { bot, puppet, logins } = await startedBot({ timing: { pingMs: 60_000 } })
    Object.assign(puppet, { __currentUserId: 'wxid_sun' })
    const chat = addressOf('room', '1@chatroom')
    await expect(bot.send({ key: 'one', to: { chat }, message: line('请反馈。') })).rejects.toMatchObject({
      reason: 'wrong-login',
    })
    expect([puppet.said, logins.at(-1)]).toEqual([[], loginAs('wxid_sun')])
  })

  test('that becomes another’s without a word is noticed by the next probe', async () => {
    const { bot, puppet, logins } = await startedBot()
    Object.assign(puppet, { __currentUserId: 'wxid_sun' })
    await until(() => logins.length > 1)
    expect([bot.health().ok, logins.at(-1)]).toEqual([true, loginAs('wxid_sun')])
  })

  test('that is missing is told once, however often the process starts', async () => {
    const first = await startedBot()
    await first.puppet.logout()
    await until(() => first.reports.length === 1)
    await first.bot.stop()

    const { puppet, mocker, login } = testPuppet()
    const { bot, reports } = await botFor(puppet, { dataDir: first.dataDir, timing: { startMs: 50 } })
    await bot.start(deaf)
    await until(() => puppet.state.active() === true)
    mocker.scan('https://login.weixin.qq.com/l/abc')
    await until(() => bot.health().detail === loggedOut)
    expect(reports).toEqual([])
    login()
    await until(() => reports.length > 0)
    expect(reports).toEqual(['back'])
  })

  test('that a stop ends is no news', async () => {
    const { bot, reports } = await startedBot()
    await bot.stop()
    expect(reports).toEqual([])
  })

  test('is noticed where wechaty swallows the event', async () => {
    const { puppet } = testPuppet()
    const { bot } = await botFor(puppet)
    const started = bot.start(deaf)
    await until(() => puppet.state.active() === true)
    const contactPayload = vi.spyOn(puppet, 'contactPayload').mockRejectedValue(new Error('not yet'))
    puppet.login('wxid_bot')
    await until(() => bot.health().ok)
    await started
    contactPayload.mockRestore()
  })

  test('that neither comes nor can be scanned for is missing, and the puppet is started anew for a code', async () => {
    const { puppet } = testPuppet()
    const start = vi.spyOn(puppet, 'start')
    const { bot } = await botFor(puppet, { timing: { startMs: 20, loginMs: 20, codeMs: 20 } })
    await bot.start(deaf)
    await until(() => bot.health().detail === loggedOut)
    await until(() => start.mock.calls.length > 1)
  })

  test('codes are drawn only where somebody may sit before them', async () => {
    const { puppet, mocker } = testPuppet()
    const written: string[] = []
    const { bot } = await botFor(puppet, {
      timing: { startMs: 20 },
      console: { isTTY: false, write: (text) => written.push(text) },
    })
    await bot.start(deaf)
    await until(() => puppet.state.active() === true)
    mocker.scan('https://login.weixin.qq.com/l/abc')
    await until(() => bot.health().detail === loggedOut)
    expect(written).toEqual([])
  })
})

describe('a puppet that fails', () => {
  test('lets the start go on, is tried again, and comes back', async () => {
    const { puppet, login } = testPuppet()
    puppet.startFailure = new Error('14 UNAVAILABLE: No connection established')
    const { bot, givenUp } = await botFor(puppet, { timing: { startMs: 50 } })
    await bot.start(deaf)
    await until(() => bot.health().detail?.includes('UNAVAILABLE') === true)
    puppet.startFailure = undefined
    await until(() => puppet.state.active() === true)
    login()
    await until(() => bot.health().ok)
    expect(givenUp).toEqual([])
  })

  test('is known by its failure, whatever that is', async () => {
    const { puppet } = testPuppet()
    puppet.startFailure = new Error('getaddrinfo ENOTFOUND login.weixin.qq.com')
    const { bot, givenUp } = await botFor(puppet, {
      timing: { startMs: 20, longestLossMs: 0, attemptMs: 100 },
    })
    await bot.start(deaf)
    await until(() => givenUp.length > 0)
    expect(givenUp).toEqual([expect.stringContaining('ENOTFOUND')])
  })

  test('that hangs lets the start go on', async () => {
    const { puppet } = testPuppet()
    puppet.onStart = () => new Promise(() => {})
    puppet.silent = true
    const { bot } = await botFor(puppet, { timing: { startMs: 20 } })
    await bot.start(deaf)
    expect(bot.health().ok).toBe(false)
  })

  test('that falls silent is lost, and back when it answers', async () => {
    const { bot, puppet, login, reports } = await startedBot({ timing: { attemptMs: 50 } })
    puppet.silent = true
    await until(() => bot.health().detail?.includes('no answer to pings') === true)
    await until(() => reports.includes('gateway-lost'))
    puppet.silent = false
    await until(() => puppet.state.active() === true && !puppet.isLoggedIn)
    login()
    await until(() => bot.health().ok && reports.length > 1)
    expect(reports).toEqual(['gateway-lost', 'back'])
  })

  test('that never answers pings is left alone: not every puppet knows them', async () => {
    const { puppet, login } = testPuppet()
    puppet.silent = true
    const { bot, reports } = await botFor(puppet, { timing: { silenceMs: 20 } })
    const started = bot.start(deaf)
    await until(() => puppet.state.active() === true)
    login()
    await started
    const pings = vi.spyOn(puppet, 'ding')
    await until(() => pings.mock.calls.length > 10)
    expect([bot.health(), reports]).toEqual([{ ok: true }, []])
  })

  test('that is soon back is no news', async () => {
    const { bot, puppet, login, reports } = await startedBot()
    puppet.emit('error', { data: '1 CANCELLED: Call cancelled' })
    await until(() => !bot.health().ok)
    await until(() => puppet.state.active() === true && !puppet.isLoggedIn)
    login()
    await until(() => bot.health().ok)
    expect(reports).toEqual([])
  })

  test('that comes and goes is told, is not back before it is steady, and is given up', async () => {
    const { puppet, login, bot, reports, givenUp } = await startedBot({
      timing: { steadyMs: 60_000, longestLossMs: 100 },
    })
    while (givenUp.length === 0) {
      puppet.emit('error', { data: '1 CANCELLED: Call cancelled' })
      await until(() => !bot.health().ok)
      await until(() => givenUp.length > 0 || (puppet.state.active() === true && !puppet.isLoggedIn))
      if (givenUp.length > 0) break
      login()
      await until(() => bot.health().ok)
    }
    expect(reports).toEqual(['gateway-lost'])
  })

  test('is not given up before ten minutes, however often it fails: the other platforms restart with it', async () => {
    const { puppet, login, bot, givenUp, logText } = await startedBot({ timing: { steadyMs: 60_000 } })
    while (!logText().includes('"failures":8')) {
      puppet.emit('error', { data: '1 CANCELLED: Call cancelled' })
      await until(() => !bot.health().ok)
      await until(() => puppet.state.active() === true && !puppet.isLoggedIn)
      login()
      await until(() => bot.health().ok)
    }
    expect(givenUp).toEqual([])
    expect(defaultTiming.longestLossMs).toBe(10 * 60_000)
  })

  test('whose errors are others’ faults stays as it is', async () => {
    const { bot, puppet, logText } = await startedBot()
    puppet.emit('error', { data: 'could not read 王某某的电话' })
    await until(() => logText().includes('an error of the puppet'))
    expect(bot.health()).toEqual({ ok: true })
    expect(logText()).not.toContain('王某某')
  })

  test('again and again is given up, once, and told once', async () => {
    const { bot, puppet, reports, givenUp } = await startedBot({
      timing: { longestLossMs: 30, attemptMs: 100 },
    })
    puppet.startFailure = new Error('14 UNAVAILABLE: the token a-token does not exist')
    puppet.emit('error', { data: '1 CANCELLED: Call cancelled' })
    await until(() => givenUp.length > 0)
    expect(reports).toEqual(['gateway-lost'])
    expect(bot.health().ok).toBe(false)
    await bot.stop()
    expect(givenUp).toHaveLength(1)
  })

  test('never has its token told', async () => {
    const { puppet } = testPuppet()
    const token = 'puppet_workpro_0123456789'
    puppet.startFailure = new Error(`14 UNAVAILABLE: Invalid Wechaty TOKEN "${token}"`)
    const { bot, givenUp, logText } = await botFor(puppet, {
      config: { token },
      timing: { longestLossMs: 0 },
    })
    await bot.start(deaf)
    await until(() => givenUp.length > 0)
    expect(bot.health().detail).toContain('Invalid Wechaty TOKEN')
    expect([bot.health().detail, ...givenUp, logText()].join()).not.toContain(token)
  })
})

function loginAs(account: string): string {
  return composeLogin({ puppet: puppetName, account })
}
