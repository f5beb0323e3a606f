import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import * as Lark from '@larksuiteoapi/node-sdk'
import { expect, onTestFinished, test } from 'vitest'
import { testApp, testGroup, testSandbox } from '../support/sandbox.ts'
import { buttonCard, cardMessage, type Handlers, quietLogger, sdkClient } from './sdk.ts'

const secrets = { encryptKey: 'kite', verificationToken: 'token-of-the-app' }
const timing = { answerWithinMs: 200, redeliverAfterMs: [20, 30, 40, 50] }

interface Request {
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
}

/** A webhook on the real SDK's dispatcher; it answers `status` to the first `failing` requests. */
async function webhook(handlers: Handlers, { keys = secrets, failing = 0 } = {}) {
  const requests: Request[] = []
  const dispatcher = new Lark.EventDispatcher({ ...keys, logger: quietLogger }).register(handlers)
  const server = createServer(async (request, response) => {
    const body = await json(request)
    requests.push({ headers: request.headers, body: body as Request['body'] })
    const data = Object.assign(Object.create({ headers: request.headers }), body)
    try {
      if (requests.length <= failing) throw new Error('the webhook fails')
      const { isChallenge, challenge } = Lark.generateChallenge(data, keys)
      response.end(JSON.stringify(isChallenge ? challenge : await dispatcher.invoke(data)))
    } catch {
      response.writeHead(500).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/event`, requests }
}

test('events come encrypted and signed, as the SDK checks them', async () => {
  const heard: { message: { content: string } }[] = []
  const hook = await webhook({ 'im.message.receive_v1': (event: never) => void heard.push(event) })
  const sandbox = await testSandbox({ apps: [{ ...testApp, ...secrets, webhookUrl: hook.url }], timing })
  expect(sandbox.state().botOnline).toBe(true)
  expect(await sandbox.verifyWebhook()).toBe(true)
  const { contact } = testGroup(sandbox)
  sandbox.sendText(sandbox.openP2p(contact.open_id).chat_id, contact.open_id, '收到，马上办')
  await sandbox.waitFor(() => heard.length === 1)
  expect(heard[0]?.message.content).toBe('{"text":"收到，马上办"}')
  const event = hook.requests.at(-1)
  expect(Object.keys(event?.body ?? {})).toEqual(['encrypt'])
  expect(event?.headers).toMatchObject({
    'x-lark-request-timestamp': expect.stringMatching(/^\d{10}$/),
    'x-lark-request-nonce': expect.any(String),
    'x-lark-signature': expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})

test('without a key they come plain, with the verification token', async () => {
  const keys = { encryptKey: '', verificationToken: 'token-of-the-app' }
  const hook = await webhook({}, { keys })
  const sandbox = await testSandbox({ apps: [{ ...testApp, ...keys, webhookUrl: hook.url }], timing })
  testGroup(sandbox)
  await sandbox.waitFor(() => hook.requests.length === 1)
  expect(hook.requests[0]?.body).toMatchObject({
    schema: '2.0',
    header: { token: 'token-of-the-app', event_type: 'im.chat.member.bot.added_v1' },
  })
})

test('a webhook with another key does not prove itself', async () => {
  const hook = await webhook({}, { keys: { ...secrets, encryptKey: 'other' } })
  const sandbox = await testSandbox({ apps: [{ ...testApp, ...secrets, webhookUrl: hook.url }], timing })
  expect(await sandbox.verifyWebhook()).toBe(false)
})

test('what fails is brought again', async () => {
  const heard: { event_id: string }[] = []
  const hook = await webhook(
    { 'im.chat.member.bot.added_v1': (event: never) => void heard.push(event) },
    { failing: 2 },
  )
  const sandbox = await testSandbox({ apps: [{ ...testApp, ...secrets, webhookUrl: hook.url }], timing })
  testGroup(sandbox)
  await sandbox.waitFor(() => heard.length === 1 && sandbox.pendingEvents() === 0)
  expect(hook.requests).toHaveLength(3)
})

test('a click’s answer is in the webhook’s answer', async () => {
  const hook = await webhook({
    'card.action.trigger': () => ({
      toast: { type: 'info', content: '好' },
      card: { type: 'raw', data: buttonCard({ v: 2 }) },
    }),
  })
  const sandbox = await testSandbox({ apps: [{ ...testApp, ...secrets, webhookUrl: hook.url }], timing })
  const { contact, group } = testGroup(sandbox)
  const sent = await sdkClient(sandbox).im.v1.message.create(cardMessage(group.chat_id, buttonCard({ v: 1 })))
  const message = sent.data?.message_id ?? ''
  const click = { operator: contact.open_id, value: { v: 1 } }
  expect(await sandbox.act(message, click)).toEqual({ toast: { type: 'info', content: '好' } })
  expect(sandbox.message(message).content).toEqual(buttonCard({ v: 2 }))
  sandbox.setWebhook('http://127.0.0.1:1/nobody')
  expect(await sandbox.act(message, { ...click, value: { v: 2 } })).toMatchObject({ error: 200342 })
})
