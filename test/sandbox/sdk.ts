import * as Lark from '@larksuiteoapi/node-sdk'
import { onTestFinished } from 'vitest'
import type { Sandbox } from '../../sandbox/server/index.ts'
import { testApp } from '../support/sandbox.ts'

export const quietLogger = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet }
function quiet(): void {}

/** The real SDK's client, with a token cache of its own. */
export function sdkClient(
  sandbox: Sandbox,
  app: { app_id: string; app_secret: string } = testApp,
): Lark.Client {
  return new Lark.Client({
    appId: app.app_id,
    appSecret: app.app_secret,
    domain: sandbox.origin,
    cache: new Lark.DefaultCache(),
    logger: quietLogger,
  })
}

export type Handlers = Record<string, (event: never) => unknown>

/** The real SDK's long connection, up and listening; closed when the test ends. */
export async function sdkConnection(
  sandbox: Sandbox,
  handlers: Handlers,
  options: { pingTimeout?: number; onError?: (error: Error) => void } = {},
): Promise<Lark.WSClient> {
  const before = sandbox.connections()
  const connection = new Lark.WSClient({
    appId: testApp.app_id,
    appSecret: testApp.app_secret,
    domain: sandbox.origin,
    logger: quietLogger,
    ...(options.onError && { onError: options.onError }),
    ...(options.pingTimeout && { wsConfig: { pingTimeout: options.pingTimeout } }),
  })
  onTestFinished(() => connection.close({ force: true }))
  const eventDispatcher = new Lark.EventDispatcher({ logger: quietLogger }).register(handlers)
  await connection.start({ eventDispatcher })
  await sandbox.waitFor(
    () => sandbox.connections() > before && sandbox.state().botOnline,
    'the long connection',
  )
  return connection
}

/** What the SDK rejected a call with. */
export async function refusalOf(call: Promise<unknown>): Promise<{
  status: number
  code: number
  msg: string
  headers: Record<string, string>
}> {
  try {
    await call
  } catch (error) {
    const { response } = error as {
      response?: { status: number; data: { code: number; msg: string }; headers: object }
    }
    if (!response) throw error
    return { status: response.status, ...response.data, headers: { ...response.headers } }
  }
  throw new Error('the call was not refused')
}

export function textMessage(chat: string, text: string, more: object = {}) {
  return {
    params: { receive_id_type: 'chat_id' as const },
    data: { receive_id: chat, msg_type: 'text', content: JSON.stringify({ text }), ...more },
  }
}

export function cardMessage(chat: string, card: unknown, more: object = {}) {
  return {
    params: { receive_id_type: 'chat_id' as const },
    data: { receive_id: chat, msg_type: 'interactive', content: JSON.stringify(card), ...more },
  }
}

/** A card with one button. */
export function buttonCard(value: Record<string, unknown>, title = '交办'): object {
  return {
    schema: '2.0',
    config: { update_multi: true },
    header: { title: { tag: 'plain_text', content: title }, template: 'blue' },
    body: {
      elements: [
        {
          tag: 'button',
          text: { tag: 'plain_text', content: '签收' },
          type: 'primary',
          behaviors: [{ type: 'callback', value }],
        },
      ],
    },
  }
}
