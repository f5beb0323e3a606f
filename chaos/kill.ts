import { setTimeout as pause } from 'node:timers/promises'
import type { Context, Figures, Random, Scenario } from './scenario.ts'
import { openBoard } from './support/board.ts'
import { type BotProcess, noteErrors, startBot } from './support/bot.ts'
import { planCases } from './support/cases.ts'
import { type City, startCity } from './support/city.ts'
import { carryAll, openDesk } from './support/desk.ts'
import { seconds } from './support/seconds.ts'
import { wrongTotals } from './support/totals.ts'
import { until } from './support/until.ts'
import { settled, verify } from './support/verify.ts'

const sizes = {
  long: { kills: 100, cases: 2_000, departments: 20, drains: 10, liveMs: 4_000 },
  short: { kills: 2, cases: 8, departments: 3, drains: 0, liveMs: 500 },
}

const drainMs = 10_000

/** Longer than a dead sender is waited for: so long the machine is away now and then. */
const awayMs = 20_000

/** The bot is killed at random moments while people work with it; now and then the Redis forgets everything too. */
export const kill: Scenario = {
  name: 'kill',
  async run(context) {
    const size = sizes[context.scale]
    const city = await startCity({ departments: size.departments, unlimited: true })
    const board = await openBoard(city)
    try {
      return await killing(context, { city, board, ...size })
    } finally {
      board.close()
      await city.close()
    }
  },
}

interface Setting extends Omit<(typeof sizes)['long'], 'departments'> {
  city: City
  board: Awaited<ReturnType<typeof openBoard>>
}

async function killing({ random, scale, say }: Context, setting: Setting): Promise<Figures> {
  const { city, board, kills, drains, liveMs } = setting
  const { redis, clock } = city
  const cases = planCases(await city.addItems(setting.cases), city.departments, random)
  const desk = openDesk(city, board, { patienceMs: scale === 'long' ? 180_000 : 40_000 })
  const lost: string[] = []
  const errors: string[] = []
  const start = () => startBot(city.env, { ahead: clock.ahead(), unlimited: true, log: noteErrors(errors) })

  let admitted = 0
  const working = carryAll(desk, cases, {
    atOnce: 16,
    admitted: (index) => until(() => index < admitted, `the turn of case ${index}`, 3_600_000).then(() => {}),
  })

  let forgotten = 0
  const drained: number[] = []
  const lives = random.shuffled([...Array(kills).fill('SIGKILL'), ...Array(drains).fill('SIGTERM')])
  for (const [life, signal] of lives.entries()) {
    admitted = Math.ceil(((life + 1) / lives.length) * cases.length)
    const bot = start()
    if (signal === 'SIGTERM') {
      await bot.serves
      await pause(random.between(0.3, 1) * liveMs)
      const took = await drain(bot)
      if (typeof took === 'number') drained.push(took)
      else lost.push(took)
    } else {
      await moment(city, bot, { random, liveMs })
      bot.kill()
      const { signal: end, code } = await bot.ended
      if (end !== 'SIGKILL') lost.push(`the bot ended by itself with ${code}`)
    }
    if (random.chance(0.3)) {
      forgotten += 1
      await redis.restart()
    }
    if (random.chance(0.5)) clock.advance(awayMs)
    if (life % 10 === 9) say(`${life + 1} of ${lives.length} lives, ${board.all().length} messages`)
  }

  clock.advance(awayMs)
  admitted = cases.length
  const last = start()
  lost.push(...(await working))
  lost.push(...(await settled(city, 60_000)))
  const found = await verify(city, board, cases)
  lost.push(...found.lost, ...(await wrongTotals(city, board, cases)), ...errors)
  const took = await drain(last)
  if (typeof took === 'string') lost.push(took)

  const clicks = cases.flatMap((one) => one.clicks)
  const told = (how: string) => clicks.filter((click) => click.told === how).length
  const slowest = Math.max(...drained, 0)
  return {
    faults: kills + drains + forgotten,
    operations: clicks.length + cases.reduce((sum, { said }) => sum + said.length, 0),
    lost,
    doubled: found.doubled,
    notes: [
      `${kills} SIGKILLs, ${drains} SIGTERMs, Redis forgot ${forgotten} times; ${cases.length} assignments, ${board.all().length} messages of the bot`,
      `${clicks.length} clicks: ${told('taken')} taken, ${told('nothing')} without an answer, ${told('refused')} refused`,
      ...(drained.length > 0 ? [`SIGTERM under load: ended with 0 after ${seconds(slowest)} at most`] : []),
      ...[...desk.refusals].slice(0, 3).map(([toast, count]) => `refused ${count} times: “${toast}”`),
    ],
  }
}

/** Some time of its life: while it starts, while it works, or in the middle of what it is doing. */
async function moment(
  city: City,
  bot: BotProcess,
  { random, liveMs }: { random: Random; liveMs: number },
): Promise<void> {
  if (random.chance(0.1)) {
    await pause(random.between(0, 1_000))
    return
  }
  await bot.serves
  await pause(random.between(0, liveMs))
  await random.pick([async () => {}, inACall, afterACommit])(city, bot, liveMs)
}

/** The sandbox looks while it carries out a call: the bot does not live to hear of it. */
async function inACall({ sandbox }: City, bot: BotProcess, ms: number): Promise<void> {
  const before = sandbox.calls().length
  const killed = () => {
    if (sandbox.calls().length === before) return false
    bot.kill()
    return true
  }
  await sandbox.waitFor(killed, 'a call', ms).catch(() => {})
}

/** Something was taken in and is committed: the platform hardly hears of that. */
async function afterACommit({ app }: City, _bot: BotProcess, ms: number): Promise<void> {
  const taken = async () => {
    const { count } = await app.db.read
      .selectFrom('incoming')
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count
  }
  const before = await taken()
  const deadline = performance.now() + ms
  while (performance.now() < deadline && (await taken()) === before);
}

/** @returns the milliseconds that it took to end at SIGTERM, or what is wrong with the end */
async function drain(bot: BotProcess): Promise<number | string> {
  const started = performance.now()
  bot.kill('SIGTERM')
  const { code, signal } = await bot.ended
  const took = performance.now() - started
  if (code !== 0) return `at SIGTERM the bot ended with ${code ?? signal}`
  return took <= drainMs ? took : `at SIGTERM the bot took ${Math.round(took)} ms to end`
}
