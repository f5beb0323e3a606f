import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'

export type Readiness = Record<string, { ok: boolean; detail?: string }>

/** Whoever asks gives up after some seconds: better an answer that says that there was none. */
const patienceMs = 3_000

/** `/healthz`: the process lives. `/readyz`: all that it needs is usable, or which is not. */
export async function serveHealth(
  app: FastifyInstance,
  { ready, log }: { ready: () => Promise<Readiness>; log: Logger },
): Promise<void> {
  app.get('/healthz', async () => ({ ok: true }))

  app.get('/readyz', async (_request, reply) => {
    const checks = await check()
    const ok = Object.values(checks).every((part) => part.ok)
    return reply.code(ok ? 200 : 503).send({ ok, checks })
  })

  async function check(): Promise<Readiness> {
    const timer = new AbortController()
    const late = { checks: { ok: false, detail: 'no answer in time' } }
    const timeout = sleep(patienceMs, late, { signal: timer.signal }).catch(() => late)
    try {
      return await Promise.race([ready(), timeout])
    } catch (error) {
      log.error({ err: error }, 'the readiness check failed')
      return { checks: { ok: false, detail: 'the check itself failed; it is in the log' } }
    } finally {
      timer.abort()
    }
  }
}
