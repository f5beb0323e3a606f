import { Redis } from 'ioredis'
import { afterAll, beforeAll } from 'vitest'
import { type PrivateRedis, startPrivateRedis } from '../../sandbox/private-redis.ts'

/** A Redis server for the tests of one file (or one `describe`). Read what it returns inside a test, not before. */
export function useRedis(): PrivateRedis {
  let redis: PrivateRedis | undefined
  beforeAll(async () => {
    redis = await startPrivateRedis()
  })
  afterAll(() => redis?.stop())

  function started(): PrivateRedis {
    if (!redis) throw new Error('the Redis of this file has not started yet')
    return redis
  }

  return {
    get url() {
      return started().url
    },
    stop: () => started().stop(),
    restart: () => started().restart(),
    kill: () => started().kill(),
  }
}

/** Makes a running Redis forget everything, under the feet of whoever is connected. */
export async function wipe({ url }: PrivateRedis): Promise<void> {
  const connection = new Redis(url)
  await connection.flushall()
  await connection.quit()
}
