import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { Registry } from 'prom-client'
import { createWebhook, type WebhookHandler } from '../../bots/feishu/webhook.ts'
import { serveIntake } from '../../src/http/intake.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { createLogger } from '../../src/log.ts'
import { damaged, mutated, plainText } from './arbitraries.ts'
import type { QuietCity } from './quiet-city.ts'

const token = 'a-token-of-the-fuzz'
const keys = { encryptKey: 'the-encrypt-key', verificationToken: 'the-verification-token' }

export interface Posted {
  path: string
  body: Buffer
  type: string
  authorization: string | undefined
  isSigned: boolean
}

/** Bytes for every way in over HTTP: what is asked for, that bent, and anything else. */
export function postedTo(events: readonly object[], item: object): fc.Arbitrary<Posted> {
  const good = [item, [item, item], ...events]
  const body = fc.oneof(
    ...good.map((json) => mutated(json).map((bent) => Buffer.from(JSON.stringify(bent) ?? ''))),
    ...good.map((json) => damaged(Buffer.from(JSON.stringify(json)))),
    plainText.map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc
      .tuple(fc.constantFrom('[', '{"a":', '[[],', '"', '9', '{"__proto__":'), fc.nat(90_000))
      .map(([one, times]) => Buffer.from(one.repeat(times))),
  )
  return fc.record({
    path: fc.constantFrom('/api/v1/items', '/webhook/feishu', '/api/v1/items/1', '/nowhere'),
    body,
    type: fc.constantFrom('application/json', 'application/json; charset=gbk', 'text/plain', 'a/b;'),
    authorization: fc.constantFrom(`Bearer ${token}`, `bearer  ${token} `, 'Bearer x', undefined),
    isSigned: fc.boolean(),
  })
}

export interface HttpDoor {
  /** Whether it comes with a right to say something, and how it was answered. */
  post(posted: Posted): Promise<{ mayAct: boolean; status: number; text: string }>
  close(): Promise<void>
}

/** The bot's own HTTP server, with the intake API and the webhook. */
export async function openDoor(
  { app }: QuietCity,
  dispatcher: Parameters<typeof createWebhook>[1]['dispatcher'],
): Promise<HttpDoor> {
  const log = createLogger({ level: 'fatal' })
  const webhook: WebhookHandler = createWebhook(keys, { dispatcher, log, now: Date.now })
  const http = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    log,
    ready: async () => ({}),
    metrics: new Registry(),
    webhook,
    routes: [
      serveIntake({
        app,
        tokens: [{ name: 'fuzz', hash: createHash('sha256').update(token).digest(), private: false }],
        limiter: { take: async () => 0, block: async () => {} },
      }),
    ],
  })
  const url = await http.start()
  return {
    async post({ path, body, type, authorization, isSigned }) {
      const headers = { 'content-type': type, ...(authorization && { authorization }) }
      const signature = isSigned ? signatureOf(body) : {}
      const answer = await fetch(url + path, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { ...headers, ...signature },
      })
      const knows = authorization?.includes(token) === true && path.startsWith('/api/')
      return { mayAct: knows, status: answer.status, text: await answer.text() }
    },
    close: () => http.stop(0),
  }
}

function signatureOf(body: Buffer): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const hash = createHash('sha256').update(`${timestamp}nonce${keys.encryptKey}`).update(body)
  return {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': 'nonce',
    'x-lark-signature': hash.digest('hex'),
  }
}

/** Such an event, as Feishu sends it. */
export function tokened<Event extends { header: object }>(event: Event): Event {
  return { ...event, header: { ...event.header, token: keys.verificationToken } }
}
