import type { Redis } from 'ioredis'
import { pino } from 'pino'
import { connectToGive } from './connection.ts'
import { within } from './within.ts'

/** What one who operates the bot wants to know of Redis; a reason holds no password. */
export type RedisState = { ok: true; version: string; evictionPolicy: string } | { ok: false; reason: string }

/** Looks at Redis, waiting so many milliseconds at most. Never throws. */
export async function checkRedis(url: string, patienceMs = 3_000): Promise<RedisState> {
  const connection = connectToGive(url, pino({ level: 'silent' }))
  const late: RedisState = { ok: false, reason: `no answer within ${patienceMs / 1000} s` }
  try {
    return await within(patienceMs, look(connection), late)
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  } finally {
    connection.disconnect()
  }
}

/** Resolves once the connection can be used. @throws the first thing that stands in the way */
export function usable(connection: Redis): Promise<void> {
  return new Promise((resolve, reject) => {
    if (connection.status === 'ready') resolve()
    connection.once('ready', resolve)
    connection.once('error', reject)
  })
}

async function look(connection: Redis): Promise<RedisState> {
  await usable(connection)
  await connection.ping()
  const info = String(await connection.call('INFO'))
  return {
    ok: true,
    version: /^redis_version:(\S+)/m.exec(info)?.[1] ?? '',
    evictionPolicy: /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? '',
  }
}

/** A name with several addresses fails with an error that holds one for each, and says nothing itself. */
function reasonOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error ? first.message || 'no connection' : String(first)
}
