import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Bot } from '../bots/bot.ts'
import { createFeishuBot, type FeishuBot, type FeishuDeps, feishuEnv } from '../bots/feishu/index.ts'
import { wechatEnv } from '../bots/wechat/config.ts'
import type { WechatBot, WechatConfig, WechatDeps } from '../bots/wechat/index.ts'
import { puppetFault } from '../bots/wechat/installed.ts'
import { type JobsOptions, openJobs } from '../jobs/open-jobs.ts'
import { commands } from './commands/index.ts'
import { createRouter } from './commands/router.ts'
import { ConfigError, coreEnv, environment, loadConfig } from './config.ts'
import { openDatabase } from './db/database.ts'
import { migrate } from './db/migrate.ts'
import { hasLead } from './db/people.ts'
import type { Schema } from './db/schema.ts'
import { readSetting } from './db/settings.ts'
import { serveIntake } from './http/intake.ts'
import { createHttpServer } from './http/server.ts'
import { createLogger } from './log.ts'
import { createMetrics } from './metrics.ts'
import { openApp } from './open-app.ts'
import type { Clock, IncomingHandler, Messenger, Platform, RateLimiter } from './ports.ts'
import type { App } from './services/app.ts'
import { fetchEvidence } from './services/assignment/evidence.ts'
import { calendarWatch, recomputeDue } from './services/calendar.ts'
import { clockWatch } from './services/clock-watch.ts'
import { tellOfConnection } from './services/delivery/connection-news.ts'
import { deliver } from './services/delivery/deliver.ts'
import { setClaimCode } from './services/directory/claim.ts'
import { createLogins } from './services/directory/login.ts'
import { announceDue, scheduleAnnouncements } from './services/intake/intake-announce.ts'
import { sendDueNudges } from './services/nudges/nudge.ts'
import type { LiveOffice } from './services/office.ts'
import { sendDueDigest } from './services/reports/digest.ts'
import { makeExport } from './services/reports/export-file.ts'
import { sweep } from './services/sweep.ts'
import { backfillWords } from './services/triage/similar-words.ts'
import { work } from './services/work.ts'

export interface Duban {
  app: App
  /** Where the HTTP server listens. */
  url: string
  /** What every bot brings in; tests and the demo may bring in more. */
  handle: IncomingHandler
  /** Resolves with why this process can not go on, when only a new one can. */
  givenUp: Promise<string>
  /** Takes in nothing new, finishes what is under way, closes everything. */
  stop(): Promise<void>
}

export interface StartOptions {
  clock?: Clock
  log?: Logger
  /** In place of the limiter that Redis shares; gets that one. */
  limiter?: (shared: RateLimiter) => RateLimiter
  /** How soon a lost connection to Feishu, and a call without an answer, is noticed. */
  connectionTiming?: FeishuDeps['connectionTiming']
  /** A puppet in place of the one that is configured, and other pauses than those that spare the account. */
  wechat?: Pick<WechatDeps, 'puppet' | 'timing'>
  /** How soon a lost job is found again. */
  jobsTiming?: JobsOptions['timing']
}

export const envParts = { core: coreEnv, feishu: feishuEnv, wechat: wechatEnv }

