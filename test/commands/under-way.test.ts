import pino from 'pino'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Command, defineQuery } from '../../src/commands/command.ts'
import { createRouter } from '../../src/commands/router.ts'
import { coreEnv, loadConfig } from '../../src/config.ts'
import { openApp } from '../../src/open-app.ts'
import { testDatabase } from '../support/database.ts'

test('what is brought again while it is being answered is not done again', async () => {
  const { app } = await openApp(loadConfig({}, { core: coreEnv }).core, {
    db: await testDatabase(),
    clock: { now: () => Date.UTC(2026, 10, 24, 2, 0) },
    queue: { schedule: async () => {} },
    messengers: new Map(),
    log: pino({ level: 'silent' }),
  })
  let runs = 0
  const slow = Promise.withResolvers<void>()
  const query: Command = defineQuery({
    name: 'status',
    roles: 'anyone',
    args: z.unknown(),
    parse: () => ({}),
    async run() {
      runs += 1
      await slow.promise
      return {}
    },
  })
  const handle = createRouter(app, [query])
  const bring = (id: string) =>
    handle({
      kind: 'text',
      platform: 'feishu',
      ids: [id],
      at: 0,
      chat: { id: 'oc_1', kind: 'group' },
      sender: { account: 'somebody', name: '孙联络' },
      messageId: `om_${id}`,
      text: '/进度',
      mentionsBot: false,
      mentions: [],
      replyTo: [],
      attachments: [],
    })
  const answers = [bring('one'), bring('one'), bring('two')]
  slow.resolve()
  await Promise.all(answers)
  expect(runs).toBe(2)
})
