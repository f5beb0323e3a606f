import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import WebSocket from 'ws'
import { testApp, testClock, testGroup, testSandbox } from '../support/sandbox.ts'
import { sdkConnection } from './sdk.ts'

const quick = { answerWithinMs: 150, redeliverAfterMs: [30, 40, 50, 60] }

interface Received {
  event_id: string
  app_id: string
  create_time: string
  sender: { sender_id: { open_id: string }; sender_type: string }
  message: {
    message_id: string
    chat_type: string
    message_type: string
    content: string
    mentions?: object[]
  }
}

function collector() {
  const received: Received[] = []
  return { received, handlers: { 'im.message.receive_v1': (event: Received) => void received.push(event) } }
}

test('a message comes with its mentions and the platform’s own times', async () => {
  const clock = testClock()
  const sandbox = await testSandbox({ clock })
  const { lead, contact, group } = testGroup(sandbox)
  const { received, handlers } = collector()
  await sdkConnection(sandbox, handlers)
  const { bot } = sandbox.state()
  const sent = sandbox.sendText(group.chat_id, contact.open_id, `@${bot.name} 请 @${lead.name} 看`, {
    mentions: [bot.open_id, lead.open_id],
  })
  await sandbox.waitFor(() => received.length > 0)
  expect(received[0]).toMatchObject({
    app_id: testApp.app_id,
    create_time: String(clock.now()),
    sender: { sender_id: { open_id: contact.open_id }, sender_type: 'user' },
    message: {
      message_id: sent.message_id,
      chat_type: 'group',
      message_type: 'text',
      content: '{"text":"@_user_1 请 @_user_2 看"}',
      mentions: [
        { key: '@_user_1', id: { open_id: bot.open_id }, name: bot.name },
        { key: '@_user_2', id: { open_id: lead.open_id }, name: lead.name },
      ],
    },
  })
  expect(sent.content).toEqual({ text: `@${bot.name} 请 @${lead.name} 看` })
})

test('in a group the bot hears what mentions it, in private everything, with the permission all', async () => {
  const sandbox = await testSandbox()
  const { lead, contact, group } = testGroup(sandbox)
  const { received, handlers } = collector()
  await sdkConnection(sandbox, handlers)
  sandbox.sendText(group.chat_id, contact.open_id, `@${lead.name} 看一下`, { mentions: [lead.open_id] })
  const chat = sandbox.openP2p(contact.open_id)
  const inPrivate = sandbox.sendText(chat.chat_id, contact.open_id, '/mine')
  sandbox.setFaults({ groupMessages: true })
  const plain = sandbox.sendText(group.chat_id, contact.open_id, '收到')
  await sandbox.waitFor(() => received.length >= 2)
  await sandbox.waitFor(() => sandbox.pendingEvents() === 0)
  expect(received.map(({ message }) => message.message_id).sort()).toEqual(
    [inPrivate.message_id, plain.message_id].sort(),
  )
})

test('coming into a group, leaving it and its end are announced', async () => {
  const sandbox = await testSandbox()
  const seen: string[] = []
  const note = (type: string) => (event: { chat_id: string }) => void seen.push(`${type} ${event.chat_id}`)
  await sdkConnection(sandbox, {
    'im.chat.member.bot.added_v1': note('added'),
    'im.chat.member.bot.deleted_v1': note('deleted'),
    'im.chat.disbanded_v1': note('disbanded'),
  })
  const { group } = testGroup(sandbox)
  await sandbox.waitFor(() => seen.length === 1)
  sandbox.removeBot(group.chat_id)
  await sandbox.waitFor(() => seen.length === 2)
  sandbox.addBot(group.chat_id)
  await sandbox.waitFor(() => seen.length === 3)
  sandbox.dissolve(group.chat_id)
  await sandbox.waitFor(() => seen.length === 4)
  expect(seen).toEqual(['added', 'deleted', 'added', 'disbanded'].map((type) => `${type} ${group.chat_id}`))
})

