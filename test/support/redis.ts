import { Redis } from 'ioredis'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { type PrivateRedis, startPrivateRedis } from '../../sandbox/private-redis.ts'
import { until } from './truth.ts'

interface Lent extends PrivateRedis {
  giveBack(): Promise<void>
}

/** Servers that tests have done with: a start costs as much as a short test. They end with the worker's process. */
const idle: PrivateRedis[] = []

/** A Redis server for the running test alone, without anything in it. */
export async function testRedis(): Promise<PrivateRedis> {
  const redis = await lend()
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? redis.stop() : redis.giveBack()))
  return redis
}

/** The same for the tests of one file (or one `describe`). Read what it returns inside a test, not before. */
export function useRedis(): PrivateRedis {
  let redis: Lent | undefined
  beforeAll(async () => {
    redis = await lend()
  })
  afterAll(() => redis?.giveBack())

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

/** Only one that went on running, and that everybody has let go of, is lent again. */
async function lend(): Promise<Lent> {
  const redis = idle.pop() ?? (await startPrivateRedis())
  let isSound = true
  const harmed = (harm: () => Promise<void>) => () => {
    isSound = false
    return harm()
  }
  return {
    url: redis.url,
    stop: harmed(redis.stop),
    restart: harmed(redis.restart),
    kill: harmed(redis.kill),
    async giveBack() {
      if (!isSound || !(await isLeft(redis))) return redis.stop()
      await wipe(redis)
      idle.push(redis)
    },
  }
}

/** Whoever lets go takes a moment to be gone. */
async function isLeft({ url }: PrivateRedis): Promise<boolean> {
  const connection = new Redis(url)
  const isAlone = async () =>
    String(await connection.client('LIST'))
      .trim()
      .split('\n').length === 1
  try {
    await until(isAlone, 'the others to let go', 1_000)
    return true
  } catch {
    return false
  } finally {
    connection.disconnect()
  }
}
