import { stat } from 'node:fs/promises'
import type { WechatConfig } from './config.ts'
import { puppetFault } from './installed.ts'
import { createSessionFiles, type LastAccount, sessionEnding, sessionFolder } from './session-file.ts'

/** How WeChat stands as far as this machine knows. Whether it is logged in only the running bot can say. */
export type WechatState =
  | { ok: false; why: 'not-installed'; puppet: string }
  /** Others may read what lets them be the bot. */
  | { ok: false; why: 'open-session'; file: string }
  | { ok: true; puppet: string; unencrypted: boolean; account: boolean; told?: LastAccount['told'] }

/** Loads no wechaty. */
export async function checkWechat(config: WechatConfig, dataDir: string): Promise<WechatState> {
  const { puppet, unencrypted } = config
  if (puppetFault(puppet) !== null) return { ok: false, why: 'not-installed', puppet }
  const files = createSessionFiles(dataDir, puppet)
  const session = files.name + sessionEnding
  for (const file of [sessionFolder(dataDir), session]) {
    if (await mayOthersRead(file)) return { ok: false, why: 'open-session', file }
  }
  const last = await files.readAccount()
  return { ok: true, puppet, unencrypted, account: last !== null, told: last?.told }
}

async function mayOthersRead(file: string): Promise<boolean> {
  const { mode } = await stat(file).catch(() => ({ mode: 0 }))
  return (mode & 0o077) !== 0
}
