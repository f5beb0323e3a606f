import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { feishuEnv } from '../bots/feishu/index.ts'
import { wechatEnv } from '../bots/wechat/config.ts'
import { ConfigError, coreEnv, environment, loadConfig } from '../src/config.ts'
import { policyTable } from '../src/domain/policy.ts'
import { testFolder } from './support/database.ts'

const parts = { core: coreEnv, feishu: feishuEnv, wechat: wechatEnv }
const example = readFileSync(path.join(import.meta.dirname, '../.env.example'), 'utf8')

function faultsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(env, parts)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  throw new Error('the configuration was taken')
}

describe('.env.example', () => {
  test('lists every variable that is read, and no other', () => {
    const read = Object.values(parts).flatMap((part) => Object.keys(part.in.shape))
    expect(Object.keys(parseEnv(example)).sort()).toEqual(read.sort())
  })

  test('says the defaults', () => {
    expect(loadConfig(parseEnv(example), parts)).toEqual(loadConfig({}, parts))
  })

  test('says of every variable, or group of them, what it is', () => {
    const lines = example.split('\n')
    const unexplained = lines.filter((line, index) => {
      const above = lines[index - 1] ?? ''
      return /^[A-Z]/.test(line) && !above.startsWith('#') && !/^[A-Z]/.test(above)
    })
    expect(unexplained).toEqual([])
  })
})

describe('the configuration', () => {
  test('has the defaults of the contract', () => {
    const { core, feishu, wechat } = loadConfig({}, parts)
    expect(feishu).toBeUndefined()
    expect(wechat).toBeUndefined()
    expect(core).toEqual({
      databaseUrl: 'file:data/duban.db',
      redisUrl: 'redis://127.0.0.1:6379',
      http: { host: '127.0.0.1', port: 8080 },
      api: null,
      policies: policyTable,
      leadClaimCode: undefined,
      locale: 'zh-CN',
      hours: {
        timezone: 'Asia/Shanghai',
        workStart: '09:00',
        closeOfBusiness: '17:30',
        quietFrom: '21:00',
        quietUntil: '08:00',
      },
      logLevel: 'info',
      dataDir: 'data',
      retentionDays: null,
    })
  })

  test('takes Feishu for on when its credentials are set, on the public platform by long connection', () => {
    const env = { FEISHU_APP_ID: 'cli_a1b2c3d4e5f60718', FEISHU_APP_SECRET: 'secret' }
    expect(loadConfig(env, parts).feishu).toEqual({
      appId: 'cli_a1b2c3d4e5f60718',
      appSecret: 'secret',
      domain: 'https://open.feishu.cn',
      transport: { kind: 'ws' },
    })
  })

  test('takes an empty value for one that is not set', () => {
    const empty = Object.fromEntries(Object.keys(parseEnv(example)).map((name) => [name, ' ']))
    expect(loadConfig(empty, parts)).toEqual(loadConfig({}, parts))
  })

  test('tells every fault of every part at once', () => {
    const faults = faultsOf({
      DATABASE_URL: 'postgres://somewhere',
      REDIS_URL: 'localhost:6379',
      HTTP_PORT: 'eighty',
      LEAD_CLAIM_CODE: '123',
      LOCALE: 'fr',
      TIMEZONE: 'Shanghai',
      CLOSE_OF_BUSINESS: '25:00',
      WORK_START: 'nine',
      QUIET_HOURS: '21:00',
      LOG_LEVEL: 'loud',
      FEISHU_APP_ID: 'my-app',
      FEISHU_DOMAIN: 'open.feishu.cn',
      FEISHU_TRANSPORT: 'webhook',
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_DAILY_CAP: 'many',
    })
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
      'CLOSE_OF_BUSINESS',
      'DATABASE_URL',
      'FEISHU_APP_ID',
      'FEISHU_APP_SECRET',
      'FEISHU_DOMAIN',
      'FEISHU_ENCRYPT_KEY',
      'FEISHU_VERIFICATION_TOKEN',
      'HTTP_PORT',
      'LEAD_CLAIM_CODE',
      'LOCALE',
      'LOG_LEVEL',
      'QUIET_HOURS',
      'REDIS_URL',
      'TIMEZONE',
      'WECHATY_DAILY_CAP',
      'WECHATY_TOKEN',
      'WORK_START',
    ])
  })

  test.each(['-1', '65536', '80.5', '0x1F90', 'http'])('takes no port %s', (port) => {
    expect(faultsOf({ HTTP_PORT: port })).toEqual(['HTTP_PORT must be a port number'])
  })

  test('wants work to start before it ends', () => {
    expect(faultsOf({ WORK_START: '18:00' })).toEqual(['WORK_START must be earlier than CLOSE_OF_BUSINESS'])
  })

  test('never repeats a secret that is malformed', () => {
    const message = faultsOf({ REDIS_URL: 'http://user:hunter2@redis', LEAD_CLAIM_CODE: 'abc' }).join('\n')
    expect(message).not.toMatch(/hunter2|abc/)
  })
})

