import { once } from 'node:events'
import { connect } from 'node:net'
import { Counter, Registry } from 'prom-client'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createHttpServer, type HttpServerOptions } from '../../src/http/server.ts'
import { createLogger } from '../../src/log.ts'

async function serve(options: Partial<HttpServerOptions> = {}) {
  const lines: string[] = []
  const log = createLogger({ level: 'info', to: { write: (line) => void lines.push(line) } })
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    log,
    ready: async () => ({ database: { ok: true } }),
    metrics: new Registry(),
    ...options,
  })
  const url = await server.start()
  onTestFinished(() => server.stop())
  return { url, lines, server }
}

test('healthz answers while the process lives', async () => {
  const { url } = await serve()
  const answer = await fetch(`${url}/healthz`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ ok: true })
})

test('readyz is 200 when all is usable, else 503 with which is not', async () => {
  const checks: Record<string, { ok: boolean; detail?: string }> = {
    database: { ok: true },
    redis: { ok: true },
  }
  const { url } = await serve({ ready: async () => checks })
  const well = await fetch(`${url}/readyz`)
  expect([well.status, await well.json()]).toEqual([200, { ok: true, checks }])
  checks.redis = { ok: false, detail: 'Redis is away (reconnecting)' }
  const ill = await fetch(`${url}/readyz`)
  expect([ill.status, await ill.json()]).toEqual([503, { ok: false, checks }])
})

test('a readiness check that throws or hangs is 503', async () => {
  const broken = await serve({
    ready: () => Promise.reject(new Error('SELECT 1 failed at /srv/secret/path')),
  })
  const failed = await fetch(`${broken.url}/readyz`)
  expect(failed.status).toBe(503)
  expect(await failed.text()).not.toContain('/srv/secret/path')
  expect(broken.lines.join('')).toContain('SELECT 1 failed')

  const hanging = await serve({ ready: () => new Promise(() => {}) })
  const late = await fetch(`${hanging.url}/readyz`)
  expect([late.status, await late.json()]).toEqual([
    503,
    { ok: false, checks: { checks: { ok: false, detail: 'no answer in time' } } },
  ])
})

test('metrics are Prometheus text', async () => {
  const metrics = new Registry()
  new Counter({ name: 'duban_deliveries_total', help: 'Deliveries', registers: [metrics] }).inc(3)
  const { url } = await serve({ metrics })
  const answer = await fetch(`${url}/metrics`)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(await answer.text()).toContain('duban_deliveries_total 3')
})

test.each(['application/json; charset=utf-8', 'text/plain', undefined])(
  'the webhook gets the bytes as they came (%s)',
  async (type) => {
    const webhook = vi.fn(async () => ({ status: 200, body: { challenge: 'abc' } }))
    const { url } = await serve({ webhook })
    const bytes = Buffer.from('{"b" : 1,  "text":"收到", broken')
    const headers: Record<string, string> = {
      'x-lark-signature': 'sig',
      ...(type ? { 'content-type': type } : {}),
    }
    const answer = await fetch(`${url}/webhook/feishu`, { method: 'POST', body: bytes, headers })
    expect([answer.status, await answer.json()]).toEqual([200, { challenge: 'abc' }])
    expect(webhook).toHaveBeenCalledWith(bytes, expect.objectContaining({ 'x-lark-signature': 'sig' }))
  },
)

test('the webhook hands on the status, and an empty body as one of no bytes', async () => {
  const webhook = vi.fn(async () => ({ status: 401, body: { error: 'bad signature' } }))
  const { url } = await serve({ webhook })
  const answer = await fetch(`${url}/webhook/feishu`, { method: 'POST' })
  expect([answer.status, await answer.json()]).toEqual([401, { error: 'bad signature' }])
  expect(webhook).toHaveBeenCalledWith(Buffer.alloc(0), expect.anything())
})

test('a body over 256 KiB is refused, one of 256 KiB is not', async () => {
  const webhook = vi.fn(async () => ({ status: 200, body: {} }))
  const { url } = await serve({ webhook })
  const post = (bytes: number) =>
    fetch(`${url}/webhook/feishu`, { method: 'POST', body: Buffer.alloc(bytes, 'x') })
  expect((await post(256 * 1024)).status).toBe(200)
  const refused = await post(256 * 1024 + 1)
  expect(refused.status).toBe(413)
  expect(await refused.json()).toEqual({ error: expect.stringMatching(/too large/) })
  expect(webhook).toHaveBeenCalledTimes(1)
})

