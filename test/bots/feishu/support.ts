import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { FeishuBot, FeishuConfig, FeishuDeps } from '../../../bots/feishu/index.ts'
import { createFeishuBot } from '../../../bots/feishu/index.ts'
import { createLocalLimiter } from '../../../jobs/local-limiter.ts'
import type { Sandbox } from '../../../sandbox/server/index.ts'
import type { Incoming, IncomingHandler, RateLimiter } from '../../../src/ports.ts'
import { testApp } from '../../support/sandbox.ts'

export const encryptKey = 'k-9f2c-encrypt'
export const verificationToken = 'v-71ab-verification'

/** A limiter of this process alone, whose blocks a test can look at. */
export function testLimiter(): RateLimiter & { blocked: { key: string; ms: number }[] } {
  const local = createLocalLimiter()
  const blocked: { key: string; ms: number }[] = []
  return {
    blocked,
    take: async (limits) => local.take(limits),
    block: async (key, ms) => {
      blocked.push({ key, ms })
      local.block(key, ms)
    },
  }
}

/** Lets everything through, so that the platform's own limits are met. */
export function openLimiter(): RateLimiter & { blocked: { key: string; ms: number }[] } {
  const limiter = testLimiter()
  return { ...limiter, take: async () => 0 }
}

/** A log in memory, down to the last detail. */
export function memoryLog() {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  return { log, lines, text: () => lines.join('') }
}

export function configFor(
  sandbox: Pick<Sandbox, 'origin'>,
  transport: FeishuConfig['transport'] = { kind: 'ws' },
): FeishuConfig {
  return { appId: testApp.app_id, appSecret: testApp.app_secret, domain: sandbox.origin, transport }
}

export function botFor(
  config: FeishuConfig,
  deps: Partial<FeishuDeps> = {},
): FeishuBot & { logText(): string; blocked: { key: string; ms: number }[] } {
  const memory = memoryLog()
  const limiter = testLimiter()
  const bot = createFeishuBot(config, {
    limiter,
    log: memory.log,
    clock: { now: () => Date.now() },
    locale: 'zh-CN',
    connectionTiming: { firstPauseMs: 20, longestPauseMs: 100 },
    ...deps,
  })
  onTestFinished(() => bot.stop())
  return { ...bot, logText: memory.text, blocked: limiter.blocked }
}

/** A platform that answers like this. */
export async function platform(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A handler that keeps what comes in and answers with `answer`. */
export function recorder(answer: IncomingHandler = async () => ({})) {
  const incoming: Incoming[] = []
  const handle: IncomingHandler = async (one) => {
    incoming.push(one)
    return answer(one)
  }
  return { incoming, handle }
}

/** Serves the bot's webhook over HTTP, as the host would, and has the sandbox post there. */
export async function mountWebhook(bot: FeishuBot, sandbox: Sandbox): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { status, body } = (await bot.webhook?.(Buffer.concat(chunks), request.headers)) ?? {
      status: 404,
      body: '',
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/feishu`
  sandbox.setWebhook(url)
  return url
}
