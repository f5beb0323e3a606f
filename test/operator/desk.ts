import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { feishuAbilities } from '../../bots/feishu/abilities.ts'
import { wechatAbilities } from '../../bots/wechat/abilities.ts'
import { coreEnv, loadConfig } from '../../src/config.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import type { Schema } from '../../src/db/schema.ts'
import { createVoice, type Locale } from '../../src/messages/voice.ts'
import type { Desk, Outside } from '../../src/operator/desk.ts'
import { runOperator } from '../../src/operator/run.ts'
import { createTerminal } from '../../src/operator/terminal/terminal.ts'
import { testFolder } from '../support/database.ts'

/** What a command printed, and its exit code. */
export interface Ran {
  code: number
  out: string
  err: string
}

export interface TestDesk {
  folder: string
  /** How often a running bot was woken. */
  woken(): number
  /** Runs `duban` with these words. */
  run(...words: string[]): Promise<Ran>
  /** Writes a file into the desk's folder; returns its name there. */
  file(name: string, content: string | Uint8Array): Promise<string>
  /** The database, made and migrated where it is not yet. */
  db(): Promise<Database<Schema>>
}

export interface DeskOptions {
  locale?: Locale
  /** `2026-11-20 10:00` Shanghai time, a Friday, by default. */
  now?: number
  env?: NodeJS.ProcessEnv
  outside?: Partial<Outside>
}

export const friday = Date.parse('2026-11-20T10:00:00+08:00')

/** An operator's desk with a database file of its own, in a folder of its own. */
export async function testDesk(options: DeskOptions = {}): Promise<TestDesk> {
  const { locale = 'zh-CN', now = friday } = options
  const folder = await testFolder()
  const env = {
    DATABASE_URL: `file:${folder}/data/duban.db`,
    DATA_DIR: `${folder}/data`,
    LOCALE: locale,
    ...options.env,
  }
  let woken = 0

  return {
    folder,
    woken: () => woken,
    async run(...words) {
      const out = collector()
      const err = collector()
      const desk: Desk = {
        terminal: createTerminal(out.stream, err.stream),
        voice: createVoice(locale, 'Asia/Shanghai', { now: () => now }),
        clock: { now: () => now },
        folder,
        hasPreamble: false,
        config: () => loadConfig(env, { core: coreEnv }).core,
        abilities: (locale) => ({ feishu: feishuAbilities, wechat: wechatAbilities(locale) }),
        outside: {
          configFaults: () => [],
          checkRedis: async () => ({ ok: true, version: '7.0.15', evictionPolicy: 'noeviction' }),
          checkFeishu: async () => ({ ok: true, bot: '督办机器人' }),
          checkWechat: async () => 'off',
          async wakeBot() {
            woken += 1
            return true
          },
          ...options.outside,
        },
      }
      const code = await runOperator(words, desk)
      return { code, out: out.text(), err: err.text() }
    },
    async file(name, content) {
      await writeFile(path.join(folder, name), content)
      return name
    },
    async db() {
      const database = await openDatabase<Schema>(env.DATABASE_URL)
      onTestFinished(database.close)
      await migrate(database)
      return database
    },
  }
}

function collector() {
  const pieces: Buffer[] = []
  const stream = new Writable({
    write(piece, _encoding, done) {
      pieces.push(Buffer.from(piece))
      done()
    },
  })
  return { stream, text: () => Buffer.concat(pieces).toString('utf8') }
}

export const directoryCsv = `单位,简称,平台,群,姓名,账号,角色
工作专班,专班,飞书,oc_force,陈组长,ou_chen,专班
市农业农村委员会,农业农村委；市农委,飞书,oc_agri,孙联络,ou_sun,联络员
市农业农村委员会,,飞书,,钱副手,ou_qian,B角
市商务委员会,商务委,飞书,oc_trade,吴联络,ou_wu,联络员
市教育委员会,教委,,,,,
`

/** A desk at which the directory is loaded. */
export async function deskWithDirectory(options: DeskOptions = {}): Promise<TestDesk> {
  const desk = await testDesk(options)
  const { code, err } = await desk.run('directory', await desk.file('directory.csv', directoryCsv))
  if (code !== 0) throw new Error(err)
  return desk
}

/** Everything that is stored of items, for "nothing changed". */
export async function itemTables(desk: TestDesk): Promise<unknown> {
  const { read } = await desk.db()
  return {
    items: await read.selectFrom('items').selectAll().execute(),
    assignments: await read.selectFrom('assignments').selectAll().execute(),
    deliveries: await read.selectFrom('deliveries').selectAll().execute(),
    events: await read.selectFrom('events').selectAll().where('item_code', 'is not', null).execute(),
  }
}