test('an error inside is 500 without a word of it, and is logged', async () => {
  const webhook = async () => {
    throw new Error('SQLITE_BUSY in table people')
  }
  const { url, lines } = await serve({ webhook })
  const answer = await fetch(`${url}/webhook/feishu`, { method: 'POST', body: '{}' })
  expect(answer.status).toBe(500)
  const text = await answer.text()
  expect(text).not.toMatch(/SQLITE|people|\.ts/)
  expect(JSON.parse(text)).toEqual({ error: expect.any(String) })
  const line = JSON.parse(lines.at(-1) ?? '')
  expect(line).toMatchObject({
    level: 'error',
    method: 'POST',
    route: '/webhook/feishu',
    msg: 'a request failed',
  })
  expect(line.err.message).toBe('SQLITE_BUSY in table people')
})

test('what is not there is 404, as is the webhook where there is none', async () => {
  const { url } = await serve()
  for (const [method, path] of [
    ['GET', '/'],
    ['POST', '/webhook/feishu'],
    ['GET', '/healthz/x'],
    ['POST', '/healthz'],
  ] as const) {
    const answer = await fetch(url + path, { method })
    expect([answer.status, await answer.json()], path).toEqual([404, { error: 'there is nothing here' }])
  }
})

test('more routes can be mounted, with JSON bodies and errors as JSON', async () => {
  const { url } = await serve({
    routes: [(app) => void app.post('/api/v1/echo', async (request) => ({ got: request.body }))],
    webhook: async () => ({ status: 200, body: {} }),
  })
  const post = (body: string) =>
    fetch(`${url}/api/v1/echo`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  expect(await (await post('{"a":1}')).json()).toEqual({ got: { a: 1 } })
  const bad = await post('{"a":')
  expect([bad.status, await bad.json()]).toEqual([400, { error: expect.stringMatching(/JSON/i) }])
})

test('what is no HTTP gets 400 and does no harm', async () => {
  const { url } = await serve()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write('\x16\x03\x01 nonsense\r\n\r\n')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 400/)
  socket.destroy()
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('a port that is taken is an error at the start', async () => {
  const { url } = await serve()
  const port = Number(new URL(url).port)
  await expect(serve({ port })).rejects.toThrow(/EADDRINUSE/)
})

test('stop answers the request under way and takes no new one', async () => {
  const { promise: mayAnswer, resolve: letAnswer } = Promise.withResolvers<void>()
  const { promise: began, resolve: begin } = Promise.withResolvers<void>()
  async function webhook() {
    begin()
    await mayAnswer
    return { status: 200, body: { ok: true } }
  }
  const { url, server } = await serve({ webhook })
  const underWay = fetch(`${url}/webhook/feishu`, { method: 'POST', body: '{}' })
  await began
  const stopped = server.stop()
  const status = () =>
    fetch(`${url}/healthz`).then(
      ({ status }) => status,
      () => 'refused',
    )
  await vi.waitFor(async () => expect([503, 'refused']).toContain(await status()), { timeout: 5_000 })
  letAnswer()
  expect((await underWay).status).toBe(200)
  await stopped
})

test('stop does not wait for ever for an answer', async () => {
  const { promise: began, resolve: begin } = Promise.withResolvers<void>()
  const { url, server } = await serve({
    webhook: () => {
      begin()
      return new Promise(() => {})
    },
  })
  const cut = expect(fetch(`${url}/webhook/feishu`, { method: 'POST', body: '{}' })).rejects.toThrow()
  await began
  await server.stop(50)
  await cut
})

test('a login page is served as the bot makes it, and its token is never logged', async () => {
  const loginPage = vi.fn(async (token: string | undefined) => {
    if (token === 'fails') throw new Error('no page')
    return { status: token ? 200 : 403, headers: { 'x-made-by': 'bot' }, body: '<p>页</p>' }
  })
  const { url, lines } = await serve({ loginPage })
  const answer = await fetch(`${url}/wechat/login?token=a-b`)
  expect([answer.status, answer.headers.get('x-made-by'), await answer.text()]).toEqual([
    200,
    'bot',
    '<p>页</p>',
  ])
  for (const query of ['', '?token=a&token=b']) {
    expect((await fetch(`${url}/wechat/login${query}`)).status).toBe(403)
  }
  expect((await fetch(`${url}/wechat/login?token=fails`)).status).toBe(500)
  expect(lines.join('')).toContain('no page')
  expect(lines.join('')).not.toContain('token=')
  expect((await fetch(`${(await serve()).url}/wechat/login?token=a-b`)).status).toBe(404)
})
