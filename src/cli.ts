import { feishuAbilities } from '../bots/feishu/abilities.ts'
import { feishuEnv } from '../bots/feishu/config.ts'
import { wechatAbilities } from '../bots/wechat/abilities.ts'
import { wechatEnv } from '../bots/wechat/config.ts'
import { ConfigError, coreEnv, environment, loadConfig } from './config.ts'
import { createVoice, type Locale } from './messages/voice.ts'
import type { Desk } from './operator/desk.ts'
import { runOperator } from './operator/run.ts'
import { createTerminal } from './operator/terminal/terminal.ts'

/**
 * Puts the parts of the command line together. What takes a second to load, the SDK and BullMQ, is loaded by those few
 * commands that need it.
 */
export function operatorDesk(env: NodeJS.ProcessEnv): Desk {
  const config = () => loadConfig(env, { core: coreEnv }).core
  return {
    terminal: createTerminal(process.stdout, process.stderr),
    voice: voiceOf(env),
    clock: { now: Date.now },
    folder: folderOf(env),
    hasPreamble: isFromNpm(env) && env.npm_config_loglevel !== 'silent' && !process.stdout.isTTY,
    config,
    abilities: (locale) => ({ feishu: feishuAbilities, wechat: wechatAbilities(locale) }),
    outside: {
      configFaults: () =>
        faultsOf(() => loadConfig(env, { core: coreEnv, feishu: feishuEnv, wechat: wechatEnv })),
      async wakeBot() {
        const { wakeBot } = await import('../jobs/wake.ts')
        return wakeBot(config().redisUrl)
      },
      async checkRedis() {
        const { checkRedis } = await import('../jobs/doctor.ts')
        return checkRedis(config().redisUrl)
      },
      async checkFeishu() {
        const { data: feishu } = feishuEnv.safeParse(env)
        if (!feishu) return 'off'
        const { checkFeishu } = await import('../bots/feishu/doctor.ts')
        return checkFeishu(feishu)
      },
      async checkWechat() {
        const { data: wechat } = wechatEnv.safeParse(env)
        if (!wechat) return 'off'
        const { checkWechat } = await import('../bots/wechat/doctor.ts')
        return checkWechat(wechat, config().dataDir)
      },
    },
  }
}

/** Even where the configuration is not usable, somebody must be told so. */
function voiceOf(env: NodeJS.ProcessEnv) {
  const { LOCALE, TIMEZONE } = coreEnv.in.shape
  const locale: Locale = LOCALE.catch('zh-CN').parse(env.LOCALE || undefined)
  return createVoice(locale, TIMEZONE.catch('Asia/Shanghai').parse(env.TIMEZONE || undefined), {
    now: Date.now,
  })
}

/** npm runs its scripts in the project's folder; files are named from where the operator stands. */
function folderOf(env: NodeJS.ProcessEnv): string {
  return (isFromNpm(env) ? env.INIT_CWD : undefined) ?? process.cwd()
}

function isFromNpm(env: NodeJS.ProcessEnv): boolean {
  return env.npm_lifecycle_event === 'duban'
}

function faultsOf(load: () => unknown): string[] {
  try {
    load()
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

async function main(): Promise<void> {
  // Whoever reads what is written may stop doing so: `export | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  process.exitCode = await runOperator(process.argv.slice(2), operatorDesk(environment()))
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    process.stderr.write(
      `${error instanceof ConfigError ? error.message : ((error as Error)?.stack ?? error)}\n`,
    )
    process.exit(1)
  })
}
