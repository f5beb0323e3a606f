import { Client, DefaultCache, LoggerLevel } from '@larksuiteoapi/node-sdk'
import type { RateLimit, RateLimiter } from '../../src/ports.ts'
import { Busy } from '../../src/ports.ts'
import { ApiError } from './api-error.ts'
import type { FeishuConfig } from './config.ts'
import { apiHttp } from './http.ts'
import type { Api } from './limits.ts'
import { apiKey, apiLimits, takePermits } from './limits.ts'
import type { sdkLogger } from './log.ts'
import { isBadToken, isChatFrequency, Locked, outcomeOf } from './outcomes.ts'

/** Feishu's API as this bot calls it. */
export interface FeishuApi {
  /**
   * Runs one call under its limits. `own` is the limit of the chat, person or card besides those of the API itself.
   * @throws {Refused | Busy} anything else leaves the outcome unknown.
   */
  call<T>(api: Api, own: RateLimit | undefined, run: (client: Client) => Promise<T>): Promise<T>
}

export function createApi(
  config: FeishuConfig,
  {
    limiter,
    logger,
    requestMs,
  }: { limiter: RateLimiter; logger: ReturnType<typeof sdkLogger>; requestMs?: number },
): FeishuApi {
  // Our own cache: the SDK's is shared by all clients of an app id, even of different domains.
  const tokens = new DroppableCache()
  const client = new Client({
    appId: config.appId,
    appSecret: config.appSecret,
    domain: config.domain,
    cache: tokens,
    httpInstance: apiHttp(config.domain, requestMs),
    logger,
    loggerLevel: LoggerLevel.info,
    source: 'duban',
  })
  const token = singleFlight(() => client.tokenManager.getTenantAccessToken())

  async function attempt<T>(run: (client: Client) => Promise<T>): Promise<T> {
    try {
      // Without this, ten calls with no token yet would ask for ten.
      await token()
      return await run(client)
    } catch (error) {
      throw error instanceof ApiError ? error : new ApiError((error as Error).message)
    }
  }

  return {
    async call(api, own, run) {
      await takePermits(limiter, [...apiLimits(config.appId, api), ...(own ? [own] : [])])
      try {
        return await attempt(run).catch((error: ApiError) => {
          if (!isBadToken(error)) throw error
          tokens.drop()
          return attempt(run)
        })
      } catch (error) {
        const outcome = outcomeOf(error as ApiError)
        if (outcome instanceof Busy && !(outcome instanceof Locked)) {
          const key = own && isChatFrequency(error as ApiError) ? own.key : apiKey(config.appId, api)
          // A block that could not be noted is met again at the next call.
          await limiter.block(key, outcome.retryAfterMs).catch(() => {})
        }
        throw outcome
      }
    },
  }
}

class DroppableCache extends DefaultCache {
  drop(): void {
    this.values.clear()
  }
}

/** Whoever comes while a run is under way shares it. */
function singleFlight(run: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= run()
      .then(() => {})
      .finally(() => {
        running = undefined
      })
    return running
  }
}
