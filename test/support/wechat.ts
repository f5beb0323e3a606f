import { onTestFinished, vi } from 'vitest'
import { composeAddress } from '../../bots/wechat/address.ts'
import { servicePuppet } from '../../bots/wechat/config.ts'
import type { Sandbox } from '../../sandbox/server/index.ts'
import type { Gateway } from '../../sandbox/wechat/gateway.ts'
import type { SandboxPuppet, SandboxPuppetOptions } from '../../sandbox/wechat/puppet.ts'
import type { StartOptions } from '../../src/main.ts'
import { testFolder } from './database.ts'
import { until } from './truth.ts'

/** Nobody waits in these tests: neither between two messages nor, where something is lost, for its end. */
const quick = {
  pingMs: 50,
  silenceMs: 1_500,
  closeMs: 200,
  loginMs: 3_000,
  firstPauseMs: 20,
  longestPauseMs: 100,
  steadyMs: 0,
  sendMs: 5_000,
  gapMs: 0,
  jitterMs: 0,
  perMinute: 10_000,
  gatherMs: 20,
} satisfies NonNullable<StartOptions['wechat']>['timing']

export interface WechatOptions extends SandboxPuppetOptions {
  /** The bot speaks with the puppet through a gateway, as it does with those that are rented. */
  throughGateway?: boolean
  /** How long what comes at once is gathered, to be put in order; on a busy machine it comes less at once. */
  gatherMs?: number
}

/** The sandbox's WeChat, and how the bot comes to it. */
export interface TestWechat {
  env: Record<string, string>
  puppet: SandboxPuppet
  gateway?: Gateway
  /** For the bot's next start: a process begins with a puppet of its own, a gateway keeps its. */
  atStart(): StartOptions['wechat']
  /** Somebody scans the code; under another session the account is another one. */
  scan(session?: string): Promise<void>
  /** How the bot knows a chat or a person of the sandbox, under the present login. */
  addressOf(kind: 'room' | 'contact', id: string): string
}

export async function testWechat(
  sandbox: Sandbox,
  { throughGateway, gatherMs = quick.gatherMs, ...traits }: WechatOptions,
): Promise<TestWechat> {
  // Loaded only here: the tests of Feishu do without wechaty too.
  const { createSandboxPuppet } = await import('../../sandbox/wechat/puppet.ts')
  let puppet = createSandboxPuppet(sandbox, traits)
  const gateway = throughGateway ? await openGateway(puppet) : undefined
  const logout = vi.spyOn(puppet, 'logout')
  const name = gateway ? servicePuppet : 'wechaty-puppet-mock'
  const timing = { ...quick, gatherMs }
  let starts = 0
  return {
    env: {
      WECHATY_PUPPET: name,
      WECHATY_LOGIN_TOKEN: 'a-login-token-of-ours',
      WECHATY_DAILY_CAP: '99999',
      ...(gateway && {
        WECHATY_TOKEN: gateway.token,
        WECHATY_ENDPOINT: gateway.endpoint,
        WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true',
      }),
    },
    get puppet() {
      return puppet
    },
    gateway,
    atStart() {
      starts += 1
      if (gateway) return { timing }
      if (starts > 1) puppet = createSandboxPuppet(sandbox, traits)
      return { puppet, timing }
    },
    async scan(session) {
      // A gateway's client answers each logout with one of its own, which would end the new login.
      if (gateway) await until(() => logout.mock.calls.length % 2 === 0, 'the gateway’s client to log out')
      puppet.scanned(session)
    },
    addressOf: (kind, id) =>
      composeAddress({
        puppet: name,
        account: puppet.ids.contact(sandbox.wechat.bot.open_id),
        kind,
        id: kind === 'room' ? puppet.ids.room(id) : puppet.ids.contact(id),
      }),
  }
}

async function openGateway(puppet: SandboxPuppet): Promise<Gateway> {
  // Its client keeps below the home folder what it has seen.
  vi.stubEnv('HOME', await testFolder())
  onTestFinished(() => void vi.unstubAllEnvs())
  const { startGateway } = await import('../../sandbox/wechat/gateway.ts')
  const gateway = await startGateway(puppet)
  onTestFinished(() => gateway.close())
  return gateway
}
