import { describe, expect, test } from 'vitest'
import { feishuEnv } from '../../../bots/feishu/config.ts'

const app = { FEISHU_APP_ID: 'cli_a1b2c3d4e5f60718', FEISHU_APP_SECRET: 'secret' }
const keys = { FEISHU_ENCRYPT_KEY: 'key', FEISHU_VERIFICATION_TOKEN: 'token' }

/** The faults' variable names, in order. */
function faults(env: Record<string, string>): string[] {
  const parsed = feishuEnv.safeParse(env)
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'))
}

describe('FEISHU_… variables', () => {
  test('without app id and secret Feishu is off', () => {
    expect(feishuEnv.parse({})).toBeUndefined()
    expect(feishuEnv.parse({ FEISHU_APP_ID: '', FEISHU_APP_SECRET: ' ' })).toBeUndefined()
  })

  test('the defaults: the long connection to open.feishu.cn', () => {
    expect(feishuEnv.parse(app)).toEqual({
      appId: app.FEISHU_APP_ID,
      appSecret: 'secret',
      domain: 'https://open.feishu.cn',
      transport: { kind: 'ws' },
    })
  })

  test.each([
    ['https://open.larksuite.com/', 'https://open.larksuite.com'],
    ['http://127.0.0.1:8999', 'http://127.0.0.1:8999'],
    ['https://example.org/feishu//', 'https://example.org/feishu'],
  ])('the domain %s is %s', (given, domain) => {
    expect(feishuEnv.parse({ ...app, FEISHU_DOMAIN: given })?.domain).toBe(domain)
  })

  test('the webhook carries its keys', () => {
    expect(feishuEnv.parse({ ...app, ...keys, FEISHU_TRANSPORT: 'webhook' })?.transport).toEqual({
      kind: 'webhook',
      encryptKey: 'key',
      verificationToken: 'token',
    })
  })

  test.each([
    [{ FEISHU_APP_ID: app.FEISHU_APP_ID }, ['FEISHU_APP_SECRET']],
    [{ FEISHU_APP_SECRET: 'secret' }, ['FEISHU_APP_ID']],
    [{ ...app, FEISHU_APP_ID: 'cli_123' }, ['FEISHU_APP_ID']],
    [{ ...app, FEISHU_DOMAIN: 'open.feishu.cn' }, ['FEISHU_DOMAIN']],
    [{ ...app, FEISHU_DOMAIN: 'ftp://open.feishu.cn' }, ['FEISHU_DOMAIN']],
    [{ ...app, FEISHU_TRANSPORT: 'carrier-pigeon' }, ['FEISHU_TRANSPORT']],
    [{ ...app, FEISHU_TRANSPORT: 'webhook' }, ['FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN']],
    [
      { FEISHU_APP_ID: 'x', FEISHU_DOMAIN: 'y', FEISHU_TRANSPORT: 'z' },
      ['FEISHU_APP_ID', 'FEISHU_APP_SECRET', 'FEISHU_DOMAIN', 'FEISHU_TRANSPORT'],
    ],
  ])('%j names every fault', (env, expected) => {
    expect(faults(env)).toEqual(expected)
  })
})
