import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { argv } from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'

/** What another process does to a database while a test looks on. Each prints a line when it is so far. */
const programs = {
  /** Says that it begins, and adds one to the counter so many times, reading and writing it in two steps. */
  async count(url: string, times: number) {
    const { write, close } = await openDatabase<{ counter: { value: number } }>(url)
    console.log('begins')
    for (let i = 0; i < times; i++) {
      await write.transaction().execute(async (trx) => {
        const { value } = await trx.selectFrom('counter').select('value').executeTakeFirstOrThrow()
        await trx
          .updateTable('counter')
          .set({ value: value + 1 })
          .execute()
      })
    }
    await close()
    console.log('counted')
  },

  /** Writes so many rows in a transaction and never ends it. */
  async hang(url: string, rows: number) {
    const { write } = await openDatabase<{ note: { text: string } }>(url)
    await write.transaction().execute(async (trx) => {
      for (let i = 0; i < rows; i++)
        await trx
          .insertInto('note')
          .values({ text: `lost ${i}` })
          .execute()
      console.log('written')
      await new Promise((resolve) => setTimeout(resolve, 2 ** 31 - 1))
    })
  },

  /** Writes row after row and prints each once it is committed, until it is ended. */
  async commit(url: string) {
    const { write } = await openDatabase<{ note: { text: string } }>(url)
    for (let i = 0; ; i++) {
      await write
        .insertInto('note')
        .values({ text: `n${i}` })
        .execute()
      console.log(`n${i}`)
    }
  },

  async migrate(url: string) {
    const database = await openDatabase(url)
    const applied = await migrate(database)
    await database.check()
    await database.close()
    console.log(JSON.stringify(applied))
  },

  /** Opens and closes, over and over. */
  async open(url: string, times: number) {
    for (let i = 0; i < times; i++) {
      const { read, close } = await openDatabase(url)
      await sql`select count(*) from sqlite_schema`.execute(read)
      await close()
    }
    console.log('opened')
  },
}

export type Program = keyof typeof programs

export interface OtherProcess {
  child: ChildProcessByStdio<null, Readable, Readable>
  /** What it has printed until now. */
  lines: string[]
}

/** Starts a process and waits for its first line. @throws {Error} with its complaint if it ends without one */
export async function otherProcess(program: Program, url: string, times = 1): Promise<OtherProcess> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), program, url, String(times)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const reader = createInterface(child.stdout).on('line', (line) => lines.push(line))
  let complaint = ''
  child.stderr.on('data', (data) => {
    complaint += data
  })
  await Promise.race([once(reader, 'line'), once(child, 'close')])
  if (lines.length === 0) throw new Error(`${program} ended without a line: ${complaint}`)
  return { child, lines }
}

/** Ends it at once, as a power cut would. */
export async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'close')
  child.kill('SIGKILL')
  await gone
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [program, url, times] = argv.slice(2)
  await programs[program as Program](String(url), Number(times))
}
