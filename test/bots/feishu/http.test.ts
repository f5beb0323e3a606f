import type { RequestListener } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { apiHttp, isLoopback } from '../../../bots/feishu/http.ts'
import { platform } from './support.ts'

function json(status: number, body: unknown, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
}

const path = '/open-apis/im/v1/messages'

describe('a call of the platform', () => {
  test('gives the body of a success', async () => {
    const domain = await platform(json(200, { code: 0, data: { message_id: 'om_1' } }))
    expect(await apiHttp(domain).request({ url: `${domain}${path}`, method: 'POST', data: {} })).toEqual({
      code: 0,
      data: { message_id: 'om_1' },
    })
  })

  test.each([
    ['HTTP 200 with a code', json(200, { code: 230002, msg: 'not in chat' }), { status: 200, code: 230002 }],
    ['an HTTP error with a code', json(400, { code: 230001, msg: 'params' }), { status: 400, code: 230001 }],
    ['HTTP 200 with no code', json(200, {}), { status: 200, code: undefined }],
    ['a page instead of JSON', json(200, '<html>login</html>'), { status: 200, code: undefined }],
    [
      'a limit',
      json(429, { code: 99991400 }, { 'x-ogw-ratelimit-reset': '12' }),
      { status: 429, resetSeconds: 12 },
    ],
    [
      'a limit without a time',
      json(429, { code: 99991400 }, { 'x-ogw-ratelimit-reset': 'soon' }),
      { resetSeconds: undefined },
    ],
  ])('turns %s into one kind of error', async (_name, answer, expected) => {
    const domain = await platform(answer)
    await expect(apiHttp(domain).post(`${domain}${path}?receive_id_type=chat_id`, {})).rejects.toMatchObject({
      name: 'FeishuApiError',
      message: expect.stringContaining(`POST ${path} was answered with HTTP`),
      ...expected,
    })
  })

  test('that is never answered ends in time', async () => {
    const domain = await platform(() => {})
    await expect(apiHttp(domain, 50).get(`${domain}${path}`)).rejects.toMatchObject({
      message: `GET ${path} got no answer (ECONNABORTED)`,
      status: undefined,
    })
  })

  test('follows no redirect, secret in hand', async () => {
    let followed = false
    const elsewhere = await platform((_request, response) => {
      followed = true
      response.end('{"code":0}')
    })
    const domain = await platform((_request, response) => {
      response.writeHead(307, { location: `${elsewhere}/` }).end()
    })
    await expect(apiHttp(domain).post(`${domain}${path}`, { app_secret: 's' })).rejects.toMatchObject({
      status: 307,
    })
    expect(followed).toBe(false)
  })

  test('keeps nothing of what was sent in its error', async () => {
    const domain = await platform(json(500, { code: 1, msg: 'internal' }))
    const call = apiHttp(domain).post(`${domain}${path}`, { app_secret: 'S3cr3t', content: '居民的秘密' })
    const error = await call.catch((thrown: unknown) => thrown)
    const everything =
      JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).stack)
    expect(everything).not.toMatch(/S3cr3t|秘密/)
  })

  test('to a server on this machine takes no proxy', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9')
    vi.stubEnv('http_proxy', 'http://127.0.0.1:9')
    onTestFinished(() => void vi.unstubAllEnvs())
    const domain = await platform(json(200, { code: 0 }))
    expect(await apiHttp(domain).get(`${domain}${path}`)).toEqual({ code: 0 })
  })

  test('to any other takes the proxy of the environment', async () => {
    const asked: (string | undefined)[] = []
    const proxy = await platform((request, response) => {
      asked.push(request.url)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"code":0}')
    })
    vi.stubEnv('HTTP_PROXY', proxy)
    vi.stubEnv('http_proxy', proxy)
    vi.stubEnv('NO_PROXY', '')
    vi.stubEnv('no_proxy', '')
    onTestFinished(() => void vi.unstubAllEnvs())
    const domain = 'http://feishu.example'
    expect(await apiHttp(domain).get(`${domain}${path}`)).toEqual({ code: 0 })
    expect(asked).toEqual([`${domain}${path}`])
  })

  test.each([
    ['http://127.0.0.1:8999', true],
    ['http://127.8.9.1', true],
    ['http://localhost:1', true],
    ['http://[::1]:1', true],
    ['https://open.feishu.cn', false],
    ['http://127.0.0.1.example.org', false],
  ])('%s is on this machine: %s', (domain, expected) => {
    expect(isLoopback(domain)).toBe(expected)
  })
})

describe('a download', () => {
  const request = { method: 'GET', responseType: 'stream', $return_headers: true } as const

  test('comes as a stream with its headers', async () => {
    const domain = await platform((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '3' }).end('abc')
    })
    const { data, headers } = await apiHttp(domain).request<{
      data: Readable
      headers: Record<string, string>
    }>({
      ...request,
      url: `${domain}${path}`,
    })
    expect(data).toBeInstanceOf(Readable)
    expect(await text(data)).toBe('abc')
    expect(headers['content-length']).toBe('3')
  })

  test.each([
    ['refused', json(400, { code: 234003, msg: 'File not in msg' }), 234003],
    ['refused with HTTP 200', json(200, { code: 234003, msg: 'File not in msg' }), 234003],
    ['broken', (_request, response) => void response.writeHead(502).end('Bad gateway'), undefined],
  ] satisfies [string, RequestListener, number | undefined][])(
    'that is %s is an error with its code',
    async (_name, answer, code) => {
      const domain = await platform(answer)
      await expect(apiHttp(domain).request({ ...request, url: `${domain}${path}` })).rejects.toMatchObject({
        name: 'FeishuApiError',
        code,
      })
    },
  )

  test('of a JSON file is a download all the same', async () => {
    const domain = await platform(
      json(200, { code: 7 }, { 'content-disposition': 'attachment; filename="data.json"' }),
    )
    const { data } = await apiHttp(domain).request<{ data: Readable }>({
      ...request,
      url: `${domain}${path}`,
    })
    expect(await text(data)).toBe('{"code":7}')
  })
})
