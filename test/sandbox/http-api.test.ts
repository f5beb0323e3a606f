import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { SandboxEvent, SandboxMessage, SandboxState } from '../../sandbox/api.ts'
import { startSandbox } from '../../sandbox/server/index.ts'
import { testApp, testClock, testGroup, testSandbox } from '../support/sandbox.ts'
import { buttonCard, cardMessage, sdkClient, sdkConnection } from './sdk.ts'

function pageClient(origin: string) {
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${origin}/sandbox/api${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    })
    return { status: answer.status, body: (await answer.json()) as never }
  }
  return {
    get: async <T>(path: string): Promise<T> => (await call('GET', path)).body,
    post: (path: string, body: unknown) => call('POST', path, body),
  }
}

/** Reads the page's stream into a list that grows. */
async function stream(origin: string): Promise<SandboxEvent[]> {
  const events: SandboxEvent[] = []
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const answer = await fetch(`${origin}/sandbox/api/stream`, { signal: abort.signal })
  const decoder = new TextDecoder()
  const read = async () => {
    let text = ''
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const lines = text.split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)))
    }
  }
  read().catch(() => undefined)
  return events
}

test('the page sends, reads, presses and sees it all in its stream', async () => {
  const sandbox = await testSandbox()
  const { lead, contact, group } = testGroup(sandbox)
  const page = pageClient(sandbox.origin)
  await sdkConnection(sandbox, {
    'card.action.trigger': () => ({ toast: { type: 'info', content: '好' } }),
  } as never)
  const events = await stream(sandbox.origin)
  const client = sdkClient(sandbox)
  const sent = await client.im.v1.message.create(cardMessage(group.chat_id, buttonCard({ v: 1 }, '交办通知')))

  const state = await page.get<SandboxState>('/state')
  expect(state).toMatchObject({ botOnline: true, bot: { name: testApp.botName } })
  expect(state.chats[0]).toMatchObject({
    last: { sender: state.bot.open_id, preview: '[卡片] 交办通知' },
    unread: {
      [lead.open_id]: { count: 1, mentioned: false },
      [contact.open_id]: { count: 1, mentioned: false },
    },
  })

  expect(await page.post(`/chats/${group.chat_id}/read`, { person: lead.open_id })).toEqual({
    status: 200,
    body: {},
  })
  const written = await page.post(`/chats/${group.chat_id}/messages`, {
    sender: contact.open_id,
    text: `@${lead.name} 收到`,
    mentions: [lead.open_id],
  })
  expect(written).toMatchObject({
    status: 200,
    body: { sender: contact.open_id, content: { text: '@张组长 收到' } },
  })
  const pressed = await page.post(`/messages/${sent.data?.message_id}/action`, {
    operator: contact.open_id,
    value: { v: 1 },
  })
  expect(pressed).toEqual({ status: 200, body: { toast: { type: 'info', content: '好' } } })

  const messages = await page.get<SandboxMessage[]>(`/chats/${group.chat_id}/messages`)
  expect(messages.map(({ msg_type }) => msg_type)).toEqual(['interactive', 'text'])
  expect((await page.get<SandboxState>('/state')).chats[0]?.unread).toEqual({
    [lead.open_id]: { count: 1, mentioned: true },
    [contact.open_id]: { count: 0, mentioned: false },
  })
  await sandbox.waitFor(() => events.filter(({ type }) => type === 'message').length === 2)
  expect(events.map(({ type }) => type)).toContain('chat')
})

test('the stream tells of changed cards, the clock and the bot’s coming and going', async () => {
  const clock = testClock()
  const sandbox = await testSandbox({ clock })
  const { group } = testGroup(sandbox)
  const events = await stream(sandbox.origin)
  const client = sdkClient(sandbox)
  const sent = await client.im.v1.message.create(cardMessage(group.chat_id, buttonCard({ v: 1 })))
  await client.im.v1.message.patch({
    path: { message_id: sent.data?.message_id ?? '' },
    data: { content: JSON.stringify(buttonCard({ v: 2 })) },
  })
  const page = pageClient(sandbox.origin)
  const before = clock.now()
  const moved = await page.post('/clock', { control: 'hour' })
  expect(moved.body).toMatchObject({ now: before + 60 * 60_000, timezone: 'Asia/Shanghai' })
  await sdkConnection(sandbox, {})
  sandbox.dropConnections()
  const seen = (wanted: Partial<SandboxEvent> & object) =>
    events.some((event) => Object.entries(wanted).every(([key, value]) => event[key as 'type'] === value))
  await sandbox.waitFor(() => seen({ type: 'bot', online: true }) && seen({ type: 'bot', online: false }))
  expect(events.find(({ type }) => type === 'message-updated')).toMatchObject({
    message: { message_id: sent.data?.message_id, content: buttonCard({ v: 2 }) },
  })
  expect(events.find(({ type }) => type === 'clock')).toMatchObject({ clock: moved.body })
})

