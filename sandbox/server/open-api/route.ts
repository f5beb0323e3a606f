import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Mishap } from '../../api.ts'
import { takeMishap } from '../faults.ts'
import { type App, appOf, type Platform } from '../platform.ts'
import { ApiError, refusal } from './errors.ts'
import type { Window } from './rate-limits.ts'

/** A call that carries a good token. */
export interface ApiCall {
  app: App
  params: Record<string, string>
  query: Record<string, unknown>
  /** What the body's JSON says; `{}` where there is none. Uploads: a Buffer. */
  body: unknown
  contentType: string
}

/** Raw bytes instead of JSON. */
export interface Bytes {
  data: Buffer
  headers: Record<string, string>
}

export interface Route {
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  bodyLimit?: number
  /** Returns the answer's `data`, the whole answer (when it has a `code`), or bytes. @throws {ApiError} */
  handle(call: ApiCall, platform: Platform): unknown
}

const jsonLimit = 1024 * 1024

/** Serves the routes behind what every call of the open platform passes: faults, token, rate limit, log. */
export function addRoutes(server: FastifyInstance, platform: Platform, routes: Route[]): void {
  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyLimit ?? jsonLimit,
      handler: (request, reply) => serve(platform, route, request, reply),
    })
  }
}

async function serve(
  platform: Platform,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { faults } = platform
  const at = Date.now()
  if (faults.latencyMs > 0) await wait(faults.latencyMs)
  let app: App | undefined
  const logId = randomUUID()
  reply.header('x-tt-logid', logId)
  let status = 200
  let answer: unknown
  const mishap = takeMishap(faults)
  const call = {
    at,
    method: route.method,
    path: request.url.split('?')[0] ?? '',
    route: route.path,
    query: request.query as Record<string, unknown>,
    body: Buffer.isBuffer(request.body) ? undefined : request.body,
    ...(mishap && { mishap }),
  }
  if (mishap === 'hang' || mishap === 'cut-before') {
    platform.calls.add({ ...call, status: 0, cut: false })
    return silence(request, reply, mishap)
  }
  const cut = takeCut(platform) || mishap === 'cut-after' || mishap === 'hang-after'
  try {
    takeFault(platform, mishap)
    app = authorized(platform, request)
    throttle(platform, [
      {
        key: `${app.app_id} ${route.method} ${route.path}`,
        limit: platform.limits.apiPerSecond,
        perMs: 1_000,
      },
      {
        key: `${app.app_id} ${route.method} ${route.path}`,
        limit: platform.limits.apiPerMinute,
        perMs: 60_000,
      },
    ])
    answer = wrapped(await route.handle(callOf(app, request), platform))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    status = error.status
    answer = { code: error.code, msg: error.message, error: { log_id: logId } }
    reply.headers(error.headers)
  }
  platform.calls.add({
    ...call,
    app_id: app?.app_id,
    status,
    code: cut || isBytes(answer) ? undefined : (answer as { code: number }).code,
    cut,
  })
  platform.bus.emit('change')
  if (cut) return silence(request, reply, mishap)
  reply.code(status)
  if (!isBytes(answer)) return reply.send(answer)
  return reply.headers(answer.headers).send(answer.data)
}

function callOf(app: App, request: FastifyRequest): ApiCall {
  return {
    app,
    params: request.params as Record<string, string>,
    query: request.query as Record<string, unknown>,
    body: request.body ?? {},
    contentType: request.headers['content-type'] ?? '',
  }
}

/** No answer: the connection is cut, or left to whoever waits. */
function silence(request: FastifyRequest, reply: FastifyReply, mishap: Mishap | undefined): FastifyReply {
  reply.hijack()
  if (mishap !== 'hang' && mishap !== 'hang-after') request.raw.socket.destroy()
  return reply
}

const failures: Partial<Record<Mishap, [code: number, status: number]>> = {
  'http-500': [1500, 500],
  'http-504': [2200, 504],
  code: [2200, 200],
}

/** @throws {ApiError} once for each of the refusals that the faults ask for. */
function takeFault(platform: Platform, mishap: Mishap | undefined): void {
  const { faults } = platform
  const failure = mishap && failures[mishap]
  if (failure) throw new ApiError(...failure, 'fault injected by the sandbox')
  if (faults.rateLimitNext > 0 || mishap === 'rate-limit') {
    if (mishap !== 'rate-limit') faults.rateLimitNext -= 1
    throw refusal('frequency', undefined, rateHeaders(platform.limits.apiPerSecond, faults.resetSeconds))
  }
  if (faults.failNext.count > 0) {
    faults.failNext.count -= 1
    throw new ApiError(faults.failNext.code, faults.failNext.status, 'fault injected by the sandbox')
  }
}

function takeCut({ faults }: Platform): boolean {
  if (faults.rateLimitNext > 0 || faults.failNext.count > 0 || faults.cutNext === 0) return false
  faults.cutNext -= 1
  return true
}

function authorized(platform: Platform, request: FastifyRequest): App {
  const header = request.headers.authorization
  if (!header) throw refusal('missingToken')
  const appId = platform.tokens.appOf(header.replace(/^Bearer\s+/i, ''))
  if (!appId) throw refusal('badToken')
  return appOf(platform, appId)
}

/** @throws {ApiError} with the seconds to wait in its headers. */
export function throttle(
  platform: Platform,
  windows: Window[],
  refuseWith: 'frequency' | 'chatFrequency' = 'frequency',
): void {
  const taken = platform.rates.take(windows)
  if (!taken.ok) throw refusal(refuseWith, undefined, rateHeaders(taken.limit, taken.resetSeconds))
}

function rateHeaders(limit: number, resetSeconds: number): Record<string, string> {
  return { 'x-ogw-ratelimit-limit': String(limit), 'x-ogw-ratelimit-reset': String(resetSeconds) }
}

export function bytes(data: Buffer, headers: Record<string, string>): Bytes {
  return { data, headers }
}

function isBytes(answer: unknown): answer is Bytes {
  return Buffer.isBuffer((answer as Partial<Bytes> | undefined)?.data)
}

function wrapped(answer: unknown): unknown {
  if (isBytes(answer)) return answer
  if (typeof answer === 'object' && answer !== null && 'code' in answer) return answer
  return { code: 0, msg: 'success', data: answer ?? {} }
}
