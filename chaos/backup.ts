import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { leaseMs } from '../src/services/delivery/courier.ts'
import type { Context, Figures, Scenario } from './scenario.ts'
import { type Board, openBoard } from './support/board.ts'
import { type BotProcess, startBot } from './support/bot.ts'
import { planCases } from './support/cases.ts'
import { type City, startCity } from './support/city.ts'
import { openCopy, sizeOf, wrongInCopy, wrongInTrail } from './support/copy.ts'
import { carryAll, openDesk } from './support/desk.ts'
import { quickStart } from './support/quick-start.ts'
import { wrongTotals } from './support/totals.ts'
import { until } from './support/until.ts'
import { type Findings, settled, verify } from './support/verify.ts'

const sizes = {
  long: { cases: 600, departments: 10, atOnce: 2, backups: 40 },
  short: { cases: 8, departments: 2, atOnce: 1, backups: 2 },
}

/** `duban backup` again and again while people work: each copy is whole, of one moment, and can be gone on from. */
export const backup: Scenario = {
  name: 'backup',
  async run(context) {
    const size = sizes[context.scale]
    const city = await startCity({ departments: size.departments, unlimited: true })
    const board = await openBoard(city)
    const start = (env = city.env) => startBot(env, { ahead: city.clock.ahead(), unlimited: true })
    const bot = start()
    const folder = await mkdtemp(path.join(tmpdir(), 'duban-backups-'))
    try {
      if ((await bot.serves) === undefined) throw new Error('the bot does not start')
      return await copying(context, { city, board, bot, start, folder, ...size })
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
  /** The city's own. */
  bot: BotProcess
  start(env: Record<string, string>): BotProcess
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
  const copies: { file: string; events: number; underWay: number }[] = []

  async function take(index: number): Promise<void> {
    const file = path.join(folder, `${index}.db`)
    const fault = await duban(city, ['backup', file])
    if (fault !== null) return void lost.push(`backup ${index}: ${fault}`)
    const copy = await openCopy(city, file)
    try {
      const wrong = [...(await wrongInCopy(copy)), ...(await wrongInTrail(copy, city))]
      lost.push(...wrong.map((line) => `backup ${index}: ${line}`))
      const size = await sizeOf(copy)
      copies.push({ ...size, file })
    } finally {
      await copy.close()
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
  const busy = copies.filter(({ underWay }) => underWay > 0)
  const most = Math.max(...copies.map(({ events }) => events))
  if (scale === 'long' && busy.length === 0) lost.push('no copy was taken with messages on their way')

  say('the bot goes on from a copy')
  const restored = busy.at(-1) ?? copies.at(-1)
  const after = restored && (await goingOn(setting, restored.file))
  return {
    faults: copies.length,
    operations: cases.reduce((sum, { clicks, said }) => sum + clicks.length + said.length, 0),
    lost: [...lost, ...(after?.lost ?? [])],
    doubled: [...found.doubled, ...(after?.doubled ?? [])],
    notes: [
      `${copies.length} copies, ${busy.length} of them with messages on their way; the last has ${most} events of ${cases.length} assignments`,
      `the bot went on from a copy with ${restored?.events} events and ${restored?.underWay} messages on their way`,
    ],
  }
}

/**
 * The bot ends, and starts again with a copy in place of its database: it sends on what was on its way in that, which the
 * groups have since; nobody sees it twice.
 */
async function goingOn({ city, bot: former, start }: Setting, file: string): Promise<Findings> {
  former.kill()
  await former.ended
  const before = new Set(messagesIn(city))
  // Whoever was sending then is long dead.
  city.clock.advance(leaseMs)
  city.sandbox.clockMoved()
  const bot = start({ ...city.env, DATABASE_URL: `file:${file}` })
  const copy = await openCopy(city, file)
  try {
    const url = await bot.serves
    if (url === undefined) return { lost: ['the bot does not start on a copy'], doubled: [] }
    const isReady = async () => (await fetch(`${url}/readyz`)).ok
    const lost = await until(isReady, '200 of /readyz on a copy').then(
      (): string[] => [],
      (error: unknown) => [String(error)],
    )
    lost.push(...(await settled({ ...city, app: copy.app }, 60_000)), ...(await wrongInCopy(copy)))
    const shown = messagesIn(city)
    const there = new Set<string | null>(shown)
    const sent = await copy.app.db.read
      .selectFrom('deliveries')
      .select(['id', 'message_id'])
      .where('op', '=', 'send')
      .where('status', '!=', 'cancelled')
      .execute()
    const missing = sent.filter(({ message_id }) => !there.has(message_id))
    return {
      lost: [...lost, ...missing.map(({ id }) => `no message stands for delivery ${id} of a copy`)],
      doubled: shown.filter((id) => !before.has(id)).map((id) => `sent again from a copy: ${id}`),
    }
  } finally {
    await copy.close()
    bot.kill()
    await bot.ended
  }
}

/** Those of the bot. */
function messagesIn({ sandbox, bot }: City): string[] {
  return sandbox
    .chats()
    .flatMap(({ chat_id }) => sandbox.messages(chat_id))
    .filter(({ sender }) => sender === bot)
    .map(({ message_id }) => message_id)
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
