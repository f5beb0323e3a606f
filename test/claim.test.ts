import { expect, onTestFinished, test } from 'vitest'
import { textOf } from '../sandbox/card-reading.ts'
import { startSandbox } from '../sandbox/server/index.ts'
import { createLogger } from '../src/log.ts'
import { startDuban } from '../src/main.ts'
import { testFolder } from './support/database.ts'
import { testRedis } from './support/redis.ts'
import { testApp } from './support/sandbox.ts'

test('the first lead claims the role by the code alone, once, and is called by name', async () => {
  const folder = await testFolder()
  const redis = await testRedis()
  const sandbox = await startSandbox({ apps: [testApp], timing: { redeliverAfterMs: [300, 1_000] } })
  onTestFinished(() => sandbox.stop())
  const duban = await startDuban(
    {
      DATABASE_URL: `file:${folder}/duban.db`,
      REDIS_URL: redis.url,
      FEISHU_APP_ID: testApp.app_id,
      FEISHU_APP_SECRET: testApp.app_secret,
      FEISHU_DOMAIN: sandbox.origin,
      HTTP_PORT: '0',
      DATA_DIR: folder,
      LEAD_CLAIM_CODE: 'open-sesame',
    },
    { log: createLogger({ level: 'error' }) },
  )
  onTestFinished(() => duban.stop())
  const first = sandbox.addPerson({ name: '陈组长' })
  const chat = sandbox.openP2p(first.open_id)
  const answered = (words: string) =>
    sandbox.waitFor(
      () => sandbox.messages(chat.chat_id).find((message) => textOf(message).includes(words)),
      words,
    )

  sandbox.sendText(chat.chat_id, first.open_id, '/status')
  await answered('您尚未登记，暂不能使用。请联系系统管理员。')
  sandbox.sendText(chat.chat_id, first.open_id, '/claim open-sesam')
  await answered('认领码不正确')
  sandbox.sendText(chat.chat_id, first.open_id, '/认领 open-sesame')
  await answered('陈组长，您已认领专班权限')
  sandbox.sendText(chat.chat_id, first.open_id, '/claim open-sesame')
  await answered('专班权限已被认领')
  const people = await duban.app.db.read.selectFrom('people').select('name').execute()
  expect(people).toEqual([{ name: '陈组长' }])
})
