import type { FastifyInstance } from 'fastify'
import type { SandboxEvent } from '../../api.ts'
import type { Platform } from '../platform.ts'

const keepAliveMs = 15_000

/** The page's server-sent events. Returns what ends all the open streams. */
export function addStream(server: FastifyInstance, platform: Platform): () => void {
  const streams = new Set<() => void>()

  server.get('/sandbox/api/stream', (request, reply) => {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    raw.write('retry: 1000\n\n')
    const send = (event: SandboxEvent) => raw.write(`data: ${JSON.stringify(event)}\n\n`)
    const keepAlive = setInterval(() => raw.write(': still here\n\n'), keepAliveMs)
    const end = () => {
      clearInterval(keepAlive)
      platform.bus.off('page', send)
      streams.delete(end)
      raw.end()
    }
    platform.bus.on('page', send)
    streams.add(end)
    request.raw.on('close', end)
  })

  return () => {
    for (const end of streams) end()
  }
}
