import { describe, expect, test } from 'vitest'
import { accountIn, botFor, deaf, startedBot, testPuppet, until } from './support.ts'

describe('the login', () => {
  test('makes the bot ready, not its start', async () => {
    const { puppet, mocker, login } = testPuppet()
    const { bot, written } = await botFor(puppet, { timing: { startMs: 50 } })
    expect(bot.health()).toEqual({ ok: false, detail: 'WeChat: not started' })
    await bot.start(deaf)
    expect(bot.health().ok).toBe(false)
    mocker.scan('https://login.weixin.qq.com/l/abc')
    await until(() => bot.health().detail === 'WeChat is logged out: scan the code at /wechat/login')
    expect(written.join('')).toContain('请用机器人的微信账号扫描二维码登录')
    login()
    await until(() => bot.health().ok)
    await bot.stop()
    expect(bot.health().ok).toBe(false)
    await expect(bot.start(deaf)).rejects.toThrow('already started')
  })

  test('is kept, and told when it ends and is back', async () => {
    const { bot, puppet, login, reports, dataDir } = await startedBot()
    expect(await accountIn(dataDir)).toEqual({ puppet: 'wechaty-puppet-mock', account: 'wxid_bot' })
    await puppet.logout('在其他设备登录')
    await until(() => !bot.health().ok)
    expect(reports).toEqual(['logged-out'])
    login()
    await until(() => bot.health().ok)
    expect(reports).toEqual(['logged-out', 'back'])
  })
})