test('an event that nobody answers comes four times more, with the same ids, and no more', async () => {
  const sandbox = await testSandbox({ timing: quick })
  const { contact } = testGroup(sandbox)
  const received: Received[] = []
  await sdkConnection(sandbox, {
    'im.message.receive_v1': (event: Received) => {
      received.push(event)
      throw new Error('the handler fails')
    },
  })
  await sandbox.waitFor(() => sandbox.pendingEvents() === 0)
  sandbox.sendText(sandbox.openP2p(contact.open_id).chat_id, contact.open_id, '收到')
  await sandbox.waitFor(() => received.length >= 5 && sandbox.pendingEvents() === 0, 'five deliveries')
  expect(received).toHaveLength(5)
  expect(new Set(received.map(({ event_id }) => event_id)).size).toBe(1)
  expect(new Set(received.map(({ message }) => message.message_id)).size).toBe(1)
})

test('an answer after the time is no answer', async () => {
  const sandbox = await testSandbox({ timing: quick })
  const { contact } = testGroup(sandbox)
  let calls = 0
  await sdkConnection(sandbox, {
    'im.message.receive_v1': async () => {
      calls += 1
      if (calls === 1) await new Promise((resolve) => setTimeout(resolve, 250))
    },
  })
  await sandbox.waitFor(() => sandbox.pendingEvents() === 0)
  sandbox.sendText(sandbox.openP2p(contact.open_id).chat_id, contact.open_id, '收到')
  await sandbox.waitFor(() => calls === 2 && sandbox.pendingEvents() === 0)
  expect(calls).toBe(2)
})

test('an event sent while the bot is away reaches it when it is back', async () => {
  const sandbox = await testSandbox({ timing: { redeliverAfterMs: [20, 50, 100, 200, 400, 800, 1600] } })
  const { contact } = testGroup(sandbox)
  sandbox.sendText(sandbox.openP2p(contact.open_id).chat_id, contact.open_id, '有人吗')
  const { received, handlers } = collector()
  await sdkConnection(sandbox, handlers)
  await sandbox.waitFor(() => received.length === 1)
})

test('fragments in any order, and duplicates, are put together by the SDK', async () => {
  const sandbox = await testSandbox()
  const { contact } = testGroup(sandbox)
  const { received, handlers } = collector()
  await sdkConnection(sandbox, handlers)
  const chat = sandbox.openP2p(contact.open_id)
  const text = '蔬菜滞销'.repeat(500)
  sandbox.setFaults({ fragments: 7 })
  sandbox.sendText(chat.chat_id, contact.open_id, text)
  await sandbox.waitFor(() => received.length === 1)
  expect(JSON.parse(received[0]?.message.content ?? '')).toEqual({ text })

  sandbox.setFaults({ fragments: 3, duplicateEvents: 3 })
  sandbox.sendText(chat.chat_id, contact.open_id, '再来')
  await sandbox.waitFor(() => received.length === 4)
  expect(new Set(received.slice(1).map(({ event_id }) => event_id)).size).toBe(1)
})

test('of several connections one gets each event', async () => {
  const sandbox = await testSandbox()
  const { contact } = testGroup(sandbox)
  const collectors = [collector(), collector(), collector()]
  for (const { handlers } of collectors) await sdkConnection(sandbox, handlers)
  expect(sandbox.connections()).toBe(3)
  const chat = sandbox.openP2p(contact.open_id)
  for (let n = 0; n < 30; n += 1) sandbox.sendText(chat.chat_id, contact.open_id, `${n}`)
  const total = () => collectors.reduce((sum, { received }) => sum + received.length, 0)
  await sandbox.waitFor(() => total() >= 30 && sandbox.pendingEvents() === 0)
  expect(total()).toBe(30)
  expect(collectors.filter(({ received }) => received.length > 0).length).toBeGreaterThan(1)
})

test('a dropped connection comes back by itself', async () => {
  const sandbox = await testSandbox({ timing: { reconnectIntervalSeconds: 0.05 } })
  const { contact } = testGroup(sandbox)
  const { received, handlers } = collector()
  await sdkConnection(sandbox, handlers)
  sandbox.dropConnections()
  await sandbox.waitFor(() => !sandbox.state().botOnline)
  await sandbox.waitFor(() => sandbox.state().botOnline, 'the reconnection')
  sandbox.sendText(sandbox.openP2p(contact.open_id).chat_id, contact.open_id, '收到')
  await sandbox.waitFor(() => received.length === 1)
})

