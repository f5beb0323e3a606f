import { describe, expect, test } from 'vitest'
import { wechatEnv } from '../../../bots/wechat/config.ts'
import { puppetFault } from '../../../bots/wechat/installed.ts'

function faultsOf(env: Record<string, string>): string[] {
  const { error } = wechatEnv.safeParse(env)
  return error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? []
}

describe('wechatEnv', () => {
  test('is off without a puppet', () => {
    expect(wechatEnv.parse({})).toBeUndefined()
    expect(
      wechatEnv.parse({ WECHATY_PUPPET: ' ', WECHATY_TOKEN: 'x', WECHATY_DAILY_CAP: '0' }),
    ).toBeUndefined()
  })

  test('has defaults for all but the puppet', () => {
    expect(wechatEnv.parse({ WECHATY_PUPPET: 'wechaty-puppet-wechat4u', OTHER: 'x' })).toEqual({
      puppet: 'wechaty-puppet-wechat4u',
      unencrypted: false,
      dailyCap: 300,
    })
  })

  test('reads all of it', () => {
    expect(
      wechatEnv.parse({
        WECHATY_PUPPET: 'wechaty-puppet-service',
        WECHATY_TOKEN: 'puppet_workpro_0123456789abcdef',
        WECHATY_ENDPOINT: '127.0.0.1:18788',
        WECHATY_PUPPET_SERVICE_AUTHORITY: 'token.example.com',
        WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true',
        WECHATY_LOGIN_TOKEN: 'a-token-for-the-page',
        WECHATY_DAILY_CAP: ' 120 ',
      }),
    ).toEqual({
      puppet: 'wechaty-puppet-service',
      token: 'puppet_workpro_0123456789abcdef',
      endpoint: '127.0.0.1:18788',
      authority: 'token.example.com',
      unencrypted: true,
      loginToken: 'a-token-for-the-page',
      dailyCap: 120,
    })
  })

  test('names every fault by its variable, and repeats no token', () => {
    const faults = faultsOf({
      WECHATY_PUPPET: '../puppet',
      WECHATY_TOKEN: '../../secret',
      WECHATY_ENDPOINT: 'http://127.0.0.1:18788',
      WECHATY_PUPPET_SERVICE_AUTHORITY: 'https://token.example.com/',
      WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'yes',
      WECHATY_LOGIN_TOKEN: 'secret',
      WECHATY_DAILY_CAP: '0',
    })
    expect(faults).toEqual([
      'WECHATY_PUPPET must be the name of an npm module, like wechaty-puppet-service',
      'WECHATY_TOKEN must be of letters, digits, dots, dashes and underscores',
      'WECHATY_ENDPOINT must be host:port, like 127.0.0.1:18788',
      'WECHATY_PUPPET_SERVICE_AUTHORITY must be a host, like api.chatie.io',
      'WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT must be true or false',
      'WECHATY_LOGIN_TOKEN must have at least 16 characters',
      'WECHATY_DAILY_CAP must be a number from 1 to 99999',
    ])
    expect(faults.join()).not.toContain('secret')
    expect(faultsOf({ WECHATY_PUPPET: 'p', WECHATY_LOGIN_TOKEN: 'with a space in it' })).toHaveLength(1)
  })

  test('wants a token for a gateway', () => {
    expect(faultsOf({ WECHATY_PUPPET: 'wechaty-puppet-service' })).toEqual([
      'WECHATY_TOKEN is required with WECHATY_PUPPET=wechaty-puppet-service',
    ])
  })

  test.each(['127.0.0.1', 'host:', 'host:0', 'host:65536', 'host:1e3', 'a b:80'])(
    'takes no endpoint %s',
    (endpoint) => {
      expect(faultsOf({ WECHATY_PUPPET: 'p', WECHATY_ENDPOINT: endpoint })).toHaveLength(1)
    },
  )

  test.each(['localhost:18788', '[::1]:18788', 'gateway.internal:1'])('takes the endpoint %s', (endpoint) => {
    expect(faultsOf({ WECHATY_PUPPET: 'p', WECHATY_ENDPOINT: endpoint })).toEqual([])
  })
})

describe('the puppet’s module', () => {
  test('is found where it is installed', () => {
    expect(puppetFault('wechaty-puppet-service')).toBeNull()
  })

  test('is told to be installed where it is not', () => {
    expect(puppetFault('wechaty-puppet-of-nobody')).toBe(
      'WECHATY_PUPPET names a module that is not installed: npm install wechaty-puppet-of-nobody',
    )
  })
})