test('what is wrong is said, and nothing is changed', async () => {
  const sandbox = await testSandbox()
  const { lead, group } = testGroup(sandbox)
  const page = pageClient(sandbox.origin)
  const messages = `/chats/${group.chat_id}/messages`
  const cases: [string, unknown, number, RegExp][] = [
    [messages, '{"sender"', 400, /not JSON/],
    [messages, {}, 400, /sender/],
    [messages, { sender: 'ou_x', text: 'hi' }, 400, /ou_x is not in the chat/],
    [messages, { sender: lead.open_id }, 400, /either text or a file/],
    [messages, { sender: lead.open_id, text: ' ' }, 400, /empty/],
    [messages, { sender: lead.open_id, text: 'hi', mentions: [lead.open_id] }, 400, /does not contain/],
    [messages, { sender: lead.open_id, text: 'hi', reply_to: 'om_x' }, 404, /no such message/],
    [messages, { sender: lead.open_id, file: { name: 'a', type: 'image', base64: 'aGk=' } }, 400, /no image/],
    [messages, { sender: lead.open_id, file: { name: 'a', type: 'file', base64: '%%%' } }, 400, /base64/],
    [messages, { sender: lead.open_id, text: 'hi', more: 1 }, 400, /more/],
    ['/chats/oc_x/messages', { sender: lead.open_id, text: 'hi' }, 404, /no such chat/],
    ['/messages/om_x/action', { operator: lead.open_id, value: {} }, 404, /no such message/],
    ['/clock', { control: 'year' }, 400, /no control year/],
    ['/faults', { rateLimitNext: 'many' }, 400, /rateLimitNext/],
    ['/faults', [], 400, /object/],
  ]
  for (const [path, body, status, why] of cases) {
    const answer = await page.post(path, body)
    expect({ path, body, status: answer.status }).toEqual({ path, body, status })
    expect((answer.body as { error: string }).error).toMatch(why)
  }
  expect(sandbox.messages(group.chat_id)).toEqual([])
})

test('no garbage, anywhere, is more than an error', async () => {
  const sandbox = await testSandbox({ limits: { apiPerSecond: 100_000, apiPerMinute: 100_000 } })
  const { contact, group } = testGroup(sandbox)
  const token = await sdkClient(sandbox).tokenManager.getTenantAccessToken()
  const { message_id } = sandbox.sendText(group.chat_id, contact.open_id, '一')
  const paths = [
    '/open-apis/im/v1/messages?receive_id_type=chat_id',
    `/open-apis/im/v1/messages/${message_id}/reply`,
    '/open-apis/im/v1/files',
    '/open-apis/im/v1/images',
    '/open-apis/interactive/v1/card/update',
    '/open-apis/auth/v3/tenant_access_token/internal',
    '/callback/ws/endpoint',
    `/sandbox/api/chats/${group.chat_id}/messages`,
    `/sandbox/api/messages/${message_id}/action`,
    '/sandbox/api/faults',
  ]
  const type = fc.constantFrom(
    'application/json',
    'multipart/form-data; boundary=x',
    'text/plain',
    'multipart/form-data',
  )
  const body = fc.oneof(fc.json(), fc.string(), fc.constant(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), type, body, async (path, contentType, sent) => {
      const answer = await fetch(sandbox.origin + path, {
        method: 'POST',
        headers: { 'content-type': contentType, authorization: `Bearer ${token}` },
        body: sent,
      })
      await answer.arrayBuffer()
      expect(answer.status).toBeLessThan(500)
    }),
    { numRuns: 300 },
  )
  expect(sandbox.messages(group.chat_id)).toHaveLength(1)
})

test('the page comes as plain JavaScript, and only what it may import from node_modules', async () => {
  const sandbox = await testSandbox()
  const get = async (path: string) => {
    const answer = await fetch(sandbox.origin + path)
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      text: await answer.text(),
    }
  }
  expect(await get('/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' })
  const script = await get('/time.ts')
  expect(script).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' })
  expect(() => new Function(script.text.replace(/^import .*$/gm, '').replace(/^export /gm, ''))).not.toThrow()
  for (const path of [
    '/modules/lit-html/lit-html.js',
    '/modules/markdown-it/dist/browser/markdown-it.esm.min.mjs',
    '/modules/@visactor/vchart/build/index.min.js',
  ]) {
    expect(await get(path)).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' })
  }
  for (const path of [
    '/modules/pino/pino.js',
    '/modules/lit-html/%2e%2e/pino/pino.js',
    '/modules/lit-html/..%2f..%2fpackage.json',
    '/%2e%2e/server/index.ts',
    '/..%2fserver%2findex.ts',
    '/..%5cserver%5cindex.ts',
    '/nothing.ts',
    '/%00.ts',
    '/style',
  ]) {
    expect({ path, status: (await get(path)).status }).toEqual({ path, status: 404 })
  }
})

test.each([
  [{ host: '0.0.0.0' }, /no loopback/],
  [{ apps: [] }, /apps is empty/],
  [{ apps: [{ ...testApp, app_id: 'duban' }] }, /not cli_/],
  [{ apps: [testApp, testApp] }, /share an app_id/],
  [{ apps: [{ ...testApp, webhookUrl: 'nowhere' }] }, /is no URL/],
])('the options %j are refused', async (options, why) => {
  await expect(startSandbox({ apps: [testApp], ...options })).rejects.toThrow(why)
})

test('stop is quick and can be asked for twice, with streams and connections open', async () => {
  const sandbox = await testSandbox()
  testGroup(sandbox)
  await stream(sandbox.origin)
  await sdkConnection(sandbox, {})
  await Promise.all([sandbox.stop(), sandbox.stop()])
  await expect(fetch(sandbox.url)).rejects.toThrow()
})
