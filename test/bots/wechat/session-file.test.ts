import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createSessionFiles } from '../../../bots/wechat/session-file.ts'
import { testFolder } from '../../support/database.ts'
import { botFor, deaf, modeOf, startedBot, testPuppet, until } from './support.ts'

/** Whatever is made may be read by all, where its maker does not say otherwise. */
function looseUmask() {
  const before = process.umask(0)
  onTestFinished(() => void process.umask(before))
}

const session = 'wechaty-puppet-mock.memory-card.json'

describe('the session', () => {
  test('is nobody else’s to read, from before wechaty writes it', async () => {
    looseUmask()
    const { bot, puppet, dataDir } = await startedBot()
    const folder = path.join(dataDir, 'wechat')
    await until(() => bot.health().ok)
    await puppet.memory.set('secret', 'what lets others be the bot')
    await puppet.memory.save()
    expect(await modeOf(folder)).toBe('700')
    expect(await modeOf(folder, session)).toBe('600')
    await expect.poll(() => modeOf(folder, 'account.json').catch(() => '')).toBe('600')
  })

  test('that others may read is taken from them', async () => {
    looseUmask()
    const dataDir = await testFolder()
    const folder = path.join(dataDir, 'wechat')
    await mkdir(folder)
    await writeFile(path.join(folder, session), '{"kept":1}')
    expect(await modeOf(folder, session)).toBe('666')
    const { puppet } = testPuppet()
    const { bot } = await botFor(puppet, { dataDir, timing: { startMs: 20 } })
    await bot.start(deaf)
    await until(() => puppet.state.active() === true)
    expect([await modeOf(folder), await modeOf(folder, session)]).toEqual(['700', '600'])
  })

  test('of a gateway is tightened in the home folder too', async () => {
    looseUmask()
    const home = await testFolder()
    await mkdir(path.join(home, '.wechaty'))
    await chmod(path.join(home, '.wechaty'), 0o755)
    await createSessionFiles(await testFolder(), 'wechaty-puppet-service', { home }).tighten()
    expect(await modeOf(home, '.wechaty')).toBe('700')
  })

  test('of each puppet is its own', async () => {
    const dataDir = await testFolder()
    const names = ['wechaty-puppet-wechat4u', '@juzi/wechaty-puppet-service'].map(
      (puppet) => createSessionFiles(dataDir, puppet).name,
    )
    expect(names).toEqual([
      path.join(dataDir, 'wechat', 'wechaty-puppet-wechat4u'),
      path.join(dataDir, 'wechat', '-juzi-wechaty-puppet-service'),
    ])
  })
})

describe('the last account', () => {
  test('is read as it was written, and nobody where there is none or it is damaged', async () => {
    const dataDir = await testFolder()
    const files = createSessionFiles(dataDir, 'wechaty-puppet-mock')
    expect(await files.readAccount()).toBeNull()
    const account = { puppet: 'wechaty-puppet-mock', account: 'wxid_bot', told: 'logged-out' } as const
    await files.writeAccount(account)
    expect(await files.readAccount()).toEqual(account)
    await writeFile(path.join(dataDir, 'wechat', 'account.json'), '{"puppet":')
    expect(await files.readAccount()).toBeNull()
  })
})

describe('the token of the login page', () => {
  test('is made once, and kept from others', async () => {
    looseUmask()
    const dataDir = await testFolder()
    const first = await createSessionFiles(dataDir, 'wechaty-puppet-mock').loginToken()
    const file = path.join(dataDir, 'wechat', 'login-token')
    expect(first).toEqual({ token: expect.stringMatching(/^[0-9a-f]{32}$/), file, isNew: true })
    expect(await modeOf(dataDir, 'wechat', 'login-token')).toBe('600')
    expect(await createSessionFiles(dataDir, 'wechaty-puppet-mock').loginToken()).toEqual({
      token: first.token,
      file,
      isNew: false,
    })
  })
})
