import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyReply } from 'fastify'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const pageFolder = join(root, 'sandbox', 'page')
const modulesFolder = join(root, 'node_modules')

/** What the page may import; everything else in node_modules is none of its business. */
const packages = ['lit-html', 'markdown-it', '@visactor/vchart']

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
}

/** The page at `/`, its TypeScript without the types, and the packages that it imports below `/modules/`. */
export function addPageFiles(server: FastifyInstance, maxAge = 0): void {
  server.get<{ Params: { '*': string } }>('/modules/*', ({ params }, reply) => {
    const allowed = packages.some((name) => params['*'].startsWith(`${name}/`))
    return allowed ? sendFile(reply, modulesFolder, params['*'], 'max-age=3600') : notFound(reply)
  })
  server.get<{ Params: { '*': string } }>('/*', ({ params }, reply) =>
    sendFile(reply, pageFolder, params['*'] || 'index.html', maxAge > 0 ? `max-age=${maxAge}` : 'no-cache'),
  )
}

async function sendFile(
  reply: FastifyReply,
  folder: string,
  path: string,
  caching: string,
): Promise<FastifyReply> {
  const file = normalize(join(folder, path))
  const mediaType = mediaTypes[extname(file)]
  if (!file.startsWith(folder + sep) || path.includes('\0') || !mediaType) return notFound(reply)
  const content = await readFile(file).catch(() => undefined)
  if (!content) return notFound(reply)
  const sent = extname(file) === '.ts' ? withoutTypes(file, content.toString('utf8')) : content
  return reply
    .header('content-type', mediaType)
    .header('cache-control', caching)
    .header('x-content-type-options', 'nosniff')
    .send(sent)
}

/** The page's modules as they were last sent, for every load asks for all of them. */
const sentModules = new Map<string, { source: string; code: string }>()

function withoutTypes(file: string, source: string): string {
  const last = sentModules.get(file)
  if (last?.source === source) return last.code
  const code = stripTypeScriptTypes(source)
  sentModules.set(file, { source, code })
  return code
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ error: 'not found' })
}
