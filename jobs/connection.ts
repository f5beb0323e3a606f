import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'

type Options = Omit<RedisOptions, 'replyMapping'>

/** A connection over which nothing comes for so long is dead, whatever the network says; BullMQ waits up to 10 s for a job. */
const silentMs = { giving: 5_000, working: 15_000 }

/** Opens a connection for giving orders: a command fails at once while Redis is away. It logs when that begins and ends. */
export function connectToGive(url: string, log: Logger): Redis {
  const connection = connect(url, { enableOfflineQueue: false, socketTimeout: silentMs.giving })
  let away = false
  let fault: Error | undefined
  connection.on('error', (error: Error) => {
    fault = error
  })
  connection.on('reconnecting', () => {
    if (!away) log.warn({ err: fault }, 'Redis is away; jobs wait until it is back')
    away = true
  })
  connection.on('ready', () => {
    if (away) log.info('Redis is back')
    away = false
    fault = undefined
  })
  return connection
}

/** Opens a connection for carrying them out: a command waits until Redis is back. */
export function connectToWork(url: string): Redis {
  const connection = connect(url, { socketTimeout: silentMs.working })
  // The other connection to the same server logs that it is away.
  connection.on('error', () => {})
  return connection
}

/** BullMQ's words before Redis' answer where a repeated job got no next run. It gets one at the next check. */
const ofNextRun = 'Failed to add repeatable job for next iteration: '

/** Whether an error says only that Redis can't be reached or takes nothing now, which is logged when it begins. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('syscall' in error || takesNothing(error)) return true
  return /^Connection is closed|^Stream isn't writeable|^Socket timeout|^(LOADING|NOAUTH|WRONGPASS)|max number of clients/.test(
    answerIn(error),
  )
}

/** Its memory or its disk is full, or it has become another's copy. */
export function takesNothing(error: unknown): boolean {
  return error instanceof Error && /^(OOM|MISCONF|READONLY) /.test(answerIn(error))
}

function answerIn({ message }: Error): string {
  return message.startsWith(ofNextRun) ? message.slice(ofNextRun.length) : message
}

function connect(url: string, options: Options): Redis {
  return new QuietConnection(url, {
    ...options,
    maxRetriesPerRequest: null,
    connectTimeout: 5_000,
    keepAlive: 10_000,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
  })
}

/** BullMQ prints its warning about the eviction policy once for every connection: {@link warnOfEviction} says it once. */
class QuietConnection extends Redis {
  override duplicate(override?: Options): Redis {
    return new QuietConnection({ ...(this.options as Options), ...override })
  }

  // biome-ignore lint/suspicious/noExplicitAny: the overloads of ioredis
  override async info(...sections: any[]): Promise<string> {
    const text = await super.info(...sections)
    return text.replace(/^maxmemory_policy:.*$/m, 'maxmemory_policy:noeviction')
  }
}

/** A Redis that may throw keys away when its memory is full loses jobs until the next sweep. */
export async function warnOfEviction(connection: Redis, log: Logger): Promise<void> {
  const text = String(await connection.call('INFO', 'memory'))
  const policy = /^maxmemory_policy:(\S+)/m.exec(text)?.[1]
  if (policy !== undefined && policy !== 'noeviction') {
    log.warn({ policy }, 'Redis may evict jobs: set maxmemory-policy to noeviction')
  }
}
