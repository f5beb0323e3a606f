import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** Gets the body as it came, byte for byte: its signature is over those bytes. */
export type Webhook = (
  rawBody: Buffer,
  headers: IncomingHttpHeaders,
) => Promise<{ status: number; body: unknown }>

/** `/webhook/feishu`. */
export async function serveWebhook(app: FastifyInstance, { webhook }: { webhook: Webhook }): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.post('/webhook/feishu', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const answer = await webhook(body, request.headers)
    return reply.code(answer.status).send(answer.body)
  })
}
