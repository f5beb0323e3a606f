import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { onTestFinished, vi } from 'vitest'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import { PuppetMock } from 'wechaty-puppet-mock'
import { composeAddress } from '../../../bots/wechat/address.ts'
import type { WechatConfig } from '../../../bots/wechat/config.ts'
import { createWechatBot, type WechatBot, type WechatDeps } from '../../../bots/wechat/index.ts'
import type { IncomingHandler } from '../../../src/ports.ts'
import { testFolder } from '../../support/database.ts'
import { memoryLog, testLimiter } from '../feishu/support.ts'

export const puppetName = 'wechaty-puppet-mock'

/** Nobody waits in these tests, and what goes wrong is noticed at once. */
export const quick: WechatDeps['timing'] = {
  attemptMs: 5_000,
  pingMs: 10,
  silenceMs: 200,
  closeMs: 100,
  startMs: 2_000,
  loginMs: 2_000,
  firstPauseMs: 1,
  longestPauseMs: 5,
  steadyMs: 0,
  gapMs: 0,
  jitterMs: 0,
  perMinute: 10_000,
}

export function configFor(changes: Partial<WechatConfig> = {}): WechatConfig {
  return {
    puppet: puppetName,
    unencrypted: false,
    dailyCap: 300,
    loginToken: 'a-login-token-of-ours',
    ...changes,
  }
}

type File = Parameters<PuppetInterface['messageSendFile']>[1]

/** What the puppet was asked to send. */
export interface Said {
  to: string
  text?: string
  mentions?: string[]
  file?: File
}

/** The mock puppet, which remembers what it sends, answers pings at once, and fails as it is told. */
export class TestPuppet extends PuppetMock {
  readonly said: Said[] = []
  /** In place of sending. */
  failure?: (said: Said) => Promise<void>
  startFailure?: Error
  silent = false
  tellsIds = true

  override async onStart(): Promise<void> {
    if (this.startFailure) throw this.startFailure
    await super.onStart()
  }

  override ding(data?: string): void {
    if (!this.silent) this.emit('dong', { data: data ?? '' })
  }

  override async messageSendText(to: string, text: string, mentions?: string[]): Promise<void> {
    return this.#send({ to, text, mentions })
  }

  override async messageSendFile(to: string, file: File): Promise<void> {
    return this.#send({ to, file })
  }

  async #send(said: Said): Promise<void> {
    if (this.failure) return this.failure(said)
    this.said.push(said)
    // The mock promises no id, though its interface knows of one.
    const id: unknown = this.tellsIds ? `m${this.said.length}` : undefined
    return id as undefined
  }
}

/** The puppet with the bot's account, a group of two others, and a stranger. */
export function testPuppet() {
  const puppet = new TestPuppet()
  const { mocker } = puppet
  const self = mocker.createContact({ id: 'wxid_bot', name: '督办' })
  const sun = mocker.createContact({ id: 'wxid_sun', name: '孙联络' })
  const qian = mocker.createContact({ id: 'wxid_qian', name: '钱副手' })
  mocker.createContact({ id: 'wxid_wang', name: '王路人' })
  mocker.createRoom({ id: '1@chatroom', topic: '市农业农村委员会', memberIdList: [self.id, sun.id, qian.id] })
  mocker.createRoom({ id: '2@chatroom', topic: '别的群', memberIdList: [sun.id] })
  return { puppet, mocker, login: () => mocker.login(self) }
}

export function addressOf(kind: 'room' | 'contact', id: string, account = 'wxid_bot'): string {
  return composeAddress({ puppet: puppetName, account, kind, id })
}

export interface TestBot {
  bot: WechatBot
  dataDir: string
  logText(): string
  reports: string[]
  /** As whom it was logged in, one after another. */
  logins: string[]
  givenUp: string[]
  written: string[]
}

export async function botFor(
  puppet: PuppetInterface | undefined,
  { config, ...deps }: Partial<WechatDeps> & { config?: Partial<WechatConfig> } = {},
): Promise<TestBot> {
  const memory = memoryLog()
  const dataDir = deps.dataDir ?? (await testFolder())
  const reports: string[] = []
  const logins: string[] = []
  const givenUp: string[] = []
  const written: string[] = []
  const bot = createWechatBot(configFor(config), {
    limiter: testLimiter(),
    log: memory.log,
    clock: { now: () => Date.now() },
    locale: 'zh-CN',
    dataDir,
    puppet,
    report: (change) => void reports.push(change),
    loggedIn: (login) => void logins.push(login),
    giveUp: (reason) => void givenUp.push(reason),
    console: { isTTY: true, write: (text) => void written.push(text) },
    ...deps,
    timing: { ...quick, ...deps.timing },
  })
  onTestFinished(() => bot.stop())
  return { bot, dataDir, logText: memory.text, reports, logins, givenUp, written }
}

/** Nothing comes in. */
export const deaf = async () => ({})

export async function startedBot({
  handle = deaf,
  ...options
}: Parameters<typeof botFor>[1] & { handle?: IncomingHandler } = {}) {
  const world = testPuppet()
  const test = await botFor(world.puppet, options)
  const started = test.bot.start(handle)
  await until(() => world.puppet.state.active() === true)
  world.login()
  await started
  return { ...world, ...test }
}

export function until(isSo: () => boolean): Promise<unknown> {
  return vi.waitFor(
    () => {
      if (!isSo()) throw new Error('it is not so yet')
    },
    { timeout: 10_000, interval: 5 },
  )
}

/** The rights of a file or a folder, as in `600`. */
export async function modeOf(...parts: string[]): Promise<string> {
  return ((await stat(path.join(...parts))).mode & 0o777).toString(8)
}

export async function accountIn(dataDir: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(dataDir, 'wechat', 'account.json'), 'utf8'))
}
