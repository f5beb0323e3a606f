import type { FastifyInstance } from 'fastify'

/** Gets the token that the address brings. */
export type LoginPage = (
  token: string | undefined,
) => Promise<{ status: number; headers: Record<string, string>; body: string }>

/** `/wechat/login`: for a platform to which somebody must log the bot in by hand. */
export async function serveLoginPage(app: FastifyInstance, { page }: { page: LoginPage }): Promise<void> {
  app.get('/wechat/login', async (request, reply) => {
    const { token } = request.query as { token?: unknown }
    const answer = await page(typeof token === 'string' ? token : undefined)
    return reply.code(answer.status).headers(answer.headers).send(answer.body)
  })
}
