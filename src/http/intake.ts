import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { itemStatuses } from '../domain/item.ts'
import { UserError } from '../errors.ts'
import type { RateLimiter } from '../ports.ts'
import type { App } from '../services/app.ts'
import { resolveDepartment } from '../services/directory/departments.ts'
import { takeIn } from '../services/intake/intake.ts'
import type { IntakeFault } from '../services/intake/intake-fields.ts'
import { type Reader, readItem, readItems, readStatus } from '../services/intake/intake-read.ts'
import { type ApiToken, tokenFinder } from './intake-tokens.ts'

export interface IntakeOptions {
  app: App
  tokens: readonly ApiToken[]
  limiter: RateLimiter
}

const mostAtOnce = 1_000
const pageLength = { usual: 50, most: 100 }
/** Of one token: 20 a second in the long run, 100 at once. */
const limit = { permits: 100, perMs: 5_000 }

const flag = z.enum(['0', '1', 'false', 'true']).transform((text) => text === '1' || text === 'true')
const ofOneItem = z.strictObject({ private: flag.default(false) })
const ofItems = z.strictObject({
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(itemStatuses)))
    .optional(),
  department: z.string().min(1).optional(),
  overdue: flag.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .default(0),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(pageLength.most))
    .default(pageLength.usual),
  private: flag.default(false),
})
const nothing = z.strictObject({})

/** `/api/v1`: other systems bring items in, and read them and the totals. */
export function serveIntake({ app, tokens, limiter }: IntakeOptions): (http: FastifyInstance) => void {
  const findToken = tokenFinder(tokens)
  const { t } = app.voice
  const callers = new WeakMap<FastifyRequest, ApiToken>()

  /** Who it is, and whether it is too much, before any of the body is read. */
  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    reply.header('cache-control', 'no-store')
    const token = findToken(request.headers.authorization)
    if (!token) {
      return reply.code(401).header('www-authenticate', 'Bearer').send({ error: t.intake.unauthorized })
    }
    callers.set(request, token)
    const wait = await limiter.take([{ key: `api-${token.name}`, ...limit }])
    if (wait === 0) return undefined
    const seconds = Math.ceil(wait / 1000)
    return reply
      .code(429)
      .header('retry-after', seconds)
      .send({ error: t.intake.tooManyRequests(seconds) })
  }

  async function takeItems(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { body } = request
    const sent = Array.isArray(body) ? body : [body]
    if (sent.length > mostAtOnce) throw new Refused(400, t.intake.tooManyItems(mostAtOnce))
    const result = await takeIn(app, sent, callerOf(request).name)
    if ('faults' in result) {
      const faults = Array.isArray(body) ? result.faults : result.faults.map(withoutPlace)
      return reply.code(400).send({ error: t.intake.faults(faults.length), faults })
    }
    const { taken } = result
    return reply.code(taken.some((item) => item.new) ? 201 : 200).send(Array.isArray(body) ? taken : taken[0])
  }

  async function sendItem(request: FastifyRequest): Promise<unknown> {
    const query = asked(ofOneItem, request)
    const { code } = request.params as { code: string }
    const reader = readerFor(request, query.private)
    const item = /^[1-9]\d{0,14}$/.test(code) ? await readItem(app, Number(code), reader) : null
    if (!item) throw new Refused(404, t.intake.noSuchItem)
    return item
  }

  async function sendItems(request: FastifyRequest): Promise<unknown> {
    const { department, status, overdue, cursor, limit: length, ...query } = asked(ofItems, request)
    const reader = readerFor(request, query.private)
    const { items, next } = await readItems(
      app,
      {
        after: cursor,
        limit: length,
        ...(status ? { statuses: status } : {}),
        ...(overdue === undefined ? {} : { overdue }),
        ...(department ? { department: await resolveDepartment(app.db.read, department) } : {}),
      },
      reader,
    )
    return { items, next_cursor: next === null ? null : String(next) }
  }

  async function sendStatus(request: FastifyRequest): Promise<unknown> {
    asked(nothing, request)
    return readStatus(app)
  }

  function asked<T>(query: z.ZodType<T>, request: FastifyRequest): T {
    const result = query.safeParse(request.query)
    if (result.success) return result.data
    const names = result.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])],
    )
    throw new Refused(400, t.intake.badQuery([...new Set(names)].join(', ')))
  }

  function readerFor(request: FastifyRequest, wanted: boolean): Reader {
    const token = callerOf(request)
    if (wanted && !token.private) throw new Refused(403, t.intake.noPrivate)
    return { name: token.name, private: wanted }
  }

  function callerOf(request: FastifyRequest): ApiToken {
    const token = callers.get(request)
    if (!token) throw new Error('the request was not admitted')
    return token
  }

  return (http) => {
    const serverFault = http.errorHandler
    http.setErrorHandler((error, request, reply) => {
      if (error instanceof UserError) return reply.code(400).send({ error: error.say(app.voice.t) })
      if (error instanceof Refused) return reply.code(error.status).send({ error: error.message })
      return serverFault(error as Parameters<typeof serverFault>[0], request, reply)
    })
    http.removeAllContentTypeParsers()
    http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
      const value = parsedJson(body as Buffer)
      if (value === undefined) done(new Refused(400, t.intake.notJson))
      else done(null, value)
    })
    http.addHook('onRequest', admit)
    http.post('/api/v1/items', takeItems)
    http.get('/api/v1/items', sendItems)
    http.get('/api/v1/items/:code', sendItem)
    http.get('/api/v1/status', sendStatus)
  }
}

/** An answer other than what was asked for. */
class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Undefined where it is no JSON, or not in UTF-8: a wrong encoding would make rubbish of every name. */
function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

function withoutPlace({ index: _, ...fault }: IntakeFault): Omit<IntakeFault, 'index'> {
  return fault
}
