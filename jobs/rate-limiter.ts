import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { RateLimit, RateLimiter } from '../src/ports.ts'
import { isAway } from './connection.ts'
import { createLocalLimiter } from './local-limiter.ts'
import { within } from './within.ts'

export interface RateLimiterOptions {
  connection: Redis
  prefix: string
  log: Logger
}

/**
 * Takes one permit of every limit, or of none. A limit is the list of the times of its last permits: a permit is free
 * when the one that many before it is `perMs` old, so no window of that length ever holds more.
 *
 * KEYS: for each limit its list, then its block. ARGV: for each limit its permits, then `perMs`. Times are microseconds.
 */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local wait = 0
for i = 1, #KEYS, 2 do
  local permits, per = tonumber(ARGV[i]), ARGV[i + 1] * 1000
  local oldest = redis.call('LINDEX', KEYS[i], -permits)
  if oldest then wait = math.max(wait, oldest + per - now) end
  wait = math.max(wait, redis.call('PTTL', KEYS[i + 1]) * 1000)
end
if wait > 0 then return math.ceil(wait / 1000) end
for i = 1, #KEYS, 2 do
  redis.call('RPUSH', KEYS[i], string.format('%.0f', now))
  redis.call('LTRIM', KEYS[i], -ARGV[i], -1)
  redis.call('PEXPIRE', KEYS[i], ARGV[i + 1])
end
return 0`

const blockScript = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '', 'PX', ARGV[1]) end`

/** A Redis that takes longer to answer is as good as away. */
const answerMs = 500

/**
 * The limits of all processes together, kept in Redis and by its clock. What this process took it also counts itself:
 * while Redis is away, or after it forgot everything, every process keeps the limits alone, and only their sum may exceed.
 */
export function createRateLimiter({ connection, prefix, log }: RateLimiterOptions): RateLimiter {
  const local = createLocalLimiter()

  async function take(limits: RateLimit[]): Promise<number> {
    if (limits.length === 0) return 0
    const wait = local.wait(limits)
    if (wait > 0) return wait
    const shared = await ask(
      takeScript,
      limits.flatMap(keysOf),
      limits.flatMap((limit) => [limit.permits, limit.perMs]),
    )
    if (shared === undefined) return local.take(limits)
    if (shared === 0) local.note(limits)
    return shared
  }

  async function block(key: string, ms: number): Promise<void> {
    if (!(ms > 0)) return
    local.block(key, ms)
    await ask(blockScript, [blockKey(key)], [Math.ceil(ms)])
  }

  /** What the script answers; undefined while Redis does not. */
  async function ask(script: string, keys: string[], args: number[]): Promise<number | undefined> {
    try {
      const answer = connection.eval(script, keys.length, ...keys, ...args).then(Number)
      return await within(answerMs, answer, undefined)
    } catch (error) {
      if (!isAway(error)) log.error({ err: error }, 'the rate limits could not be shared')
      return undefined
    }
  }

  function keysOf({ key, perMs }: RateLimit): string[] {
    return [`${prefix}:limit:${key}:${perMs}`, blockKey(key)]
  }

  function blockKey(key: string): string {
    return `${prefix}:block:${key}`
  }

  return { take, block }
}
