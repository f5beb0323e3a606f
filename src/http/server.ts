import { type FastifyError, type FastifyInstance, fastify } from 'fastify'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { Unwritable } from '../ports.ts'
import { type Readiness, serveHealth } from './health.ts'
import { type LoginPage, serveLoginPage } from './login-page.ts'
import { serveMetrics } from './metrics.ts'
import { serveWebhook, type Webhook } from './webhook.ts'

export interface HttpServerOptions {
  host: string
  /** 0 for any free one. */
  port: number
  log: Logger
  /** What the process needs, by name, and whether each is usable. */
  ready: () => Promise<Readiness>
  metrics: Registry
  /** Takes what Feishu posts, where events come by webhook. */
  webhook?: Webhook
  /** Shows how to log in, where a platform asks for it. */
  loginPage?: LoginPage
  /** More routes: the intake API, say. */
  routes?: ((app: FastifyInstance) => void | Promise<void>)[]
}

export interface HttpServer {
  /** Resolves with the base URL once it listens. @throws if it can't: the port is taken, say. */
  start(): Promise<string>
  /** No new requests; those under way are answered first, if that takes no more than so many milliseconds (5 s). */
  stop(graceMs?: number): Promise<void>
}

export const bodyLimit = 256 * 1024

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { host, port, log, ready, metrics, webhook, loginPage, routes = [] } = options
  const app = fastify({ bodyLimit, requestTimeout: 30_000, forceCloseConnections: 'idle' })

  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'there is nothing here' }))
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error instanceof Unwritable) {
      return reply
        .code(503)
        .header('retry-after', 60)
        .send({ error: 'nothing can be saved now; try again later' })
    }
    const status = error.statusCode ?? 500
    if (status < 500) return reply.code(status).send({ error: error.message })
    log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'a request failed')
    return reply.code(status).send({ error: 'something went wrong on our side; it is in the log' })
  })

  app.register(serveHealth, { ready, log })
  app.register(serveMetrics, { metrics })
  if (webhook) app.register(serveWebhook, { webhook })
  if (loginPage) app.register(serveLoginPage, { page: loginPage })
  for (const route of routes) app.register(async (instance) => route(instance))

  let stopping = false
  app.addHook('onSend', async (_request, reply) => {
    // A client that keeps its connection for the next request would keep us from stopping.
    if (stopping) reply.header('connection', 'close')
  })

  async function stop(graceMs = 5_000): Promise<void> {
    stopping = true
    const timer = setTimeout(() => app.server.closeAllConnections(), graceMs)
    await app.close()
    clearTimeout(timer)
  }

  return { start: () => app.listen({ host, port }), stop }
}
