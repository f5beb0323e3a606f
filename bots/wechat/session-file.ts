import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { servicePuppet } from './config.ts'

/** Whoever has these files can be the bot on WeChat: nobody but the bot's own user may read them. */
export interface SessionFiles {
  /** What wechaty is given to keep its session under, without the ending that it adds. */
  name: string
  /** Makes the folder and the session's file before wechaty does, and takes them from others where it already has. */
  tighten(): Promise<void>
  readAccount(): Promise<LastAccount | null>
  writeAccount(account: LastAccount): Promise<void>
  /** The token of the login page where none is configured; `isNew` where it was made just now. */
  loginToken(): Promise<{ token: string; file: string; isNew: boolean }>
}

/** As whom the bot was logged in last, and what is wrong since, as far as people were told of it. */
export interface LastAccount {
  puppet: string
  account: string
  told?: 'logged-out' | 'gateway-lost'
}

export const sessionEnding = '.memory-card.json'
const onlyOurs = 0o600
const folderOnlyOurs = 0o700

export function sessionFolder(dataDir: string): string {
  return path.resolve(dataDir, 'wechat')
}

export function createSessionFiles(
  dataDir: string,
  puppet: string,
  { home = homedir() }: { home?: string } = {},
): SessionFiles {
  const folder = sessionFolder(dataDir)
  const fileOf = (name: string) => path.join(folder, name)
  // Each puppet its own: one makes nothing of another's session.
  const name = fileOf(puppet.replaceAll(/[^\w.-]/g, '-'))
  // What the gateway told of people and groups is kept there by wechaty, in a folder named by the token.
  const ofService = path.join(home, '.wechaty')

  async function tighten(): Promise<void> {
    await ownFolder(folder)
    await ownFile(name + sessionEnding, '{}')
    if (puppet === servicePuppet) await ownFolder(ofService)
  }

  async function readAccount(): Promise<LastAccount | null> {
    const text = await readFile(fileOf('account.json'), 'utf8').catch(() => '')
    try {
      const { puppet, account, told } = JSON.parse(text) as LastAccount
      return { puppet, account, told }
    } catch {
      return null
    }
  }

  async function writeAccount(account: LastAccount): Promise<void> {
    await ownFolder(folder)
    const next = fileOf('account.json.next')
    await writeFile(next, JSON.stringify(account), { mode: onlyOurs })
    await rename(next, fileOf('account.json'))
  }

  async function loginToken(): Promise<{ token: string; file: string; isNew: boolean }> {
    const file = fileOf('login-token')
    await ownFolder(folder)
    const made = randomBytes(16).toString('hex')
    const isNew = await ownFile(file, made)
    return { token: isNew ? made : (await readFile(file, 'utf8')).trim(), file, isNew }
  }

  return { name, tighten, readAccount, writeAccount, loginToken }
}

async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: folderOnlyOurs })
  await chmod(folder, folderOnlyOurs)
}

/** @returns whether it was not there before. */
async function ownFile(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { mode: onlyOurs, flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    await chmod(file, onlyOurs)
    return false
  }
}
