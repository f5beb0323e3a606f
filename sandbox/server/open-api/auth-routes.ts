import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isObject } from '../card/walk.ts'
import { takeMishap } from '../faults.ts'
import type { App, Platform } from '../platform.ts'
import { ApiError, refusal } from './errors.ts'

/** What is called without a token: the token itself, and the address of a long connection. */
export function addAuthRoutes(server: FastifyInstance, platform: Platform): void {
  const tokenPath = '/open-apis/auth/v3/tenant_access_token/internal'
  server.post(tokenPath, (request, reply) => {
    const answer = takeMishap(platform.faults)
      ? { status: 500, body: { code: 1500, msg: 'fault injected by the sandbox' } }
      : attempt(() => tokenAnswer(platform, request.body))
    log(platform, request, tokenPath, answer)
    return reply.code(answer.status).send(answer.body)
  })

  const discoveryPath = '/callback/ws/endpoint'
  server.post(discoveryPath, (request, reply) => {
    const answer = discoveryAnswer(platform, request.body)
    log(platform, request, discoveryPath, answer)
    return reply.code(answer.status).send(answer.body)
  })
}

interface Answer {
  status: number
  body: { code: number; [field: string]: unknown }
  app_id?: string
}

function tokenAnswer(platform: Platform, body: unknown): Answer {
  const { app_id, app_secret } = isObject(body) ? body : {}
  const app = appNamed(platform, app_id)
  if (!app) throw refusal('unknownApp')
  if (app.app_secret !== app_secret) throw refusal('wrongSecret')
  const { token, expire } = platform.tokens.issue(app.app_id)
  return { status: 200, app_id: app.app_id, body: { code: 0, msg: 'ok', tenant_access_token: token, expire } }
}

function discoveryAnswer(platform: Platform, body: unknown): Answer {
  const { failDiscovery } = platform.faults
  const { AppID, AppSecret } = isObject(body) ? body : {}
  const app = appNamed(platform, AppID)
  if (failDiscovery.count > 0) {
    failDiscovery.count -= 1
    const { code, status, withData } = failDiscovery
    return { status, app_id: app?.app_id, body: { code, msg: 'system busy', ...(withData && { data: {} }) } }
  }
  if (!app || app.app_secret !== AppSecret) {
    return { status: 200, app_id: app?.app_id, body: { code: 514, msg: 'auth failed', data: {} } }
  }
  if (platform.connections.count(app.app_id) >= platform.limits.connections) {
    return { status: 200, app_id: app.app_id, body: { code: 1000040350, msg: 'exceed conn limit', data: {} } }
  }
  return {
    status: 200,
    app_id: app.app_id,
    body: {
      code: 0,
      msg: 'ok',
      data: {
        URL: connectionUrl(platform, app),
        ClientConfig: platform.connections.clientConfig(),
      },
    },
  }
}

/** `service_id` may not come first: the SDK parses the whole address as a query. */
function connectionUrl(platform: Platform, app: App): string {
  const query = new URLSearchParams({
    fpid: '493',
    aid: '552564',
    device_id: String(Math.floor(Math.random() * 1e15)),
    access_key: 'sandbox',
    service_id: '33554678',
    ticket: platform.connections.ticket(app.app_id),
  })
  return `${platform.origin().replace(/^http/, 'ws')}/ws/v2?${query}`
}

function appNamed(platform: Platform, appId: unknown): App | undefined {
  return typeof appId === 'string' ? platform.apps.get(appId) : undefined
}

function attempt(answer: () => Answer): Answer {
  try {
    return answer()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { status: error.status, body: { code: error.code, msg: error.message } }
  }
}

function log(
  platform: Platform,
  request: FastifyRequest,
  route: string,
  { status, body, app_id }: Answer,
): void {
  platform.calls.add({
    at: Date.now(),
    ...(app_id && { app_id }),
    method: request.method,
    path: route,
    route,
    query: {},
    status,
    code: body.code,
    cut: false,
  })
  platform.bus.emit('change')
}
