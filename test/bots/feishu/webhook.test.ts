import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { WebhookAnswer } from '../../../bots/feishu/webhook.ts'
import { createWebhook } from '../../../bots/feishu/webhook.ts'
import { encryptKey, memoryLog, verificationToken } from './support.ts'

const now = 1_763_700_000_000

const event = {
  schema: '2.0',
  header: { event_id: 'e1', event_type: 'im.message.receive_v1', token: verificationToken },
  event: { message: { content: '多字节的内容😀' } },
}

/** A webhook over a dispatcher that keeps what it is given. */
function webhook(answer: () => unknown = () => ({})) {
  const invoked: unknown[] = []
  const memory = memoryLog()
  const dispatcher = {
    invoke: async (data: unknown) => {
      invoked.push(data)
      return answer()
    },
  }
  const handle = createWebhook(
    { encryptKey, verificationToken },
    { dispatcher, log: memory.log, now: () => now },
  )
  return { invoked, handle, log: memory.text }
}

function encrypt(body: unknown, key = encryptKey): Buffer {
  const vector = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), vector)
  const sealed = Buffer.concat([vector, cipher.update(JSON.stringify(body), 'utf8'), cipher.final()])
  return Buffer.from(JSON.stringify({ encrypt: sealed.toString('base64') }))
}

function sign(body: Buffer, { key = encryptKey, at = now } = {}): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000))
  const signature = createHash('sha256').update(`${timestamp}nonce${key}`).update(body).digest('hex')
  return {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': 'nonce',
    'x-lark-signature': signature,
  }
}

const refused: WebhookAnswer = { status: 401, body: '' }

describe('the webhook', () => {
  test('hands on what Feishu made, every character as it was', async () => {
    const { invoked, handle } = webhook(() => ({ toast: { type: 'success', content: '已签收' } }))
    const body = encrypt(event)
    expect(await handle(body, sign(body))).toEqual({
      status: 200,
      body: '{"toast":{"type":"success","content":"已签收"}}',
    })
    expect(invoked).toEqual([event])
  })

  test('signs over the bytes as they came, however the JSON is laid out', async () => {
    const { invoked, handle } = webhook()
    const body = Buffer.from(JSON.stringify(JSON.parse(encrypt(event).toString()), null, 2))
    expect(await handle(body, sign(body))).toMatchObject({ status: 200 })
    expect(invoked).toHaveLength(1)
  })

  const body = encrypt(event)
  const tampered = Buffer.from(body.toString().replace(/..$/, ' }'))
  test.each([
    ['unsigned', body, {}],
    ['signed with another key', body, sign(body, { key: 'guess' })],
    ['with the signature of another body', encrypt(event), sign(body)],
    ['changed on the way', tampered, sign(body)],
    ['with a signature of another length', body, { ...sign(body), 'x-lark-signature': 'ab' }],
    ['replayed after five minutes', body, sign(body, { at: now - 301_000 })],
    ['from the future', body, sign(body, { at: now + 301_000 })],
    ['with a timestamp that is none', body, { ...sign(body), 'x-lark-request-timestamp': 'soon' }],
    ['encrypted with another key', encrypt(event, 'guess'), {}],
    ['no JSON and unsigned', Buffer.from('hello'), {}],
    ['empty', Buffer.alloc(0), {}],
  ])('refuses a request %s', async (_name, sent, headers) => {
    const { invoked, handle } = webhook()
    expect(await handle(sent, headers)).toEqual(refused)
    expect(invoked).toEqual([])
  })

  test.each([
    ['an event', { ...event, header: { ...event.header, token: 'guess' } }],
    [
      'a click',
      {
        ...event,
        header: { event_type: 'card.action.trigger', token: 'guess' },
        event: { token: verificationToken },
      },
    ],
    ['an event without one', { ...event, header: { event_id: 'e1' } }],
    ['an event of the old kind', { uuid: 'u', token: 'guess', type: 'event_callback', event: {} }],
    ['a challenge', { type: 'url_verification', token: 'guess', challenge: 'c' }],
  ])('refuses a wrong verification token in %s, rightly signed as it is', async (_name, inner) => {
    const { invoked, handle } = webhook()
    const sent = encrypt(inner)
    expect(await handle(sent, sign(sent))).toEqual(refused)
    expect(invoked).toEqual([])
  })

  test('still takes what is four minutes old', async () => {
    const { handle } = webhook()
    const sent = encrypt(event)
    expect(await handle(sent, sign(sent, { at: now - 240_000 }))).toMatchObject({ status: 200 })
  })

  test('answers the challenge, encrypted or not, signed or not', async () => {
    const { invoked, handle } = webhook()
    const challenge = { type: 'url_verification', token: verificationToken, challenge: 'c-1' }
    const answer = { status: 200, body: '{"challenge":"c-1"}' }
    const sealed = encrypt(challenge)
    expect(await handle(sealed, sign(sealed))).toEqual(answer)
    expect(await handle(sealed, {})).toEqual(answer)
    expect(await handle(Buffer.from(JSON.stringify(challenge)), {})).toEqual(answer)
    expect(invoked).toEqual([])
  })

  test('an event that can’t be read although signed is a bad request', async () => {
    const { handle } = webhook()
    const sent = Buffer.from('{"encrypt":"AAAA"}')
    expect(await handle(sent, sign(sent))).toEqual({ status: 400, body: '' })
  })

  test('a failing handler is answered with 500, so that the event comes again', async () => {
    const { handle } = webhook(() => {
      throw new Error('the database is away')
    })
    expect(await handle(body, sign(body))).toEqual({ status: 500, body: '' })
  })

  test('an event that nobody handles is acknowledged', async () => {
    const { handle } = webhook(() => 'no im.chat.updated_v1 event handle')
    expect(await handle(body, sign(body))).toEqual({ status: 200, body: '{}' })
  })

  test('what is far too large is not even looked at', async () => {
    const { handle } = webhook()
    expect(await handle(Buffer.alloc(2 * 1024 * 1024), {})).toEqual({ status: 413, body: '' })
  })

  test('logs why it refused, and nothing of what it refused', async () => {
    const { handle, log } = webhook()
    await handle(Buffer.from('{"秘密":1}'), { 'x-lark-signature': 'abcdef' })
    expect(log()).toContain('not signed')
    expect(log()).not.toMatch(/秘密|abcdef/)
  })
})
