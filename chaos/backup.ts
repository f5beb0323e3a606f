import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Context, Figures, Scenario } from './scenario.ts'
import { type Board, openBoard } from './support/board.ts'
import { startBot } from './support/bot.ts'
import { planCases } from './support/cases.ts'
import { type City, startCity } from './support/city.ts'
import { openCopy, sizeOf, wrongInCopy, wrongInTrail } from './support/copy.ts'
import { carryAll, openDesk } from './support/desk.ts'
import { quickStart } from './support/quick-start.ts'
import { wrongTotals } from './support/totals.ts'
import { until } from './support/until.ts'
import { settled, verify } from './support/verify.ts'

const sizes = {
  long: { cases: 600, departments: 10, atOnce: 2, backups: 40 },
  short: { cases: 8, departments: 2, atOnce: 1, backups: 2 },
}

/** `duban backup` again and again while people work: each copy is whole, and of one moment. */
export const backup: Scenario = {
  name: 'backup',
  async run(context) {
    const size = sizes[context.scale]
    const city = await startCity({ departments: size.departments, unlimited: true })
    const board = await openBoard(city)
    const bot = startBot(city.env, { ahead: city.clock.ahead(), unlimited: true })
    const folder = await mkdtemp(path.join(tmpdir(), 'duban-backups-'))
    try {
      if ((await bot.serves) === undefined) throw new Error('the bot does not start')
      return await copying(context, { city, board, folder, ...size })
    } finally {
      bot.kill()
      await bot.ended
      board.close()
      await city.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

interface Setting extends Omit<(typeof sizes)['long'], 'departments'> {
  city: City
  board: Board
  folder: string
}

async function copying({ random, scale, say }: Context, setting: Setting): Promise<Figures> {
  const { city, board, folder, backups, atOnce } = setting
  const cases = planCases(await city.addItems(setting.cases), city.departments, random)
  const desk = openDesk(city, board, { patienceMs: scale === 'long' ? 180_000 : 40_000 })
  let admitted = 0
  const working = carryAll(desk, cases, {
    atOnce: 8,
    admitted: (index) => until(() => index < admitted, `the turn of case ${index}`, 3_600_000).then(() => {}),
  })
  const lost: string[] = []
  const taken: Promise<void>[] = []
  const copies: { events: number; underWay: number }[] = []

  async function take(index: number): Promise<void> {
    const file = path.join(folder, `${index}.db`)
    const fault = await duban(city, ['backup', file])
    if (fault !== null) return void lost.push(`backup ${index}: ${fault}`)
    const copy = await openCopy(city, file)
    try {
      const wrong = [...(await wrongInCopy(copy)), ...(await wrongInTrail(copy, city))]
      lost.push(...wrong.map((line) => `backup ${index}: ${line}`))
      copies.push(await sizeOf(copy))
    } finally {
      await copy.close()
      await rm(file, { force: true })
    }
  }

  for (let index = 0; index < backups; index += 1) {
    admitted = Math.ceil(((index + 1) / backups) * cases.length)
    taken.push(take(index))
    if (taken.length >= atOnce) await taken.shift()
    if (index % 10 === 9) say(`${index + 1} of ${backups} copies, ${board.all().length} messages`)
  }
  await Promise.all(taken)
  lost.push(...(await working), ...(await settled(city, 60_000)))
  await take(backups)
  const found = await verify(city, board, cases)
  lost.push(...found.lost, ...(await wrongTotals(city, board, cases)))
  const busy = copies.filter(({ underWay }) => underWay > 0).length
  const most = Math.max(...copies.map(({ events }) => events))
  return {
    faults: copies.length,
    operations: cases.reduce((sum, { clicks, said }) => sum + clicks.length + said.length, 0),
    lost,
    doubled: found.doubled,
    notes: [
      `${copies.length} copies, ${busy} of them with messages on their way; the last has ${most} events of ${cases.length} assignments`,
    ],
  }
}

/** The operator's command line, as it is run beside the bot. @returns what it complained of, or null */
function duban({ env }: City, words: string[]): Promise<string | null> {
  const cli = path.join(import.meta.dirname, '..', 'src', 'cli.ts')
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, ...words],
      { env: { ...process.env, ...env, ...quickStart } },
      (error, out, err) => resolve(error ? `${err}${out}`.trim() || error.message : null),
    )
  })
}
