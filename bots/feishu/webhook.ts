import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { EventDispatcher } from '@larksuiteoapi/node-sdk'
import type { Logger } from 'pino'

export interface WebhookAnswer {
  status: number
  /** Empty, or JSON. */
  body: string
}

/** What Feishu posts, as it came over the wire: the signature is over these very bytes. */
export type WebhookHandler = (rawBody: Buffer, headers: IncomingHttpHeaders) => Promise<WebhookAnswer>

export interface WebhookKeys {
  encryptKey: string
  verificationToken: string
}

/** A captured request can be posted again, signature and all; after this it is refused. */
const freshMs = 5 * 60_000
const maxBytes = 1024 * 1024

/**
 * Answers Feishu's posts. The SDK's own adapters check no verification token and no timestamp, answer a forged request
 * with 200, and never answer where a handler fails; so the request is opened here, and only an event that is known to
 * be Feishu's goes on to the SDK's dispatcher. Everything else gets an empty 401 and is logged without its content.
 */
export function createWebhook(
  { encryptKey, verificationToken }: WebhookKeys,
  { dispatcher, log, now }: { dispatcher: Pick<EventDispatcher, 'invoke'>; log: Logger; now(): number },
): WebhookHandler {
  const key = createHash('sha256').update(encryptKey).digest()

  function refuse(reason: string): WebhookAnswer {
    log.warn({ reason }, 'webhook request refused')
    return { status: 401, body: '' }
  }

  /** Why the request is not one that Feishu made just now; `undefined` when it is. */
  function signatureFault(rawBody: Buffer, headers: IncomingHttpHeaders): string | undefined {
    const timestamp = single(headers['x-lark-request-timestamp'])
    const nonce = single(headers['x-lark-request-nonce'])
    const signature = single(headers['x-lark-signature'])
    if (!timestamp || !nonce || !signature) return 'not signed'
    const expected = createHash('sha256')
      .update(timestamp + nonce + encryptKey)
      .update(rawBody)
      .digest('hex')
    if (!sameText(signature, expected)) return 'wrong signature'
    const age = now() - Number(timestamp) * 1000
    return Number.isFinite(age) && Math.abs(age) <= freshMs ? undefined : 'timestamp not within 5 minutes'
  }

  /** The JSON object inside, decrypted. */
  function open(rawBody: Buffer): Record<string, unknown> | undefined {
    try {
      const outer = asObject(JSON.parse(rawBody.toString('utf8')))
      if (typeof outer?.encrypt !== 'string') return outer
      const sealed = Buffer.from(outer.encrypt, 'base64')
      const decipher = createDecipheriv('aes-256-cbc', key, sealed.subarray(0, 16))
      const plain = Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()])
      return asObject(JSON.parse(plain.toString('utf8')))
    } catch {
      return undefined
    }
  }

  return async (rawBody, headers) => {
    if (rawBody.length > maxBytes) return { status: 413, body: '' }
    const fault = signatureFault(rawBody, headers)
    const inner = open(rawBody)
    if (!inner) return fault ? refuse(fault) : { status: 400, body: '' }

    const token = asObject(inner.header)?.token ?? inner.token
    if (typeof token !== 'string' || !sameText(token, verificationToken)) {
      return refuse(fault ?? 'wrong verification token')
    }
    // The console asks for the challenge before it knows whether requests will be signed.
    if (inner.type === 'url_verification') return json({ challenge: inner.challenge })
    if (fault) return refuse(fault)

    try {
      const answer = await dispatcher.invoke(inner, { needCheck: false })
      return json(asObject(answer) ?? {})
    } catch {
      // Logged where it failed; without a 200 Feishu brings the event again.
      return { status: 500, body: '' }
    }
  }
}

function json(body: object): WebhookAnswer {
  return { status: 200, body: JSON.stringify(body) }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

function single(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined
}

/** Compared as digests, so that neither the length nor the place of a difference shows in the time. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
