import { setTimeout as pause } from 'node:timers/promises'
import { mishaps } from '../sandbox/api.ts'
import { textOf } from '../sandbox/card-reading.ts'
import type { JobQueue } from '../src/ports.ts'
import type { App } from '../src/services/app.ts'
import { type Context, type Figures, type Random, randomFrom, type Scenario } from './scenario.ts'
import { openBoard } from './support/board.ts'
import { soonFree, startBotHere } from './support/bot-here.ts'
import { planCases } from './support/cases.ts'
import { type City, startCity } from './support/city.ts'
import { carryAll, openDesk } from './support/desk.ts'
import { nudged, nudgedTwice } from './support/nudges.ts'
import { wrongTotals } from './support/totals.ts'
import { settled, verify } from './support/verify.ts'

const sizes = {
  long: {
    cases: 150,
    departments: 10,
    requestMs: 10_000,
    answerMs: 3_000,
    redeliverMs: 1_000,
    patienceMs: 300_000,
    breakEveryMs: 4_000,
    hasteMs: 0,
  },
  short: {
    cases: 4,
    departments: 2,
    requestMs: 300,
    answerMs: 400,
    redeliverMs: 200,
    patienceMs: 30_000,
    breakEveryMs: 500,
    hasteMs: 10_000,
  },
}
type Size = (typeof sizes)['long']

const hour = 60 * 60_000
const share = 0.3

/**
 * The same people do the same things twice: on a sound platform, and on one that fails three calls of ten, drops and
 * silences the connection, and brings events often, late and in pieces. What stands at the end is the same.
 */
export const platform: Scenario = {
  name: 'platform',
  async run(context) {
    const size = sizes[context.scale]
    const seed = context.random.below(2 ** 31)
    context.say('a sound platform')
    const sound = await play(context, { seed, size })
    context.say(`${Math.round(100 * share)} % of the calls fail`)
    const failing = await play(context, { seed, size, trouble: { seed, ...size } })
    return {
      faults: failing.faults,
      operations: failing.operations,
      lost: [
        ...sound.lost,
        ...failing.lost,
        ...lacking(sound.end, failing.end).map((line) => `without faults there is: ${line}`),
      ],
      doubled: [
        ...sound.doubled,
        ...failing.doubled,
        ...lacking(failing.end, sound.end).map((line) => `only with faults there is: ${line}`),
      ],
      notes: [`${sound.end.length} facts and messages compared`, ...failing.notes],
    }
  },
}

interface Trouble {
  seed: number
  breakEveryMs: number
  /** The clock is moved on by so much each time, that nobody need wait for what is to be tried again. */
  hasteMs: number
}

interface Played extends Figures {
  /** A line for each fact in the database and each message in a group. */
  end: string[]
}

async function play(
  { say }: Context,
  { seed, size, trouble }: { seed: number; size: Size; trouble?: Trouble },
): Promise<Played> {
  const city = await startCity({
    departments: size.departments,
    sandbox: {
      timing: {
        answerWithinMs: size.answerMs,
        pingIntervalSeconds: 0.5,
        redeliverAfterMs: Array(200).fill(size.redeliverMs),
      },
    },
  })
  const board = await openBoard(city)
  const errors: string[] = []
  const duban = await startBotHere(city, {
    errors,
    connectionTiming: {
      pingTimeoutSeconds: 0.4,
      firstPauseMs: 100,
      longestPauseMs: 500,
      requestMs: size.requestMs,
    },
    jobsTiming: soonFree,
  })
  const breaking = trouble && breakAll(city, duban.app.queue, trouble)
  try {
    const cases = planCases(await city.addItems(size.cases), city.departments, randomFrom(seed))
    // Some are always left to be nudged.
    for (const one of cases.slice(0, 2)) one.until = 'sent'
    const desk = openDesk(city, board, size)
    const lost = await carryAll(desk, cases, { atOnce: 8 })
    lost.push(...(await settled(city, size.patienceMs)))
    say('the time of the nudges')
    city.clock.advance(2 * hour)
    city.sandbox.clockMoved()
    await duban.app.queue.schedule('sweep', 'moved', city.clock.now())
    lost.push(...(await nudged(city, cases, 'unacknowledged')))
    lost.push(...(await settled(city, size.patienceMs)))
    lost.push(...(await wrongTotals(city, board, cases)))
    const faults = (await breaking?.end()) ?? 0
    lost.push(...(await settled(city, size.patienceMs)))
    const found = await verify(city, board, cases)
    const clicks = cases.flatMap((one) => one.clicks)
    const told = (how: string) => clicks.filter((click) => click.told === how).length
    return {
      faults,
      operations: clicks.length + cases.reduce((sum, { said }) => sum + said.length, 0),
      lost: [...lost, ...found.lost, ...errors],
      doubled: [...found.doubled, ...(await nudgedTwice(city))],
      notes: [
        `${cases.length} assignments, ${board.all().length} messages of the bot, ${city.sandbox.calls().length} calls that the platform answered or cut`,
        `${clicks.length} clicks: ${told('taken')} taken, ${told('nothing')} without an answer, ${told('refused')} refused`,
        ...[...desk.refusals].map(([toast, count]) => `${count} × “${toast}”`),
      ],
      end: await endState(city),
    }
  } finally {
    await breaking?.end()
    await duban.stop()
    board.close()
    await city.close()
  }
}

