import { setImmediate as nextTurn } from 'node:timers/promises'
import { cardWords } from '../../src/messages/limits.ts'
import type { Locale } from '../../src/messages/voice.ts'
import type { Bot, BotDeps } from '../bot.ts'
import { renderCard } from './card.ts'
import { createChats } from './chats.ts'
import { createApi } from './client.ts'
import type { FeishuConfig } from './config.ts'
import { createGate } from './gate.ts'
import { createIdentity } from './identity.ts'
import { sdkLogger } from './log.ts'
import type { ConnectionTiming, LongConnection } from './long-connection.ts'
import { createLongConnection } from './long-connection.ts'
import { createDispatcher } from './receive.ts'
import { createMessenger } from './send.ts'
import type { WebhookHandler } from './webhook.ts'
import { createWebhook } from './webhook.ts'

export type { FeishuConfig } from './config.ts'
export { feishuEnv } from './config.ts'
export type { WebhookAnswer, WebhookHandler } from './webhook.ts'

export interface FeishuBot extends Bot {
  /** What to mount at `POST /webhook/feishu`; only with that transport. */
  webhook?: WebhookHandler
}

export interface FeishuDeps extends BotDeps {
  locale: Locale
  connectionTiming?: Partial<ConnectionTiming>
}

export function createFeishuBot(config: FeishuConfig, deps: FeishuDeps): FeishuBot {
  const { limiter, locale } = deps
  const { transport } = config
  const log = deps.log.child({ bot: 'feishu' })
  const logger = sdkLogger(log, secretsOf(config))

  const api = createApi(config, { limiter, logger, requestMs: deps.connectionTiming?.requestMs })
  const chats = createChats(api)
  const identity = createIdentity(api)
  const messenger = createMessenger(api, { chats, locale, log })
  const gate = createGate()

  let connection: LongConnection | undefined
  let webhook: WebhookHandler | undefined
  let stopped = false

  return {
    ...messenger,

    async start(handle) {
      if (connection || webhook) throw new Error('the Feishu bot is already started')
      const dispatcher = createDispatcher(handle, {
        gate,
        chats,
        identity,
        log,
        logger,
        words: cardWords[locale],
        render: (message) => renderCard(message, locale),
        update: messenger.update,
      })
      if (transport.kind === 'webhook') {
        // The machine's own clock: Feishu signs with the real time, whatever time the rest of the bot keeps.
        webhook = createWebhook(transport, { dispatcher, log, now: Date.now })
        await identity.openId()
        return
      }
      connection = createLongConnection(config, { dispatcher, log, logger, timing: deps.connectionTiming })
      await Promise.all([connection.start(), identity.openId()])
    },

    async stop() {
      stopped = true
      await gate.close()
      await nextTurn() // the last answers are written
      connection?.stop()
    },

    health() {
      if (connection) return connection.health()
      if (!webhook || stopped) return { ok: false, detail: stopped ? 'stopped' : 'not started' }
      if (identity.isKnown()) return { ok: true }
      void identity.openId()
      return { ok: false, detail: 'webhook: Feishu has not answered yet' }
    },

    ...(transport.kind === 'webhook' && {
      webhook: async (rawBody, headers) => (await webhook?.(rawBody, headers)) ?? { status: 503, body: '' },
    }),
  }
}

function secretsOf({ appSecret, transport }: FeishuConfig): string[] {
  return transport.kind === 'webhook'
    ? [appSecret, transport.encryptKey, transport.verificationToken]
    : [appSecret]
}
