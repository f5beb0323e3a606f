import { expect, test } from 'vitest'
import { testApp, testGroup, testSandbox } from '../support/sandbox.ts'
import { refusalOf, sdkClient, textMessage } from './sdk.ts'

const tokenPath = '/open-apis/auth/v3/tenant_access_token/internal'

test('the SDK takes one token and keeps it', async () => {
  const sandbox = await testSandbox()
  const { group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  await client.im.v1.message.create(textMessage(group.chat_id, '一'))
  await client.im.v1.message.create(textMessage(group.chat_id, '二'))
  expect(sandbox.calls().filter(({ path }) => path === tokenPath)).toHaveLength(1)
})

test('a wrong secret gives no token, and no secret stands in the log of calls', async () => {
  const sandbox = await testSandbox()
  const { group } = testGroup(sandbox)
  const client = sdkClient(sandbox, { ...testApp, app_secret: 'guessed' })
  await expect(client.im.v1.message.create(textMessage(group.chat_id, '一'))).rejects.toThrow()
  expect(sandbox.messages(group.chat_id)).toEqual([])
  expect(JSON.stringify(sandbox.calls())).not.toContain('guessed')
})

test.each([
  [{ app_id: testApp.app_id, app_secret: 'wrong' }, 10014],
  [{ app_id: 'cli_0000000000000000', app_secret: testApp.app_secret }, 10003],
  [{}, 10003],
  ['text', 10003],
  [[], 10003],
])('the token for %j is refused with %i', async (body, code) => {
  const sandbox = await testSandbox()
  const answer = await fetch(sandbox.origin + tokenPath, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(await answer.json()).toMatchObject({ code })
})

test('a call without a token, with a made-up one, or after the tokens were revoked is refused', async () => {
  const sandbox = await testSandbox()
  const { group } = testGroup(sandbox)
  const path = `${sandbox.origin}/open-apis/im/v1/chats`
  expect(await (await fetch(path)).json()).toMatchObject({ code: 99991661 })
  const madeUp = await fetch(path, { headers: { authorization: 'Bearer t-madeup' } })
  expect(await madeUp.json()).toMatchObject({ code: 99991663 })

  const client = sdkClient(sandbox)
  await client.im.v1.message.create(textMessage(group.chat_id, '一'))
  sandbox.revokeTokens()
  const refused = await refusalOf(client.im.v1.message.create(textMessage(group.chat_id, '二')))
  expect(refused).toMatchObject({ status: 400, code: 99991663 })
})

test('a token ends with its life', async () => {
  const sandbox = await testSandbox({ timing: { tokenLifeSeconds: 0.2 } })
  const answer = await fetch(sandbox.origin + tokenPath, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: testApp.app_id, app_secret: testApp.app_secret }),
  })
  const { tenant_access_token } = (await answer.json()) as { tenant_access_token: string }
  const chats = () =>
    fetch(`${sandbox.origin}/open-apis/im/v1/chats`, {
      headers: { authorization: `Bearer ${tenant_access_token}` },
    }).then((response) => response.json() as Promise<{ code: number }>)
  expect((await chats()).code).toBe(0)
  await expect.poll(async () => (await chats()).code).toBe(99991663)
})
