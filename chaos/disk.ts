import { setTimeout as pause } from 'node:timers/promises'
import type { SandboxMessage } from '../sandbox/api.ts'
import { buttonsOf, textOf } from '../sandbox/card-reading.ts'
import { leaseMs } from '../src/services/delivery/courier.ts'
import type { Context, Figures, Scenario } from './scenario.ts'
import { type Board, openBoard } from './support/board.ts'
import { type BotProcess, startBot } from './support/bot.ts'
import { type Case, planCases } from './support/cases.ts'
import { type City, startCity } from './support/city.ts'
import { carryAll, hasButton, openDesk } from './support/desk.ts'
import { type FileLimit, limitFiles } from './support/file-limit.ts'
import { seconds } from './support/seconds.ts'
import { wrongTotals } from './support/totals.ts'
import { until } from './support/until.ts'
import { settled, verify } from './support/verify.ts'

const sizes = {
  long: { cases: 300, departments: 5, rounds: 10, heldMs: 6_000, calmMs: 3_000 },
  short: { cases: 6, departments: 2, rounds: 1, heldMs: 300, calmMs: 100 },
}

/** How long /readyz may tell what is no longer so. */
const truthMs = 15_000

/**
 * Again and again nothing can be written while people work: no file of the bot's may grow, as on a full disk, or its
 * database may only be read. The process stays the same.
 */
export const disk: Scenario = {
  name: 'disk',
  async run(context) {
    const size = sizes[context.scale]
    const city = await startCity({ departments: size.departments, unlimited: true })
    const board = await openBoard(city)
    const log: string[] = []
    const bot = startBot(city.env, {
      ahead: city.clock.ahead(),
      unlimited: true,
      log: (line) => log.push(line),
    })
    try {
      const url = await bot.serves
      if (url === undefined) throw new Error('the bot does not start')
      return await filling(context, { city, board, bot, url, log, limit: await limitFiles(bot.pid), ...size })
    } finally {
      bot.kill()
      await bot.ended
      board.close()
      await city.close()
    }
  },
}

interface Setting extends Omit<(typeof sizes)['long'], 'departments'> {
  city: City
  board: Board
  bot: BotProcess
  url: string
  log: string[]
  /** Null where the machine can't limit another process: then the short form does without. */
  limit: FileLimit | null
}

interface Trouble {
  name: string
  /** What SQLite makes of it. */
  code: string
  begin(): Promise<void>
  end(): Promise<void>
}

async function filling({ random, scale, say }: Context, setting: Setting): Promise<Figures> {
  const { city, board, bot, log, rounds, calmMs } = setting
  const troubles = troublesOf(setting)
  const order = Array.from({ length: rounds }, () => troubles).flat()
  const [watched = 0, ...codes] = await city.addItems(setting.cases + 1)
  const cases = planCases(codes, city.departments, random)
  const desk = openDesk(city, board, { patienceMs: scale === 'long' ? 180_000 : 40_000 })
  const lost: string[] = []
  if (scale === 'long' && !setting.limit)
    lost.push('a full disk can not be made: this machine has no prlimit')

  const { taskForce } = city
  const [department = taskForce] = city.departments
  city.sandbox.sendText(taskForce.chat, taskForce.person, `/派单 #${watched} ${department.name}`)
  const card = await until(
    () => board.about(department.chat, watched).find((message) => hasButton(message, '签收')),
    'the card that is clicked in vain',
  )

  let admitted = 0
  const working = carryAll(desk, cases, {
    atOnce: 8,
    admitted: (index) => until(() => index < admitted, `the turn of case ${index}`, 3_600_000).then(() => {}),
  })
  const told = { 503: 0, 200: 0 }
  for (const [index, trouble] of order.entries()) {
    admitted = Math.ceil(((index + 1) / (order.length + 1)) * cases.length)
    await pause(random.between(0, calmMs))
    await trouble.begin()
    told[503] = Math.max(told[503], await ready(setting, 503, trouble.code))
    lost.push(...(await inVain(setting, card, department.person)))
    await pause(random.between(0, setting.heldMs))
    await trouble.end()
    told[200] = Math.max(told[200], await ready(setting, 200, ''))
    say(`${trouble.name}; ${index + 1} of ${order.length}, ${board.all().length} messages`)
  }
  admitted = cases.length
  // What was sent, and could not be noted as sent, is taken up again when its sender is taken for dead.
  city.clock.advance(leaseMs)
  bot.moveClock(city.clock.ahead())
  lost.push(...(await working), ...(await settled(city, 60_000)))
  const ended = await Promise.race([bot.ended, undefined])
  if (ended) lost.push(`the bot ended with ${ended.code ?? ended.signal}`)

  const apologies = board.all().filter(isApology)
  const known = withoutApologies(city, board)
  // Nobody ever took the watched item on.
  const all: Case[] = [...cases, caseOf(watched, department)]
  const found = await verify(known.city, known.board, all)
  lost.push(
    ...found.lost,
    ...(await wrongTotals(known.city, known.board, all)),
    ...wrongLog(log, troubles, order.length),
  )
  const apologised = Map.groupBy(apologies, ({ parent_id }) => parent_id)
  const clicks = cases.flatMap((one) => one.clicks)
  return {
    faults: order.length,
    operations: clicks.length + cases.reduce((sum, { said }) => sum + said.length, 0),
    lost,
    doubled: [
      ...found.doubled,
      ...[...apologised].filter(([, same]) => same.length > 1).map(([id]) => `two apologies for ${id}`),
    ],
    notes: [
      `${rounds} times each: ${troubles.map(({ name }) => name).join(', ')}${setting.limit ? '' : ' (this machine has no prlimit)'}`,
      `${cases.length} assignments, ${board.all().length} messages of the bot, ${apologies.length} of them apologies`,
      `/readyz noticed it within ${seconds(told[503])} and its end within ${seconds(told[200])}`,
      `the log: ${log.filter(isError).length} errors for ${order.length} faults`,
      ...[...desk.refusals].map(([toast, count]) => `${count} × “${toast}”`),
    ],
  }
}

