import { setTimeout as pause } from 'node:timers/promises'
import type { Call } from '../sandbox/server/index.ts'
import type { Context, Figures, Scenario } from './scenario.ts'
import { type Board, openBoard } from './support/board.ts'
import { type BotProcess, noteErrors, startBot } from './support/bot.ts'
import { planCases } from './support/cases.ts'
import { type City, startCity } from './support/city.ts'
import { carryAll, openDesk } from './support/desk.ts'
import { nudged, nudgedTwice } from './support/nudges.ts'
import { type Permits, watchPermits } from './support/permits.ts'
import { wrongTotals } from './support/totals.ts'
import { until } from './support/until.ts'
import { settled, verify } from './support/verify.ts'

const sizes = {
  long: { cases: 300, departments: 10, deaths: 5, questions: 60 },
  short: { cases: 8, departments: 3, deaths: 0, questions: 12 },
}

const sending = /\/messages(\/:message_id\/reply)?$/
/** Calls that take no permit: they let the others in. */
const admission = /^\/open-apis\/auth\/|^\/callback\//
/** A call whose access token has run out is made once more, with the permit that it has. */
const badToken = 99991663

/**
 * Of all calls. The limiter counts when a call may leave, the platform when it comes: on a busy machine one that is
 * late may meet the next ones. Two that did not share their limits were refused five times as many.
 */
const refusedAtMost = 0.03
/** Of the permits: a Redis that takes over half a second to answer is as good as away, and each counts alone. */
const unsharedAtMost = 0.01

const hour = 60 * 60_000

/** Two bots share one Redis and one database file: together they do everything once, and keep to one bot's limits. */
export const processes: Scenario = {
  name: 'processes',
  async run(context) {
    const size = sizes[context.scale]
    const city = await startCity({ departments: size.departments })
    const board = await openBoard(city)
    const permits = await watchPermits(city.redis.url)
    const errors: string[] = []
    const start = () => startBot(city.env, { ahead: city.clock.ahead(), log: noteErrors(errors) })
    const bots: [BotProcess, BotProcess] = [start(), start()]
    try {
      await city.sandbox.waitFor(() => city.sandbox.connections() === 2, 'both bots', 60_000)
      const figures = await together(context, { city, board, permits, bots, start, ...size })
      return { ...figures, lost: [...figures.lost, ...errors] }
    } finally {
      for (const bot of bots) bot.kill()
      await Promise.all(bots.map(({ ended }) => ended))
      board.close()
      permits.close()
      await city.close()
    }
  },
}

interface Setting {
  city: City
  board: Board
  permits: Permits
  bots: [BotProcess, BotProcess]
  start(): BotProcess
  cases: number
  deaths: number
  questions: number
}

async function together({ random, scale, say }: Context, setting: Setting): Promise<Figures> {
  const { city, board, permits, bots, start, deaths, questions } = setting
  const cases = planCases(await city.addItems(setting.cases), city.departments, random)
  // Some are always left to be nudged.
  for (const one of cases.slice(0, 3)) one.until = 'sent'
  const desk = openDesk(city, board, { patienceMs: 120_000 })
  const working = carryAll(desk, cases, { atOnce: 16 })
  for (let death = 0; death < deaths; death += 1) {
    await pause(random.between(2_000, 12_000))
    const index = random.chance(0.5) ? 0 : 1
    bots[index].kill()
    await bots[index].ended
    bots[index] = start()
    await bots[index].serves
    say(`${death + 1} of ${deaths} deaths of one of the two, ${board.all().length} messages`)
  }
  const lost = await working
  const { chat, person } = city.taskForce
  // More answers at once than the platform takes for one group.
  const asked = Array.from(
    { length: questions },
    () => city.sandbox.sendText(chat, person, '/帮助').message_id,
  )
  lost.push(...(await settled(city, 120_000)))
  const answers = asked.map((message) => board.answersTo(message).length)
  lost.push(...answers.filter((count) => count === 0).map(() => 'the answer to a question'))

  say('the time of the nudges')
  moveTo(setting, city.clock.now() + 2 * hour)
  lost.push(...(await nudged(city, cases, 'unacknowledged')))
  say('the time of the digest')
  moveTo(setting, Date.UTC(2026, 10, 24, 10, 0, 1))
  await until(() => digests(city).then((count) => count > 0), 'the digest')
  lost.push(...(await nudged(city, cases, 'unacknowledged-again')))
  lost.push(...(await settled(city, 120_000)))

  const found = await verify(city, board, cases)
  lost.push(...found.lost, ...(await wrongTotals(city, board, cases)))
  const doubled = [...found.doubled, ...(await nudgedTwice(city))]
  doubled.push(...answers.filter((count) => count > 1).map((count) => `${count} answers to one question`))
  if ((await digests(city)) > 1) doubled.push(`${await digests(city)} digests of one day`)
  lost.push(...permits.exceeded())
  const calls = city.sandbox.calls()
  const limited = calls.filter(({ route, code }) => !admission.test(route) && code !== badToken)
  const sendings = limited.filter(({ route, method }) => method === 'POST' && sending.test(route))
  const permitted = permits.count(/^feishu:to:/)
  if (permitted < sendings.length)
    lost.push(`${sendings.length} messages were sent with ${permitted} permits`)
  const permittedOfApp = permits.count(/^feishu:cli_.*:1000$/)
  if (permittedOfApp < limited.length - Math.ceil(limited.length * unsharedAtMost))
    lost.push(`${limited.length} calls were made with ${permittedOfApp} permits of the app`)
  const refused = calls.filter(isAboveLimit)
  if (scale === 'long' && refused.length > calls.length * refusedAtMost)
    lost.push(`${refused.length} of ${calls.length} calls were above the limits and refused`)

  const said = cases.reduce((sum, one) => sum + one.said.length + one.clicks.length, questions)
  return {
    faults: deaths + 2,
    operations: said,
    lost,
    doubled,
    notes: [
      `2 processes, one of them killed ${deaths} times; ${cases.length} assignments, ${board.all().length} messages of the bot`,
      `${calls.length} calls of the platform within the limits of one bot, ${limited.length} of them with ${permittedOfApp} permits of the app; ${refused.length} came late and were refused; most in a second to one group: ${busiest(city)}`,
    ],
  }
}

function moveTo({ city, bots }: Setting, at: number): void {
  const { clock, sandbox } = city
  clock.advance(at - clock.now())
  sandbox.clockMoved()
  for (const bot of bots) bot.moveClock(clock.ahead())
}

async function digests({ app }: City): Promise<number> {
  const rows = await app.db.read.selectFrom('deliveries').select('id').where('kind', '=', 'digest').execute()
  return rows.length
}

/** The most messages that any group got within one second. */
function busiest({ sandbox, bot }: City): number {
  const counts = sandbox.chats().map(({ chat_id }) => {
    const times = sandbox
      .messages(chat_id)
      .filter(({ sender }) => sender === bot)
      .map(({ at }) => at)
    return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length))
  })
  return Math.max(...counts)
}

/** By the app's limits, or by the group's own. */
function isAboveLimit({ status, code }: Call): boolean {
  return status === 429 || code === 230020
}
