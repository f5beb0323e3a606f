import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'
import type { App } from '../platform.ts'
import type { Outcome } from './outcome.ts'

/** Posts to the app's webhook, encrypted and signed when it has a key. Never rejects. */
export async function postToWebhook(
  app: App,
  url: string,
  body: unknown,
  answerWithinMs: number,
): Promise<Outcome> {
  const plain = JSON.stringify(body)
  const sent = app.encryptKey ? JSON.stringify({ encrypt: encrypted(plain, app.encryptKey) }) : plain
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...signature(app, sent) },
      body: sent,
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithinMs),
    })
    return { kind: 'answered', status: answer.status, body: parsed(await answer.text()) }
  } catch (error) {
    return { kind: error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'offline' }
  }
}

/** Asks the webhook to prove itself, as the console does when its address is entered. */
export async function verifyWebhook(app: App, url: string): Promise<boolean> {
  const challenge = randomUUID()
  const body = { challenge, token: app.verificationToken ?? '', type: 'url_verification' }
  const outcome = await postToWebhook(app, url, body, 1_000)
  if (outcome.kind !== 'answered' || outcome.status !== 200) return false
  return (outcome.body as { challenge?: unknown } | undefined)?.challenge === challenge
}

/** AES-256-CBC under the key's SHA-256, the vector in front, base64. */
function encrypted(plain: string, encryptKey: string): string {
  const vector = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), vector)
  return Buffer.concat([vector, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64')
}

function signature(app: App, sent: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(8).toString('hex')
  const headers = { 'X-Lark-Request-Timestamp': timestamp, 'X-Lark-Request-Nonce': nonce }
  if (!app.encryptKey) return headers
  const signed = createHash('sha256')
    .update(timestamp + nonce + app.encryptKey + sent)
    .digest('hex')
  return { ...headers, 'X-Lark-Signature': signed }
}

/** The body's JSON; `undefined` for an empty body, the text itself for anything else. */
function parsed(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
