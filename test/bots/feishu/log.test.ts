import { describe, expect, test } from 'vitest'
import { redact, sdkLogger } from '../../../bots/feishu/log.ts'
import { memoryLog } from './support.ts'

const secret = 'S3cr3t-of-the-app'

describe('the SDK’s log', () => {
  test('is turned down by one; its payloads are left out', () => {
    const { log, lines } = memoryLog()
    const logger = sdkLogger(log, [secret])
    logger.error(['[ws]', 'ws connect failed'])
    logger.warn(['no x handle'])
    logger.info(['client ready'])
    logger.debug(['[ws]', 'receive message, data: 居民的秘密'])
    logger.trace(['send request'])
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 40, msg: '[ws] ws connect failed', source: 'feishu-sdk' },
      { level: 30, msg: 'no x handle' },
      { level: 20, msg: 'client ready' },
    ])
  })

  test('of a raw HTTP error only name, message, status and code remain', () => {
    const { log, text } = memoryLog()
    const error = Object.assign(new Error(`Request failed with ${secret}`), {
      config: {
        data: JSON.stringify({ app_secret: secret }),
        headers: { Authorization: 'Bearer t-g104abcdefghijklmnop' },
      },
      response: { data: { msg: '居民的秘密' } },
    })
    const logger = sdkLogger(log, [secret])
    logger.error([error])
    logger.error([
      [
        { config: { data: '居民的秘密' }, status: 400 },
        { code: 230002, msg: '居民的秘密' },
      ],
    ])
    expect(text()).toContain('Error: Request failed with [redacted]')
    expect(text()).toContain('status 400')
    expect(text()).toContain('code 230002')
    expect(text()).not.toMatch(/秘密|t-g104|S3cr3t/)
  })

  test.each([
    [`secret ${secret}!`, 'secret [redacted]!'],
    ['Authorization: Bearer t-g1044qeGEDXTB6NDJOGV4JQCYDGHRBARFTGT1234', 'Authorization: [redacted]'],
    ['wss://x/ws?ticket=abc-def&service_id=1', 'wss://x/ws?ticket=[redacted]&service_id=1'],
    [
      'Unexpected token \'居\', "{"text":"居民 "}" is not valid JSON',
      "Unexpected token '居' (content withheld)",
    ],
  ])('%s', (text, safe) => {
    expect(redact(text, [secret])).toBe(safe)
  })

  test('an endless line is cut', () => {
    expect(redact('x '.repeat(5_000), []).length).toBeLessThan(400)
  })
})