/** Puts the parts together and serves. @throws {ConfigError} */
export async function startDuban(env: NodeJS.ProcessEnv, options: StartOptions = {}): Promise<Duban> {
  const config = loadConfig(env, envParts)
  const { core } = config
  const clock = options.clock ?? { now: Date.now }
  const log = options.log ?? createLogger({ level: core.logLevel })
  const fault = config.wechat && !options.wechat?.puppet ? puppetFault(config.wechat.puppet) : null
  if (fault !== null) throw new ConfigError([fault])

  const db = await openDatabase<Schema>(core.databaseUrl)
  await migrate(db)
  const jobs = openJobs({ redisUrl: core.redisUrl, clock, log, timing: options.jobsTiming })

  const bots: Bot[] = []
  const limiter = options.limiter?.(jobs.limiter) ?? jobs.limiter
  const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<string>()
  const deps = { limiter, log, clock, locale: core.locale }
  let feishu: FeishuBot | undefined
  if (config.feishu) {
    feishu = createFeishuBot(config.feishu, { ...deps, connectionTiming: options.connectionTiming })
    bots.push(feishu)
  }
  let wechat: WechatBot | undefined
  if (config.wechat) {
    wechat = await openWechat(config.wechat, {
      ...deps,
      ...options.wechat,
      dataDir: core.dataDir,
      report(change) {
        if (change === 'logged-out') logins.forget('wechat')
        tellOfConnection(app, 'wechat', change).catch((err: unknown) =>
          log.error({ err, change }, 'the task force could not be told of the connection'),
        )
      },
      loggedIn: (login) => logins.follow('wechat', login),
      giveUp(reason) {
        log.fatal({ reason }, 'given up: only a new process can go on')
        giveUp(reason)
      },
    })
    bots.push(wechat)
  }
  if (bots.length === 0) log.warn('no chat platform is configured: see .env.example')

  const { app, office } = await openApp(core, {
    db,
    clock,
    queue: jobs.queue,
    messengers: new Map<Platform, Messenger>(bots.map((bot) => [bot.platform, bot])),
    log,
  })
  const logins = createLogins(app)
  const handle = createRouter(app, commands, logins.note)
  await offerClaimCode(app, core.leadClaimCode)
  await followCalendar(app, office, 'provisional')
  const watchCalendar = calendarWatch(app)
  watchCalendar()
  const watchClock = clockWatch(app)

  jobs.start({
    deliver: (id) => deliver(app, id),
    nudge: () => sendDueNudges(app),
    fetch: () => fetchEvidence(app),
    digest: () => sendDueDigest(app),
    announce: () => announceDue(app),
    export: (person) => makeExport(app, person),
    async sweep() {
      await logins.sweep()
      if (await office.reload()) await followCalendar(app, office, 'all')
      watchCalendar()
      await watchClock()
      await sweep(app)
      await scheduleAnnouncements(app)
    },
  })

  const http = createHttpServer({
    ...core.http,
    log,
    metrics: createMetrics(db),
    routes: core.api ? [serveIntake({ app, tokens: core.api, limiter })] : [],
    webhook: feishu?.webhook,
    loginPage: wechat?.loginPage,
    ready: async () => ({
      database: await databaseHealth(app),
      redis: jobs.health(),
      ...Object.fromEntries(bots.map((bot) => [bot.platform, bot.health()])),
    }),
  })
  const url = await http.start()
  for (const bot of bots) await bot.start(handle)
  log.info({ url, platforms: bots.map((bot) => bot.platform) }, 'duban serves')

  let serving = true
  const backfilled = backfillWords(app, () => serving).catch((err: unknown) =>
    log.error({ err }, 'the words of earlier items could not be kept'),
  )

  return {
    app,
    url,
    handle,
    givenUp,
    async stop() {
      serving = false
      await Promise.all(bots.map((bot) => bot.stop()))
      await Promise.all([http.stop(), jobs.stop(), backfilled])
      await db.close()
      log.info('duban has stopped')
    },
  }
}

/** Loaded only where it is configured: wechaty takes more than half a second and some 70 MB. */
async function openWechat(config: WechatConfig, deps: WechatDeps): Promise<WechatBot> {
  const { createWechatBot } = await import('../bots/wechat/index.ts')
  return createWechatBot(config, deps)
}

/** Until there is a lead, somebody must be able to become the first: by a code that only the operator sees. */
async function offerClaimCode(app: App, chosen: string | undefined): Promise<void> {
  if (await hasLead(app.db.read)) return
  if (chosen === undefined && (await readSetting(app.db.read, 'claim_code_sha256')) !== null) return
  const code = chosen ?? randomBytes(5).toString('hex')
  await work(app, (current) => setClaimCode(current, code))
  // Not through the log, which is kept and shipped: this is for the eyes at the console.
  if (chosen === undefined)
    process.stderr.write(`\n  首位专班人员认领码 / claim code of the first lead: ${code}\n\n`)
}

/** Due times follow the calendar. */
async function followCalendar(app: App, { office }: LiveOffice, which: 'provisional' | 'all'): Promise<void> {
  const moved = await work(app, (current) => recomputeDue(current, office(), which))
  if (moved > 0) app.log.info({ moved }, 'due times were corrected by the calendar')
}

/** It must answer, and keep what it is given. */
async function databaseHealth({ db, storage }: App): Promise<{ ok: boolean; detail?: string }> {
  try {
    await db.read.selectFrom('settings').select('key').limit(1).execute()
    return await storage.health()
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : 'unusable' }
  }
}

/** A drain that takes longer is given up; whatever is left is in the database, for the next start. */
const drainMs = 9_000

/** Drains at the first signal, or when the process is given up, and ends. */
export function stopAtSignals(duban: Duban): void {
  let stopping = false
  const stop = async (code: number) => {
    // The same wish often comes twice: to each process of a group, and handed on by its parent.
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), drainMs).unref()
    await duban.stop()
    process.exit(code)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(0))
  // With a failure, or its supervisor would not start it again.
  void duban.givenUp.then(() => stop(1))
}

async function main(): Promise<void> {
  stopAtSignals(await startDuban(environment()))
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    process.stderr.write(`${reasonOf(error)}\n`)
    process.exit(1)
  })
}

/** What the operator can mend in one line; a bug with its stack. */
function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  const { code, port, stack } = error as { code?: string; port?: number; stack?: string }
  if (code === 'EADDRINUSE') return `HTTP_PORT ${port} is taken by another program: choose another one.`
  if (code === 'EACCES') return `HTTP_PORT ${port} may not be used by this user: choose one above 1023.`
  return stack ?? String(error)
}