test('a half-open connection is silent until the SDK’s own watchdog gives it up', async () => {
  const sandbox = await testSandbox({
    timing: { ...quick, redeliverAfterMs: [100, 200, 400, 800, 1600, 3200], pingIntervalSeconds: 0.2 },
  })
  const { contact } = testGroup(sandbox)
  const { received, handlers } = collector()
  await sdkConnection(sandbox, handlers, { pingTimeout: 0.1 })
  const discoveries = () => sandbox.calls().filter(({ route }) => route === '/callback/ws/endpoint').length
  sandbox.setFaults({ halfOpen: true })
  sandbox.sendText(sandbox.openP2p(contact.open_id).chat_id, contact.open_id, '收到')
  await sandbox.waitFor(() => discoveries() >= 2, 'a second discovery')
  expect(received).toEqual([])
  sandbox.setFaults({ halfOpen: false })
  await sandbox.waitFor(() => received.length === 1, 'the event after all')
})

test.each([
  { code: 1, withData: true, terminal: true },
  { code: 1000040350, withData: true, terminal: true },
  { code: 1000040343, withData: true, terminal: false },
  { code: 1, withData: false, terminal: false },
])('a discovery that fails with %j', async ({ code, withData, terminal }) => {
  const sandbox = await testSandbox({ timing: { reconnectIntervalSeconds: 0.05 } })
  const errors: Error[] = []
  const connection = await sdkConnection(sandbox, {}, { onError: (error) => errors.push(error) })
  sandbox.setFaults({ failDiscovery: { count: 1, status: 200, code, withData } })
  sandbox.dropConnections()
  if (terminal) {
    await sandbox.waitFor(() => errors.length > 0, 'the SDK giving up')
    expect(connection.getConnectionStatus().state).toBe('failed')
    expect(sandbox.connections()).toBe(0)
  } else {
    await sandbox.waitFor(() => connection.getConnectionStatus().state === 'connected', 'the reconnection')
    expect(errors).toEqual([])
  }
})

test('a wrong secret, a used or made-up ticket and a foreign path open no connection', async () => {
  const sandbox = await testSandbox()
  const discover = async (AppSecret: string) => {
    const answer = await fetch(`${sandbox.origin}/callback/ws/endpoint`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', locale: 'zh' },
      body: JSON.stringify({ AppID: testApp.app_id, AppSecret }),
    })
    return (await answer.json()) as { code: number; data: { URL: string } }
  }
  expect((await discover('wrong')).code).toBe(514)
  const { data } = await discover(testApp.app_secret)
  const first = new WebSocket(data.URL)
  onTestFinished(() => first.terminate())
  await new Promise((resolve) => first.once('open', resolve))
  const bad = [
    data.URL,
    `${sandbox.origin.replace('http', 'ws')}/ws/v2?ticket=x`,
    data.URL.replace('/ws/v2', '/ws'),
  ]
  for (const url of bad) {
    const refused = new WebSocket(url)
    await expect(
      new Promise((resolve, reject) => refused.once('open', resolve).once('error', reject)),
    ).rejects.toThrow(/Unexpected server response: 40/)
  }
})

test('garbage on the connection ends that connection and nothing else', async () => {
  const sandbox = await testSandbox()
  const { contact } = testGroup(sandbox)
  const { received, handlers } = collector()
  await sdkConnection(sandbox, handlers)
  const answer = await fetch(`${sandbox.origin}/callback/ws/endpoint`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ AppID: testApp.app_id, AppSecret: testApp.app_secret }),
  })
  const { data } = (await answer.json()) as { data: { URL: string } }
  for (const garbage of ['not a frame', Buffer.from([8, 1, 255, 255]), Buffer.alloc(5 * 1024 * 1024)]) {
    const socket = new WebSocket(data.URL)
    socket.on('error', () => undefined)
    socket.on('open', () => socket.send(garbage))
    await new Promise((resolve) => socket.once('close', resolve))
  }
  const { port } = new URL(sandbox.origin)
  for (const path of ['//', '/%', '/ws/v2?ticket=%E0', '//[', '*']) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`)
    await new Promise((resolve) => socket.once('data', resolve).once('close', resolve))
    socket.resetAndDestroy()
  }
  sandbox.sendText(sandbox.openP2p(contact.open_id).chat_id, contact.open_id, '还在')
  await sandbox.waitFor(() => received.length === 1)
})
