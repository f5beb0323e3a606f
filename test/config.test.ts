import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { feishuEnv } from '../bots/feishu/index.ts'
import { ConfigError, coreEnv, environment, loadConfig } from '../src/config.ts'
import { testFolder } from './support/database.ts'

const parts = { core: coreEnv, feishu: feishuEnv }
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
    const read = [...Object.keys(coreEnv.in.shape), ...Object.keys(feishuEnv.in.shape)]
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
    const { core, feishu } = loadConfig({}, parts)
    expect(feishu).toBeUndefined()
    expect(core).toEqual({
      databaseUrl: 'file:data/duban.db',
      redisUrl: 'redis://127.0.0.1:6379',
      http: { host: '127.0.0.1', port: 8080 },
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
