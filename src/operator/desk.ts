import type { FeishuState } from '../../bots/feishu/doctor.ts'
import type { WechatState } from '../../bots/wechat/doctor.ts'
import type { RedisState } from '../../jobs/doctor.ts'
import type { Config } from '../config.ts'
import type { Locale, Voice } from '../messages/voice.ts'
import type { Abilities, Clock, Platform } from '../ports.ts'
import type { Terminal } from './terminal/terminal.ts'

/** What an operator's command works with. */
export interface Desk {
  terminal: Terminal
  voice: Voice
  clock: Clock
  /** Where the names of files start. */
  folder: string
  /** npm has put lines of its own before ours, in a file or a pipe. */
  hasPreamble: boolean
  /** What the core needs of the environment. @throws {ConfigError} */
  config(): Config
  /** What the platforms can do to which the bot sends. */
  abilities(locale: Locale): Record<Platform, Abilities>
  outside: Outside
}

/** What is asked of others than the database; tests give their own. */
export interface Outside {
  /** Everything that is wrong with the environment, the platforms' part too. */
  configFaults(): string[]
  /** Has a running bot look into the database at once. @returns false where Redis is away */
  wakeBot(): Promise<boolean>
  checkRedis(): Promise<RedisState>
  /** `off` where it is not configured, or wrongly. */
  checkFeishu(): Promise<FeishuState | 'off'>
  /** The same, for WeChat; looks at this machine alone. */
  checkWechat(): Promise<WechatState | 'off'>
}