/** Has the platform behave badly until it is told to end. */
function breakAll(
  { sandbox, clock }: City,
  queue: JobQueue,
  { seed, breakEveryMs, hasteMs }: Trouble,
): { end(): Promise<number> } {
  const random = randomFrom(seed)
  const stopping = new AbortController()
  let faults = 0
  sandbox.setFaults({
    failing: { share, ways: [...mishaps], seed },
    duplicateEvents: 4,
    eventDelayMs: Math.round(breakEveryMs / 2),
  })
  const ways: ((random: Random) => void)[] = [
    () => sandbox.dropConnections(),
    () => sandbox.dropConnections(),
    () => sandbox.setFaults({ halfOpen: true }),
    () => sandbox.revokeTokens(),
  ]
  const working = (async () => {
    for (;;) {
      await pause(random.between(0.5, 1) * breakEveryMs, undefined, { signal: stopping.signal })
      sandbox.setFaults({ halfOpen: false, fragments: 1 + random.below(4) })
      random.pick(ways)(random)
      faults += 1
      clock.advance(hasteMs)
      if (hasteMs > 0) await queue.schedule('sweep', 'haste', clock.now())
    }
  })().catch(() => {})
  return {
    async end() {
      stopping.abort()
      await working
      sandbox.setFaults({
        halfOpen: false,
        fragments: 1,
        duplicateEvents: 1,
        eventDelayMs: 0,
        failing: { share: 0, ways: [], seed: 1 },
      })
      return faults + sandbox.calls().filter(({ mishap }) => mishap !== undefined).length
    },
  }
}

/** All that counts at the end, without what differs from one run to the next: times, ids, and which try it was. */
async function endState({ app, sandbox, bot }: City): Promise<string[]> {
  const said = sandbox.chats().flatMap(({ chat_id, name }) =>
    sandbox
      .messages(chat_id)
      .filter(({ sender }) => sender === bot)
      .map((message) => `in ${name}: ${textOf(message)}`),
  )
  return [...(await facts(app)), ...said].map((line) =>
    line
      // A click is answered with a card that mentions nobody anew.
      .replace(/\{"tag":"markdown","content":"<at id=[^"]*"\},/g, '')
      .replace(/方案(?:(?!方案)\p{L})*?完/gu, '方案')
      .replace(/\d{1,2}:\d\d/g, '–:–')
      .replace(/ou_\w+|(?<="feedback":|"redo-)\d+/g, '–'),
  )
}

async function facts({ db: { read } }: App): Promise<string[]> {
  const items = await read.selectFrom('items').select(['code', 'status']).execute()
  const assignments = await read
    .selectFrom('assignments')
    .innerJoin('departments', 'departments.id', 'assignments.department_id')
    .select([
      'item_code',
      'departments.name',
      'assignments.status',
      'part',
      'round',
      'outcome',
      'promised_date',
    ])
    .execute()
  const feedback = await read
    .selectFrom('feedback')
    .innerJoin('assignments', 'assignments.id', 'feedback.assignment_id')
    .select(['item_code', 'feedback.outcome', 'measures', 'review'])
    .execute()
  const events = await read.selectFrom('events').select(['item_code', 'what']).execute()
  const nudges = await read
    .selectFrom('nudges')
    .innerJoin('assignments', 'assignments.id', 'nudges.assignment_id')
    .select(['item_code', 'stage'])
    .execute()
  return Object.entries({ items, assignments, feedback, events, nudges }).flatMap(([table, rows]) =>
    rows.map((row) => `${table}: ${Object.values(row).join(' ')}`),
  )
}

/** Those of `all` that are not, or not as often, in `there`. */
function lacking(all: string[], there: string[]): string[] {
  const left = new Map<string, number>()
  for (const line of there) left.set(line, (left.get(line) ?? 0) + 1)
  return all.filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count <= 0
  })
}
