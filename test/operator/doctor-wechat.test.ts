import { chmod } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkWechat, type WechatState } from '../../bots/wechat/doctor.ts'
import { createSessionFiles } from '../../bots/wechat/session-file.ts'
import { testFolder } from '../support/database.ts'
import { testDesk } from './desk.ts'

describe('doctor', () => {
  test.each<[string, WechatState, string]>([
    ['✓', { ok: true, puppet: 'wechaty-puppet-xp', unencrypted: false, account: true }, 'wechaty-puppet-xp'],
    ['!', { ok: true, puppet: 'wechaty-puppet-xp', unencrypted: false, account: false }, '尚未登录'],
    [
      '!',
      { ok: true, puppet: 'wechaty-puppet-xp', unencrypted: false, account: true, told: 'logged-out' },
      '重新扫码',
    ],
    [
      '!',
      { ok: true, puppet: 'wechaty-puppet-xp', unencrypted: false, account: true, told: 'gateway-lost' },
      '检查网关',
    ],
    ['✗', { ok: false, why: 'not-installed', puppet: 'wechaty-puppet-xp' }, 'npm install wechaty-puppet-xp'],
    ['✗', { ok: false, why: 'open-session', file: '/data/wechat' }, 'chmod go= /data/wechat'],
  ])('says %s of WeChat that is %o', async (mark, state, text) => {
    const desk = await testDesk({ outside: { checkWechat: async () => state } })
    const { out } = await desk.run('doctor')
    const [, about = ''] = out.split(/^(?=[✓!✗] 微信)/m)
    expect(about.startsWith(mark)).toBe(true)
    expect(about.split(/\n(?=[✓!✗] )/)[0]).toContain(text)
  })

  test('warns of a gateway without encryption, and says nothing of a platform that nobody wants', async () => {
    const checkWechat = async () => ({ ok: true, puppet: 'p', unencrypted: true, account: true }) as const
    const both = await testDesk({ outside: { checkWechat, checkFeishu: async () => 'off' } })
    const { out } = await both.run('doctor')
    expect(out).toContain('未加密')
    expect(out).not.toContain('飞书')
    expect((await (await testDesk()).run('doctor')).out).not.toContain('微信')
  })
})

describe('checkWechat', () => {
  const config = { puppet: 'wechaty-puppet-mock', unencrypted: false, dailyCap: 300 }

  test('tells whether the puppet is installed, and who may read the session', async () => {
    const folder = await testFolder()
    expect(await checkWechat({ ...config, puppet: 'wechaty-puppet-of-nobody' }, folder)).toEqual({
      ok: false,
      why: 'not-installed',
      puppet: 'wechaty-puppet-of-nobody',
    })
    const fine = { ok: true, puppet: config.puppet, unencrypted: false, account: false }
    expect(await checkWechat(config, folder)).toEqual(fine)

    const files = createSessionFiles(folder, config.puppet)
    await files.tighten()
    await files.writeAccount({ puppet: config.puppet, account: 'wxid_bot' })
    expect(await checkWechat(config, folder)).toEqual({ ...fine, account: true })

    await files.writeAccount({ puppet: config.puppet, account: 'wxid_bot', told: 'logged-out' })
    expect(await checkWechat(config, folder)).toMatchObject({ account: true, told: 'logged-out' })

    const session = path.join(folder, 'wechat', 'wechaty-puppet-mock.memory-card.json')
    await chmod(session, 0o640)
    expect(await checkWechat(config, folder)).toEqual({ ok: false, why: 'open-session', file: session })
    await chmod(path.dirname(session), 0o755)
    expect(await checkWechat(config, folder)).toMatchObject({ file: path.dirname(session) })
  })
})
