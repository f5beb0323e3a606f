import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'

/** `/metrics`, for Prometheus. */
export async function serveMetrics(app: FastifyInstance, { metrics }: { metrics: Registry }): Promise<void> {
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  )
}
