import fastify, { type FastifyInstance } from 'fastify'
import { tooDeep } from './card/walk.ts'
import { addAuthRoutes } from './open-api/auth-routes.ts'
import { cardRoutes } from './open-api/card-routes.ts'
import { chatRoutes } from './open-api/chat-routes.ts'
import { fileRoutes } from './open-api/file-routes.ts'
import { messageRoutes } from './open-api/message-routes.ts'
import { addRoutes } from './open-api/route.ts'
import { addPageFiles } from './page/page-files.ts'
import { addPageRoutes } from './page/page-routes.ts'
import { addStream } from './page/stream.ts'
import type { Platform } from './platform.ts'
import { SandboxRefusal } from './refused.ts'

/** The HTTP server: the open platform, the page's interface and the page. */
export function createServer(
  platform: Platform,
  pageMaxAge?: number,
): { server: FastifyInstance; endStreams: () => void } {
  const server = fastify({ bodyLimit: 256 * 1024, forceCloseConnections: true, return503OnClosing: false })
  readBodies(server)
  answerErrors(server)
  addAuthRoutes(server, platform)
  addRoutes(server, platform, [...messageRoutes, ...chatRoutes, ...fileRoutes, ...cardRoutes])
  addPageRoutes(server, platform)
  const endStreams = addStream(server, platform)
  addPageFiles(server, pageMaxAge)
  return { server, endStreams }
}

/** JSON, which may be empty as some clients send it, and multipart as bytes; nothing else. */
function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => {
    if (body === '') return done(null, {})
    try {
      const parsed: unknown = JSON.parse(body as string)
      if (tooDeep(parsed)) throw new RangeError('nested without end')
      done(null, parsed)
    } catch {
      done(Object.assign(new Error('the body is not JSON'), { statusCode: 400 }))
    }
  })
  server.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_, body, done) =>
    done(null, body),
  )
}

/** Under `/open-apis` in the platform's form, elsewhere as `{error}`. */
function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error instanceof SandboxRefusal ? error.status : (error.statusCode ?? 500)
    if (status >= 500) process.stderr.write(`sandbox: ${request.method} ${request.url}: ${error.stack}\n`)
    if (request.url.startsWith('/open-apis')) {
      return reply.code(status).send({ code: status === 500 ? 99991000 : 9499, msg: error.message })
    }
    return reply
      .code(status)
      .send({ error: status >= 500 ? 'the sandbox failed; see its output' : error.message })
  })
  server.setNotFoundHandler((_, reply) => reply.code(404).type('text/plain').send('404 page not found'))
}
