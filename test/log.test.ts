import { afterAll, expect, test } from 'vitest'
import { createLogger } from '../src/log.ts'
import { forgetLogs } from './support/log-tap.ts'

afterAll(forgetLogs)

/** What one call writes, as text and parsed. */
function written(write: (log: ReturnType<typeof createLogger>) => void) {
  const lines: string[] = []
  write(createLogger({ level: 'info', to: { write: (line) => void lines.push(line) } }))
  expect(lines).toHaveLength(1)
  return { text: lines[0] ?? '', line: JSON.parse(lines[0] ?? '') }
}

test('a line is JSON with level, time and message', () => {
  const { line } = written((log) => log.info({ item: 12 }, 'dispatched'))
  expect(line).toEqual({ level: 'info', time: expect.any(Number), item: 12, msg: 'dispatched' })
})

test.each([
  [{ FEISHU_APP_SECRET: 'hush-hush' }],
  [{ config: { feishu: { appSecret: 'hush-hush', encryptKey: 'hush-hush' } } }],
  [{ tenant_access_token: 'hush-hush' }],
  [{ request: { headers: { Authorization: 'Bearer hush-hush', cookie: 'hush-hush' } } }],
  [{ list: [{ deep: { password: 'hush-hush' } }] }],
  [{ url: 'https://open.feishu.cn/ws?device=1&access_token=hush-hush&ticket=hush-hush' }],
  [{ redis: 'redis://user:hush-hush@10.0.0.1:6379' }],
  [{ redis: 'redis://:hush-hush@10.0.0.1:6379' }],
  [{ note: 'sent with Bearer hush-hush' }],
  [{ leadClaimCode: 'hush-hush', apiTokens: ['hush-hush'] }],
  [{ phone: 'hush-hush', petitioner: 'hush-hush', address: 'hush-hush', 联系电话: 'hush-hush' }],
])('secrets and personal details are hidden: %j', (fields) => {
  for (const { text } of [
    written((log) => log.info(fields, 'a line')),
    written((log) => log.child(fields).info('a line')),
    written((log) => log.error({ err: Object.assign(new Error('failed'), fields) }, 'a line')),
  ]) {
    expect(text).not.toContain('hush-hush')
  }
})

test.each([
  '13812345678',
  '138 1234 5678',
  '138-1234-5678',
  '+8613812345678',
  '31010119900307123X',
  '310101199003071234',
])('a phone or identity number is masked wherever it stands: %s', (number) => {
  for (const { text } of [
    written((log) => log.info(`来电${number}，请回复`)),
    written((log) => log.info('来电 %s', number)),
    written((log) => log.info({ text: `请联系${number}。` }, 'x')),
    written((log) => log.error(new Error(`no such person: ${number}`))),
    written((log) => log.child({ from: number }).info('x')),
  ]) {
    expect(text).not.toContain(number)
    expect(text).toMatch(/\[(phone|identity)\]/)
  }
})

test.each([
  'oc_13812345678abcdef',
  '1795347336488',
  '#12',
  '2026-11-20 17:30',
  '1.13812345678',
  'deliver-12',
])('what only looks like one is kept: %s', (kept) => {
  expect(written((log) => log.info({ kept }, kept)).line).toMatchObject({ kept, msg: kept })
})

test('of an error it keeps what happened, and its cause, not the request that it carries', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const error = Object.assign(new Error('the platform did not answer', { cause }), {
    code: 99991400,
    status: 429,
    config: { headers: { 'X-Custom': 'hush-hush' }, data: 'hush-hush' },
    response: { data: 'hush-hush' },
  })
  const { text, line } = written((log) => log.error({ err: error }, 'sending failed'))
  expect(text).not.toContain('hush-hush')
  expect(line.err).toMatchObject({
    type: 'Error',
    message: 'the platform did not answer',
    code: 99991400,
    status: 429,
    cause: { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
  })
  expect(line.err.stack).toContain('log.test.ts')
})

test('whatever it is given it writes a line and does not throw', () => {
  const loop: Record<string, unknown> = { name: 'loop' }
  loop.self = loop
  const thrower = {
    get broken() {
      throw new Error('no')
    },
  }
  for (const odd of [
    loop,
    { thrower },
    { big: 1n },
    { f: () => {} },
    { s: Symbol('s') },
    { n: Number.NaN },
    new Map(),
    null,
  ]) {
    expect(written((log) => log.info(odd as object, 'odd')).line.msg).toBe('odd')
  }
  expect(written((log) => log.info({ data: Buffer.alloc(5) }, 'x')).line.data).toBe('[5 bytes]')
})

test('a terminal gets a line for people instead of JSON', () => {
  const lines: string[] = []
  const to = { write: (line: string) => void lines.push(line) }
  createLogger({ level: 'info', pretty: true, to }).info({ phone: '13812345678' }, '已签收')
  expect(lines.join('')).toContain('已签收')
  expect(lines.join('')).not.toContain('13812345678')
  expect(() => JSON.parse(lines.join(''))).toThrow()
})
