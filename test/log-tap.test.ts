import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { secrets } from '../chaos/support/log-lines.ts'
import { createLogger } from '../src/log.ts'
import { testWorld } from './support/duban.ts'
import { forgetLogs, logsTellNothing } from './support/log-tap.ts'

afterEach(forgetLogs)

test.each([
  ['a secret', 'connected with sandbox-secret'],
  ['a phone number', 'the caller is 13812345678'],
  ['an identity number', 'of 31010119900307123X'],
  ["somebody's words", 'the measures are 已对接商超'],
])('%s in any line fails the file, whichever logger wrote it and at whatever level', (_what, words) => {
  const to = { write() {} }
  const quiet = pino({ level: 'silent' }, to)
  for (const log of [
    () => pino({}, to).info(words),
    () => pino({}, to).child({ words }).error('a line'),
    () => pino({ level: 'error' }, to).debug({ deep: [{ words }] }, 'a line'),
    () => quiet.child({ bot: 'feishu' }).trace(words),
    () => quiet.error({ err: new Error(words) }, 'failed'),
  ]) {
    log()
    expect(logsTellNothing).toThrow(words.split(' ').at(-1))
  }
  pino({}, to).info('served')
  expect(logsTellNothing).not.toThrow()
})

test('what is below its level is looked through, and not written', () => {
  const lines: string[] = []
  const log = createLogger({ level: 'warn', to: { write: (line) => void lines.push(line) } })
  log.info('已签收')
  log.warn('a warning')
  expect(lines).toHaveLength(1)
  expect(logsTellNothing).toThrow('已签收')
})

test('the secrets of every world are among those that are looked for', async () => {
  const world = await testWorld({ transport: 'webhook' })
  const secret = Object.entries(world.env).filter(([name]) => /SECRET|KEY|TOKEN|CODE/.test(name))
  expect(secret.length).toBeGreaterThanOrEqual(4)
  for (const [, value] of secret) expect(secrets).toContain(value)
})