const sha256 = (text: string) => createHash('sha256').update(text).digest()

describe('the tokens of the intake API', () => {
  test('are pairs of name and token, and some may read petitioners’ details', () => {
    const { core } = loadConfig(
      {
        API_TOKENS: 'hotline:0123456789abcdef, 上海发布:with:colons/and+marks==',
        API_PRIVATE: ' hotline,',
      },
      parts,
    )
    expect(core.api).toEqual([
      { name: 'hotline', hash: sha256('0123456789abcdef'), private: true },
      { name: '上海发布', hash: sha256('with:colons/and+marks=='), private: false },
    ])
  })

  test('are refused with every fault, and never repeated', () => {
    const faults = faultsOf({
      API_TOKENS: [
        'a-lonely-secret-token',
        'short:hunter2',
        'two words:0123456789abcdef',
        'spaced:0123456789 abcdef',
        'hotline:0123456789abcdef',
        'hotline:fedcba9876543210',
        'twin:0123456789abcdef',
        ':0123456789abcdefg',
        '',
      ].join(','),
    })
    expect(faults).toEqual([
      expect.stringMatching(/^API_TOKENS pair 1 must look like name:token/),
      'API_TOKENS pair 2: the token must have at least 16 characters',
      expect.stringMatching(/^API_TOKENS pair 3 must look like name:token/),
      expect.stringMatching(/^API_TOKENS pair 4: the token must be of ASCII/),
      'API_TOKENS pair 6: the name is taken by an earlier pair',
      'API_TOKENS pair 7: the token is that of an earlier pair',
      expect.stringMatching(/^API_TOKENS pair 8 must look like name:token/),
      expect.stringMatching(/^API_TOKENS pair 9 must look like name:token/),
    ])
    expect(faults.join()).not.toMatch(/secret|hunter2|short|twin|0123456789|fedcba/)
  })

  test('have the names that API_PRIVATE names', () => {
    expect(faultsOf({ API_TOKENS: 'hotline:0123456789abcdef', API_PRIVATE: 'hotlin,hotline' })).toEqual([
      'API_PRIVATE name 1 is that of no pair of API_TOKENS',
    ])
    expect(faultsOf({ API_PRIVATE: 'hotline' })).toHaveLength(1)
  })
})

describe('the policies file', () => {
  test('stands in place of the built-in table', async () => {
    const file = path.join(await testFolder(), 'policies.json')
    await writeFile(file, '[{ "sources": ["12345"], "policy": "2wd" }]')
    expect(loadConfig({ POLICIES_FILE: file }, parts).core.policies).toEqual([
      { sources: ['hotline'], policy: { kind: 'working-days', days: 2 } },
    ])
  })

  test('has every fault told with its place', async () => {
    const file = path.join(await testFolder(), 'policies.json')
    await writeFile(file, '[{ "sources": ["12346"] }]')
    expect(faultsOf({ POLICIES_FILE: file, HTTP_PORT: 'x' })).toEqual([
      'HTTP_PORT must be a port number',
      expect.stringContaining(`POLICIES_FILE ${file}: row 1, sources 1: "12346" is no source`),
      `POLICIES_FILE ${file}: row 1, policy: must be text, like "3wd"`,
    ])
  })

  test('is a fault where it is not there', async () => {
    const file = path.join(await testFolder(), 'none.json')
    expect(faultsOf({ POLICIES_FILE: file })).toEqual([
      expect.stringContaining(`POLICIES_FILE ${file} can't be read: ENOENT`),
    ])
  })
})

describe('the environment', () => {
  test('wins over .env', async () => {
    const file = path.join(await testFolder(), '.env')
    await writeFile(file, 'LOCALE=en\nPATH=nowhere\n')
    expect(environment(file)).toMatchObject({ LOCALE: 'en', PATH: process.env.PATH })
  })

  test('is enough without .env', async () => {
    expect(environment(path.join(await testFolder(), '.env'))).toBe(process.env)
  })

  test('is refused where .env is there and no file', async () => {
    expect(() => environment(import.meta.dirname)).toThrow(ConfigError)
  })
})