function troublesOf({ bot, limit }: Setting): Trouble[] {
  const readOnly = {
    name: 'read-only',
    code: 'SQLITE_READONLY',
    begin: async () => bot.holdDatabase(true),
    end: async () => bot.holdDatabase(false),
  }
  if (!limit) return [readOnly]
  return [{ name: 'full', code: 'SQLITE_IOERR', begin: limit.set, end: limit.lift }, readOnly]
}

/** @returns after how many milliseconds /readyz told it */
async function ready({ url }: Setting, status: number, why: string): Promise<number> {
  const started = performance.now()
  const tells = async () => {
    const answer = await fetch(`${url}/readyz`)
    return answer.status === status && (await answer.text()).includes(why)
  }
  await until(tells, `${status} ${why} from /readyz`, truthMs)
  return performance.now() - started
}

/** A click while nothing can be kept. @returns what is wrong with what comes of it */
async function inVain({ city }: Setting, card: SandboxMessage, operator: string): Promise<string[]> {
  const before = await eventsOn(city, card)
  const button = buttonsOf(card).find(({ label }) => label === '签收')
  const { toast } = await city.sandbox.act(card.message_id, {
    operator,
    value: button?.value,
    name: button?.name,
  })
  const { unsaved } = city.app.voice.t.errors
  return [
    ...(toast?.content === unsaved ? [] : [`a click in vain was told “${toast?.content}”`]),
    ...((await eventsOn(city, card)) === before ? [] : ['a click in vain left something behind']),
  ]
}

/** What the database has of the item whose card it is. */
async function eventsOn({ app, sandbox }: City, card: SandboxMessage): Promise<string> {
  const [, code] = /#(\d+)/.exec(textOf(sandbox.message(card.message_id))) ?? []
  const about = (table: 'events' | 'assignments') =>
    app.db.read.selectFrom(table).selectAll().where('item_code', '=', Number(code)).execute()
  return JSON.stringify([await about('assignments'), await about('events')])
}

function caseOf(code: number, department: Case['department']): Case {
  return {
    code,
    department,
    until: 'sent',
    outcome: 'resolved',
    by: 'form',
    clicks: [],
    said: [],
    feedback: [],
  }
}

function isApology(message: SandboxMessage): boolean {
  return textOf(message).includes('暂时无法保存数据')
}

/** What is said past the outbox stands for no delivery, and answers nothing. */
function withoutApologies(city: City, board: Board): { city: City; board: Board } {
  const { sandbox } = city
  return {
    city: {
      ...city,
      sandbox: {
        ...sandbox,
        messages: (chat) => sandbox.messages(chat).filter((message) => !isApology(message)),
      },
    },
    board: { ...board, answersTo: (id) => board.answersTo(id).filter((message) => !isApology(message)) },
  }
}

/** Each cause is told, and told once; nothing else is called an error. */
function wrongLog(log: string[], troubles: Trouble[], faults: number): string[] {
  const errors = log.filter(isError)
  return [
    ...troubles
      .filter(({ code }) => !errors.some((line) => line.includes(code)))
      .map(({ code }) => `the log does not say ${code}`),
    ...errors
      .filter((line) => !troubles.some(({ code }) => line.includes(code)))
      .map((line) => `the bot says: ${line}`),
    ...(errors.length > faults ? [`the log has ${errors.length} errors for ${faults} faults`] : []),
  ]
}

function isError(line: string): boolean {
  return /"level":"(error|fatal)"/.test(line) || !line.startsWith('{')
}
