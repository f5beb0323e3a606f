import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ConnectionState } from '../../../bots/wechat/connection.ts'
import { createLoginPage } from '../../../bots/wechat/login-page.ts'
import { testLimiter } from '../feishu/support.ts'
import { botFor, deaf, startedBot, testPuppet, until } from './support.ts'

const token = 'a-token-for-the-page'
const code = 'https://login.weixin.qq.com/l/4bRcde_=='

function pageOf(state: ConnectionState, locale: 'zh-CN' | 'en' = 'zh-CN') {
  return createLoginPage({ token: async () => token, state: () => state, locale, limiter: testLimiter() })
}

const loggedOut = { kind: 'logged-out', code: null, scanned: false } as const

describe('the login page', () => {
  test.each<[string, string, ConnectionState]>([
    ['正在连接', 'Connecting', { kind: 'connecting' }],
    ['等待扫码', 'Waiting for a scan', { ...loggedOut, code }],
    ['已扫码', 'Scanned', { ...loggedOut, code, scanned: true }],
    ['已登录为“督办”', 'Logged in as “督办”', { kind: 'logged-in', name: '督办' }],
    ['已退出', 'Logged out', loggedOut],
    ['网关无响应', 'The gateway does not answer', { kind: 'gateway-lost', reason: '14 UNAVAILABLE' }],
    ['已停止', 'Stopped', { kind: 'stopped' }],
  ])('says %s, or %s', async (chinese, english, state) => {
    expect((await pageOf(state)(token)).body).toContain(`>${chinese}</h2>`)
    const answer = await pageOf(state, 'en')(token)
    expect(answer.body).toContain(`>${english}</h2>`)
    expect(answer.body).toContain('<html lang="en">')
  })

  test('has the code as a picture in itself, and nowhere in words', async () => {
    const { status, body } = await pageOf({ ...loggedOut, code })(token)
    expect(status).toBe(200)
    expect(body).toMatch(/<svg role="img" aria-label="登录二维码" [^>]*viewBox/)
    expect(body).not.toContain('login.weixin.qq.com')
    expect((await pageOf({ ...loggedOut, code, scanned: true })(token)).body).not.toContain('<svg')
  })

  test('asks nobody for anything, and is kept by nobody', async () => {
    const { headers, body } = await pageOf({ ...loggedOut, code })(token)
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(body) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining(`default-src 'none'; style-src 'sha256-${hash}'`),
    })
    const addresses = [...body.matchAll(/(?:src|href|url)\s*[=(]\s*"?([^")\s]*)/g)].map(
      ([, address]) => address,
    )
    expect(addresses).toEqual(['data:,'])
    expect(body).not.toMatch(/<script|style="/)
    expect(body).toContain('<meta http-equiv="refresh"')
  })

  test('shows what others wrote as words', async () => {
    const name = '<img src=x onerror="alert(1)">&'
    const { body } = await pageOf({ kind: 'logged-in', name })(token)
    expect(body).not.toContain('<img')
    expect(body).toContain('&#60;img')
    const lost = await pageOf({ kind: 'gateway-lost', reason: '</p><script>' })(token)
    expect(lost.body).not.toContain('<script')
  })

  test.each([undefined, '', 'wrong', `${token}x`, token.toUpperCase()])(
    'is shown to nobody with the token %s',
    async (brought) => {
      const { status, body, headers } = await pageOf({ ...loggedOut, code })(brought)
      expect(status).toBe(403)
      expect(body).not.toMatch(/<svg|等待扫码|refresh/)
      expect(headers['content-security-policy']).toBeDefined()
    },
  )

  test('lets nobody guess for long, and whoever has the token in all the same', async () => {
    const page = pageOf({ kind: 'connecting' })
    for (let tries = 0; tries < 20; tries += 1) expect((await page(`guess-${tries}`)).status).toBe(403)
    const answer = await page('one-more')
    expect([answer.status, Number(answer.headers['retry-after']) > 0]).toEqual([429, true])
    expect((await page(token)).status).toBe(200)
  })
})

describe('the bot’s page', () => {
  test('follows the login', async () => {
    const { puppet, mocker, login } = testPuppet()
    const { bot } = await botFor(puppet, { config: { loginToken: token }, timing: { startMs: 20 } })
    await bot.start(deaf)
    await until(() => puppet.state.active() === true)
    mocker.scan(code)
    await expect.poll(async () => (await bot.loginPage(token)).body).toContain('<svg')
    mocker.scan('', 3)
    await expect.poll(async () => (await bot.loginPage(token)).body).toContain('已扫码')
    login()
    await expect.poll(async () => (await bot.loginPage(token)).body).toContain('已登录为“督办”')
    await puppet.logout('请在新设备上再次扫码')
    await expect.poll(async () => (await bot.loginPage(token)).body).toContain('原因：请在新设备上再次扫码')
  })

  test('is told without its token where nobody sits before the console, for that is kept', async () => {
    const written: string[] = []
    const to = { isTTY: false, write: (text: string) => written.push(text) }
    const { bot, dataDir } = await startedBot({ config: { loginToken: undefined }, console: to })
    const file = path.join(dataDir, 'wechat', 'login-token')
    const made = await readFile(file, 'utf8')
    expect((await bot.loginPage(made)).status).toBe(200)
    expect(written.join('')).toContain(file)
    expect(written.join('')).not.toContain(made)
  })

  test('is told of once at the console, where its token is made, and never in the log', async () => {
    const first = await startedBot({ config: { loginToken: undefined } })
    const [, made = ''] = /\/wechat\/login\?token=([0-9a-f]{32})/.exec(first.written.join('')) ?? []
    expect((await first.bot.loginPage(made)).status).toBe(200)
    expect(first.logText()).not.toContain(made)
    await first.bot.stop()
    const second = await startedBot({ config: { loginToken: undefined }, dataDir: first.dataDir })
    expect(second.written).toEqual([])
    expect((await second.bot.loginPage(made)).status).toBe(200)
  })
})
