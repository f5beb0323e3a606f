import type { Wechaty } from 'wechaty'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import type { Locale } from '../../src/messages/voice.ts'
import { Busy } from '../../src/ports.ts'
import type { Alarm, Bot, BotDeps } from '../bot.ts'
import type { WechatConfig } from './config.ts'
import { type ConnectionTiming, createConnection } from './connection.ts'
import { type Console, drawCode, tellLoginPage } from './console.ts'
import { createDownloads } from './download.ts'
import { createLoginPage, type LoginPage } from './login-page.ts'
import { createPace, type PaceTiming } from './pace.ts'
import { createReceiver, type Receiver, type ReceiveTiming } from './receive.ts'
import { createMessenger, type SendTiming } from './send.ts'
import { createSessionFiles } from './session-file.ts'
import { within } from './within.ts'

export type { WechatConfig } from './config.ts'
export type { LoginPage, PageAnswer } from './login-page.ts'

export interface WechatBot extends Bot {
  /** What to mount at `GET /wechat/login`. */
  loginPage: LoginPage
}

export type WechatTiming = ConnectionTiming & PaceTiming & SendTiming & ReceiveTiming

export interface WechatDeps extends BotDeps, Alarm {
  locale: Locale
  /** Where the session is kept. */
  dataDir: string
  /** In place of the one that the config names: the demo's and tests'. */
  puppet?: PuppetInterface
  timing?: Partial<WechatTiming>
  /** Where the operator sees the code to scan. */
  console?: Console
}

const awayMs = 30_000
const lastWordsMs = 3_000

export function createWechatBot(config: WechatConfig, deps: WechatDeps): WechatBot {
  const {
    limiter,
    locale,
    clock,
    dataDir,
    puppet,
    timing,
    report,
    loggedIn,
    giveUp,
    console: to = process.stderr,
  } = deps
  const log = deps.log.child({ bot: 'wechat' })
  const files = createSessionFiles(dataDir, config.puppet)
  let receiver: Receiver | undefined
  let token: string | undefined
  const underWay = new Set<Promise<void>>()

  const connection = createConnection(config, {
    log,
    files,
    puppet,
    timing,
    report,
    loggedIn,
    giveUp,
    onBot: listen,
    onCode: (code) => drawCode(code, { to, locale }),
  })
  const { dailyCap } = config
  const pace = createPace({
    limiter,
    dailyCap,
    timing,
    onFull(what) {
      log.warn({ dailyCap, what }, 'enough was said on WeChat for a day: the rest waits')
      report(what === 'replies' ? 'replies-held' : 'pushes-held')
    },
  })
  const downloads = createDownloads({
    async find(messageId) {
      const present = connection.online()
      if (!present) throw new Busy(awayMs, 'the bot is not logged in to WeChat')
      return present.bot.Message.find({ id: messageId })
    },
  })
  const messenger = createMessenger({
    connection,
    pace,
    locale,
    log,
    timing,
    download: downloads.download,
    whoSaid: (messageId) => receiver?.whoSaid(messageId),
  })

  /** None of its promises is left alone: a rejection that nobody hears ends the process. */
  function listen(bot: Wechaty): void {
    bot.on('message', (message) => hear(receiver?.onMessage(message)))
    bot.on('room-join', (...event) => hear(receiver?.onRoomJoin(...event)))
    bot.on('room-leave', (...event) => hear(receiver?.onRoomLeave(...event)))
  }

  function hear(heard: Promise<void> | undefined): void {
    if (!heard) return
    underWay.add(heard)
    void heard.finally(() => underWay.delete(heard))
  }

  /** What came in is answered, and what came in meanwhile. */
  async function allHeard(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay)
  }

  async function loginToken(): Promise<string> {
    if (config.loginToken !== undefined) return config.loginToken
    if (token !== undefined) return token
    const made = await files.loginToken()
    token = made.token
    if (made.isNew) tellLoginPage(made, { to, locale })
    return token
  }

  return {
    ...messenger,

    async start(handle) {
      if (receiver) throw new Error('the WeChat bot is already started')
      receiver = createReceiver({
        handle,
        login: connection.login,
        keep: downloads.keep,
        gatherMs: timing?.gatherMs,
        locale,
        log,
        clock,
      })
      await loginToken()
      if (config.unencrypted) log.warn('what is said on WeChat goes to the gateway unencrypted')
      await connection.start()
    },

    async stop() {
      // Of what takes longer nobody will know whether it arrived. What comes in meanwhile is taken: nobody brings it again.
      await within(lastWordsMs, pace.close().then(allHeard)).catch(() => {})
      await connection.stop()
      await receiver?.stop()
    },

    health() {
      const health = connection.health()
      const waiting = pace.waiting()
      if (!health.ok || waiting.length === 0) return health
      const what = waiting.join(' and ')
      return { ok: true, detail: `WeChat: for the daily cap of ${dailyCap} messages, ${what} wait` }
    },

    loginPage: createLoginPage({ token: loginToken, state: connection.state, locale, limiter }),
  }
}
