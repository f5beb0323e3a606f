import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import type { OfficeHours } from './domain/office-hours.ts'
import { type PolicyRow, policyTable } from './domain/policy.ts'
import { readPolicies } from './files/policy-file.ts'
import { type ApiToken, readApiTokens, readNames } from './http/intake-tokens.ts'
import { locales } from './messages/voice.ts'

/** The environment does not fit: one message that names every fault. */
export class ConfigError extends Error {
  readonly faults: string[]
  constructor(faults: string[]) {
    super(
      `The configuration is not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}\nSee .env.example.`,
    )
    this.name = 'ConfigError'
    this.faults = faults
  }
}

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, like 17:30')
const level = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])

/** What the core reads; a bot brings the schema of its own variables. */
export const coreEnv = z
  .object({
    DATABASE_URL: z
      .string()
      .regex(/^(file:[^?#]+|:memory:)$/, 'must look like file:data/duban.db')
      .default('file:data/duban.db'),
    REDIS_URL: z
      .url({ protocol: /^rediss?$/, error: 'must look like redis://127.0.0.1:6379' })
      .default('redis://127.0.0.1:6379'),
    HTTP_HOST: z.string().default('127.0.0.1'),
    HTTP_PORT: z
      .string()
      .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'must be a port number')
      .transform(Number)
      .default(8080),
    API_TOKENS: z
      .string()
      .transform((text, context) => taken(readApiTokens(text), context))
      .optional(),
    API_PRIVATE: z.string().transform(readNames).default([]),
    LEAD_CLAIM_CODE: z.string().min(6, 'must have at least 6 characters').optional(),
    LOCALE: z.enum(locales, { error: `must be ${locales.join(' or ')}` }).default('zh-CN'),
    TIMEZONE: z
      .string()
      .refine(isTimezone, 'must be a time zone, like Asia/Shanghai')
      .default('Asia/Shanghai'),
    CLOSE_OF_BUSINESS: timeOfDay.default('17:30'),
    WORK_START: timeOfDay.default('09:00'),
    QUIET_HOURS: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'must look like 21:00-08:00')
      .default('21:00-08:00'),
    LOG_LEVEL: level.default('info'),
    DATA_DIR: z.string().default('data'),
    PII_RETENTION_DAYS: z
      .string()
      .regex(/^[1-9]\d{0,4}$/, 'must be a whole number of days, from 1 to 99999')
      .transform(Number)
      .optional(),
    POLICIES_FILE: z
      .string()
      .transform((file, context) => taken(policiesIn(file), context))
      .default([...policyTable]),
  })
  .refine((env) => env.WORK_START < env.CLOSE_OF_BUSINESS, {
    path: ['WORK_START'],
    message: 'must be earlier than CLOSE_OF_BUSINESS',
  })
  .superRefine(({ API_TOKENS = [], API_PRIVATE }, context) => {
    const names = new Set(API_TOKENS.map(({ name }) => name))
    for (const [index, name] of API_PRIVATE.entries()) {
      if (names.has(name)) continue
      // Not repeated: it may be a token, put there by mistake.
      const message = `name ${index + 1} is that of no pair of API_TOKENS`
      context.addIssue({ code: 'custom', path: ['API_PRIVATE'], message })
    }
  })
  .transform((env) => ({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    http: { host: env.HTTP_HOST, port: env.HTTP_PORT },
    /** Null: the intake API is off. */
    api:
      env.API_TOKENS === undefined
        ? null
        : env.API_TOKENS.map(
            (token): ApiToken => ({ ...token, private: env.API_PRIVATE.includes(token.name) }),
          ),
    policies: env.POLICIES_FILE,
    leadClaimCode: env.LEAD_CLAIM_CODE,
    locale: env.LOCALE,
    hours: {
      timezone: env.TIMEZONE,
      workStart: env.WORK_START,
      closeOfBusiness: env.CLOSE_OF_BUSINESS,
      quietFrom: env.QUIET_HOURS.slice(0, 5),
      quietUntil: env.QUIET_HOURS.slice(6),
    } satisfies OfficeHours,
    logLevel: env.LOG_LEVEL,
    dataDir: env.DATA_DIR,
    /** Null: personal data is kept for good. */
    retentionDays: env.PII_RETENTION_DAYS ?? null,
  }))

export type Config = z.output<typeof coreEnv>

/**
 * Reads every part of the environment; an empty value counts as not set.
 * @param parts schemas by a name of the caller's: the core's, and one for each bot
 * @throws {ConfigError} naming every fault of all of them
 */
export function loadConfig<Parts extends Record<string, z.ZodType>>(
  env: NodeJS.ProcessEnv,
  parts: Parts,
): { readonly [Name in keyof Parts]: z.output<Parts[Name]> } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ''))
  const faults: string[] = []
  const loaded: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(parts)) {
    const result = schema.safeParse(given)
    if (result.success) loaded[name] = result.data
    else faults.push(...result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`))
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return Object.freeze(loaded) as { [Name in keyof Parts]: z.output<Parts[Name]> }
}

/** The environment over what `.env` says. @throws {ConfigError} where `.env` can't be read */
export function environment(file = '.env'): NodeJS.ProcessEnv {
  if (!existsSync(file)) return process.env
  try {
    return { ...parseEnv(readFileSync(file, 'utf8')), ...process.env }
  } catch (error) {
    throw new ConfigError([
      `${file} can't be read: ${error instanceof Error ? error.message : String(error)}`,
    ])
  }
}

function policiesIn(file: string): { value: PolicyRow[] } | { faults: string[] } {
  try {
    const read = readPolicies(readFileSync(file, 'utf8'))
    return 'rows' in read ? { value: read.rows } : { faults: read.faults.map((fault) => `${file}: ${fault}`) }
  } catch (error) {
    return { faults: [`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`] }
  }
}

/** What was read, or an issue for each fault. */
function taken<T>(read: { value: T } | { faults: string[] }, context: z.RefinementCtx): T {
  if ('value' in read) return read.value
  for (const message of read.faults) context.addIssue({ code: 'custom', message })
  return z.NEVER
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
