import { pino } from 'pino'
import { z } from 'zod'
import type { RateLimiter } from '../../src/ports.ts'
import { Busy, Refused } from '../../src/ports.ts'
import { ApiError } from './api-error.ts'
import { createApi } from './client.ts'
import type { FeishuConfig } from './config.ts'
import { redact, sdkLogger } from './log.ts'
import { within } from './within.ts'

/** Whether Feishu takes the app's credentials and the app has a bot; a reason holds no secret. */
export type FeishuState = { ok: true; bot: string } | { ok: false; why: 'refused' | 'away'; reason: string }

const answer = z.object({ bot: z.object({ app_name: z.string().optional(), open_id: z.string().min(1) }) })
const unlimited: RateLimiter = { take: async () => 0, block: async () => {} }

/** Gets a token and the bot's own name, waiting so many milliseconds at most. Never throws. */
export async function checkFeishu(config: FeishuConfig, patienceMs = 5_000): Promise<FeishuState> {
  const late: FeishuState = { ok: false, why: 'away', reason: `no answer within ${patienceMs / 1000} s` }
  return within(
    patienceMs,
    nameOfBot(config).catch((error: unknown) => failure(error, config)),
    late,
  )
}

async function nameOfBot(config: FeishuConfig): Promise<FeishuState> {
  const logger = sdkLogger(pino({ level: 'silent' }), [])
  const api = createApi(config, { limiter: unlimited, logger })
  const info = await api.call('bot.info', undefined, (client) =>
    client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }),
  )
  const { bot } = answer.parse(info)
  return { ok: true, bot: bot.app_name ?? bot.open_id }
}

function failure(error: unknown, { appSecret }: FeishuConfig): FeishuState {
  const reason = redact(error instanceof Error ? error.message : String(error), [appSecret])
  return { ok: false, why: isAnswer(error) ? 'refused' : 'away', reason }
}

/** A code is Feishu's own answer; without one, or with a server's error, a proxy or the network spoke. */
function isAnswer(error: unknown): boolean {
  if (error instanceof Busy) return false
  if (!(error instanceof ApiError)) return error instanceof Refused
  return error.code !== undefined && (error.status ?? 0) < 500
}
