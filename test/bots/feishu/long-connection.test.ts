import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import { testApp, testGroup, testSandbox } from '../../support/sandbox.ts'
import { botFor, configFor, recorder } from './support.ts'

const quick = { firstPauseMs: 20, longestPauseMs: 100 }

describe('the long connection', () => {
  test('is healthy while it holds, and comes back after a cut', async () => {
    const sandbox = await testSandbox()
    const bot = botFor(configFor(sandbox))
    expect(bot.health()).toEqual({ ok: false, detail: 'not started' })
    await bot.start(recorder().handle)
    await sandbox.waitFor(() => sandbox.state().botOnline, 'the bot')
    expect(bot.health()).toEqual({ ok: true })
    sandbox.dropConnections()
    await sandbox.waitFor(() => !bot.health().ok, 'the loss to be noticed')
    await sandbox.waitFor(() => sandbox.state().botOnline && bot.health().ok, 'the bot again')
    expect(sandbox.connections()).toBe(1)
  })

  test('that fell silent is noticed and replaced', async () => {
    const sandbox = await testSandbox({ timing: { pingIntervalSeconds: 0.2 } })
    const bot = botFor(configFor(sandbox), { connectionTiming: { ...quick, pingTimeoutSeconds: 0.2 } })
    const { incoming, handle } = recorder()
    await bot.start(handle)
    await sandbox.waitFor(() => sandbox.state().botOnline, 'the bot')
    sandbox.setFaults({ halfOpen: true })
    await sandbox.waitFor(() => !bot.health().ok, 'the silence to be noticed')
    sandbox.setFaults({ halfOpen: false })
    await sandbox.waitFor(() => sandbox.state().botOnline && bot.health().ok, 'the bot again')
    testGroup(sandbox)
    await sandbox.waitFor(() => incoming.length > 0, 'an event over the new connection')
  })

  test.each([
    ['refused for good', { status: 200, code: 514, withData: true }],
    ['refused as busy', { status: 200, code: 1, withData: true }],
    ['refused for now', { status: 200, code: 1000040343, withData: true }],
    ['refused without data', { status: 200, code: 1000040351, withData: false }],
    ['down', { status: 503, code: 1, withData: false }],
  ])('that is %s is tried again', async (_name, failure) => {
    const sandbox = await testSandbox()
    sandbox.setFaults({ failDiscovery: { count: 3, ...failure } })
    const bot = botFor(configFor(sandbox), { connectionTiming: quick })
    await bot.start(recorder().handle)
    await sandbox.waitFor(() => sandbox.state().botOnline && bot.health().ok, 'the bot')
    expect(bot.logText()).toContain('long connection failed')
  })

  test('to a platform that is away lets the start go on, and says what is wrong', async () => {
    const bot = botFor(configFor({ origin: 'http://127.0.0.1:9' }), {
      connectionTiming: { ...quick, startMs: 200 },
    })
    await bot.start(recorder().handle)
    expect(bot.health()).toMatchObject({ ok: false, detail: expect.stringContaining('ECONNREFUSED') })
  })

  test('of an app id that the SDK silently refuses is not thought to be up', async () => {
    const sandbox = await testSandbox()
    const bot = botFor(
      { ...configFor(sandbox), appId: 'cli_short' },
      { connectionTiming: { ...quick, startMs: 500 } },
    )
    await bot.start(recorder().handle)
    expect(bot.health()).toMatchObject({ ok: false, detail: expect.stringContaining('gave up') })
  })

  test.each([
    ['is refused', (socket: Duplex) => void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')],
    ['hangs', () => {}],
  ])('whose handshake %s is not thought to be up', async (_name, onUpgrade) => {
    const bot = botFor(configFor({ origin: await platformThatOnlyDiscovers(onUpgrade) }), {
      connectionTiming: { ...quick, handshakeMs: 100, startMs: 1_000 },
    })
    await bot.start(recorder().handle)
    expect(bot.health().ok).toBe(false)
    expect(bot.logText()).toContain('the handshake failed')
  })

  test('puts split events together', async () => {
    const sandbox = await testSandbox()
    const bot = botFor(configFor(sandbox))
    const { incoming, handle } = recorder()
    await bot.start(handle)
    await sandbox.waitFor(() => sandbox.state().botOnline, 'the bot')
    sandbox.setFaults({ fragments: 7, groupMessages: true })
    const { group, contact } = testGroup(sandbox)
    const text = '已解决。'.repeat(500)
    sandbox.sendText(group.chat_id, contact.open_id, text)
    await sandbox.waitFor(() => incoming.some((one) => one.kind === 'text' && one.text === text), 'the text')
  })

  test('is given up when the bot stops, connected or not', async () => {
    const sandbox = await testSandbox()
    const bot = botFor(configFor(sandbox))
    await bot.start(recorder().handle)
    await sandbox.waitFor(() => sandbox.state().botOnline, 'the bot')
    await bot.stop()
    await sandbox.waitFor(() => sandbox.connections() === 0, 'the end of the connection')
    expect(bot.health()).toMatchObject({ ok: false })
    await expect(bot.start(recorder().handle)).rejects.toThrow('already started')
  })

  test('of two bots brings each event to one', async () => {
    const sandbox = await testSandbox({ apps: [testApp] })
    const { incoming, handle } = recorder()
    for (const bot of [botFor(configFor(sandbox)), botFor(configFor(sandbox))]) await bot.start(handle)
    await sandbox.waitFor(() => sandbox.connections() === 2 && sandbox.state().botOnline, 'both bots')
    testGroup(sandbox)
    await sandbox.waitFor(() => sandbox.pendingEvents() === 0, 'the acknowledgement')
    expect(incoming).toHaveLength(1)
  })
})

/** Gives out the address of a long connection, and does with those who come there what it is told. */
async function platformThatOnlyDiscovers(onUpgrade: (socket: Duplex) => void): Promise<string> {
  const server = createServer((_request, response) => {
    const { port } = server.address() as AddressInfo
    const ClientConfig = { PingInterval: 90, ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0 }
    const data = { URL: `ws://127.0.0.1:${port}/ws/v2?fpid=1&service_id=1`, ClientConfig }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ code: 0, data }))
  })
  const sockets = new Set<Duplex>()
  server.on('upgrade', (_request, socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onUpgrade(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
