import type { Readable } from 'node:stream'
import type { HttpInstance } from '@larksuiteoapi/node-sdk'
import { defaultHttpInstance } from '@larksuiteoapi/node-sdk'
import { ApiError } from './api-error.ts'

/** Milliseconds within which Feishu must answer; the SDK's own default is to wait for ever. */
export const requestTimeoutMs = 10_000
const longestErrorBody = 64 * 1024

/**
 * The HTTP client of the SDK's `Client`: our own instance rather than the SDK's shared one, with a timeout, no
 * redirects (they would carry the secret elsewhere) and no proxy for a server on this machine (for others HTTPS_PROXY
 * and NO_PROXY hold). What is no success is thrown as an ApiError: HTTP errors, silence, and HTTP 200 with a code
 * other than 0, which the SDK would pass on as a result.
 */
export function apiHttp(domain: string, timeoutMs = requestTimeoutMs): HttpInstance {
  const http = instance(domain, timeoutMs)
  http.interceptors.response.use(async (response) => {
    const { data, headers, config } = response
    if (config.responseType === 'stream') {
      if (isJson(headers) && !headers['content-disposition']) throw await errorOf(response, data)
      return { data, headers } as never
    }
    if (codeOf(data) !== 0) throw await errorOf(response, data)
    return data
  }, failed)
  return http as HttpInstance
}

/**
 * The HTTP client of the SDK's `WSClient`, which reads the codes itself. `onFailure` hears what the SDK would only log:
 * that the long connection's address could not be had.
 */
export function discoveryHttp(domain: string, onFailure: (error: Error) => void): HttpInstance {
  const http = instance(domain)
  http.interceptors.response.use(
    (response) => {
      if (codeOf(response.data) !== 0) onFailure(apiError('the request for a long connection', response))
      return response.data
    },
    async (error: unknown) => {
      const safe = await failed(error).catch((thrown: Error) => thrown)
      onFailure(safe)
      throw safe
    },
  )
  return http as HttpInstance
}

function instance(domain: string, timeoutMs = requestTimeoutMs) {
  return defaultHttpInstance.create({
    timeout: timeoutMs,
    maxRedirects: 0,
    ...(isLoopback(domain) && { proxy: false }),
  })
}

export function isLoopback(domain: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(domain).hostname)
}

interface Response {
  status: number
  data: unknown
  headers: Record<string, unknown>
  config: { method?: string; url?: string }
}

async function failed(error: unknown): Promise<Error> {
  const { response, code, config } = (error ?? {}) as {
    response?: Response
    code?: string
    config?: Response['config']
  }
  if (response) throw await errorOf(response, response.data)
  throw new ApiError(`${callOf(config)} got no answer (${code ?? 'unknown cause'})`)
}

async function errorOf(response: Response, data: unknown): Promise<ApiError> {
  const body = isStream(data) ? parsed(await firstBytes(data)) : data
  return apiError(callOf(response.config), { ...response, data: body })
}

function apiError(call: string, { status, data, headers }: Response): ApiError {
  const { msg } = (data ?? {}) as { msg?: unknown }
  const code = codeOf(data)
  const said = typeof msg === 'string' ? `: ${msg.slice(0, 200)}` : ''
  return new ApiError(`${call} was answered with HTTP ${status}, code ${code ?? 'none'}${said}`, {
    status,
    code,
    resetSeconds: resetSeconds(headers['x-ogw-ratelimit-reset']),
  })
}

function codeOf(data: unknown): number | undefined {
  const code = (data as { code?: unknown } | null | undefined)?.code
  return typeof code === 'number' ? code : undefined
}

function resetSeconds(header: unknown): number | undefined {
  const seconds = Number(header)
  return header !== undefined && header !== '' && Number.isFinite(seconds) && seconds >= 0
    ? seconds
    : undefined
}

/** `POST /open-apis/im/v1/messages`, without query and ids' owners: fit for a log. */
function callOf(config: Response['config'] | undefined): string {
  const path = config?.url ? URL.parse(config.url)?.pathname : undefined
  return `${(config?.method ?? 'call').toUpperCase()} ${path ?? ''}`.trim()
}

function isJson(headers: Record<string, unknown>): boolean {
  return String(headers['content-type'] ?? '').includes('application/json')
}

function isStream(data: unknown): data is Readable {
  return typeof (data as Readable | undefined)?.pipe === 'function'
}

async function firstBytes(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of stream) {
      chunks.push(chunk)
      length += chunk.length
      if (length > longestErrorBody) break
    }
  } catch {
    // What came before the break still tells the code.
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
