import { setTimeout as pause } from 'node:timers/promises'
import type { SandboxMessage } from '../sandbox/api.ts'
import { buttonsOf } from '../sandbox/card-reading.ts'
import { dispatch } from '../src/services/assignment/dispatch.ts'
import { resolveDepartment } from '../src/services/directory/departments.ts'
import { work } from '../src/services/work.ts'
import type { Context, Figures, Scenario } from './scenario.ts'
import { type Board, openBoard } from './support/board.ts'
import { noteErrors, startBot } from './support/bot.ts'
import { type City, type Office, startCity } from './support/city.ts'
import { damageTo } from './support/damage.ts'
import { hasButton } from './support/desk.ts'
import { watchMemory } from './support/memory.ts'
import { quantile } from './support/quantile.ts'
import { seconds as inSeconds } from './support/seconds.ts'
import { seedItems } from './support/seeding.ts'
import { InVain, until } from './support/until.ts'
import { settled } from './support/verify.ts'

const sizes = {
  long: {
    items: 400,
    copies: 250,
    departments: 20,
    perSecond: 50,
    seconds: 300,
    sampleMs: 10_000,
  },
  short: { items: 20, copies: 20, departments: 3, perSecond: 20, seconds: 1, sampleMs: 1_000 },
}

/** Nobody waits longer for what a click did. */
const patienceMs = 1_000
/** So much more than in the second quarter of the time may the memory be in the last. */
const growthAtMost = 1.3
/** Pressed later, or over a longer time, it would be less than so many clicks a second. */
const latenessAtMostMs = 1_000
const overtimeAtMost = 1.05

/** Many click all the time in a city with many years behind it, while others ask for the totals. */
export const load: Scenario = {
  name: 'load',
  async run(context) {
    const size = sizes[context.scale]
    const city = await startCity({ departments: size.departments, unlimited: true })
    const board = await openBoard(city)
    const errors: string[] = []
    try {
      const figures = await loading(context, { city, board, errors, ...size })
      return { ...figures, lost: [...figures.lost, ...errors] }
    } finally {
      board.close()
      await city.close()
    }
  },
}

interface Setting extends Omit<(typeof sizes)['long'], 'departments'> {
  city: City
  board: Board
  errors: string[]
}

async function loading({ scale, say }: Context, setting: Setting): Promise<Figures> {
  const { city, board, errors, items, copies, perSecond, seconds, sampleMs } = setting
  await seedItems(city, { items, copies })
  const clicks = perSecond * seconds
  const cases = await dispatched(city, Math.ceil(clicks / acts.length))
  say(`${items * copies} old items and ${cases.length} new ones`)

  const bot = startBot(city.env, { ahead: city.clock.ahead(), unlimited: true, log: noteErrors(errors) })
  try {
    const url = await bot.serves
    if (url === undefined) throw new Error('the bot did not start')
    const lost = await settled(city, 600_000)
    say(`${board.all().length} cards are out`)
    const memory = watchMemory(url, sampleMs)
    const desk = openDesk(city, board, cases)
    const asking = askForTotals(city, board, { every: 10_000, during: seconds * 1_000 })
    const pressedMs = await pressing(desk, { clicks, perSecond, say })
    const answers = await asking
    const samples = await memory.stop()
    lost.push(...(await settled(city, 120_000)), ...desk.lost)
    const found = await wrongCases(city, cases)
    lost.push(...(await damageTo(city.app)))

    if (scale === 'long') {
      const slow = desk.times.filter((ms) => ms > patienceMs)
      if (slow.length > 0) lost.push(`${slow.length} clicks took over a second`)
      if (samples.growth > growthAtMost)
        lost.push(`memory grew to ${samples.growth.toFixed(2)} times what it was`)
      if (quantile(desk.lateness, 0.99) > latenessAtMostMs)
        lost.push(`it was not ${perSecond} clicks a second: pressed late by ${spread(desk.lateness)}`)
      if (pressedMs > seconds * 1_000 * overtimeAtMost)
        lost.push(`the clicks of ${seconds} s took ${inSeconds(pressedMs)}`)
    }
    return {
      faults: 0,
      operations: desk.times.length,
      lost: [...lost, ...found.lost],
      doubled: found.doubled,
      notes: [
        `${desk.times.length} clicks, ${perSecond} a second, with ${items * copies + cases.length} items: ${spread(desk.times)}`,
        `pressed over ${inSeconds(pressedMs)}, late by ${spread(desk.lateness)}: so busy was the one who pressed`,
        `${answers.length} times /进度 meanwhile, answered after ${spread(answers)}`,
        ...samples.chart,
      ],
    }
  } finally {
    bot.kill('SIGTERM')
    await bot.ended
  }
}

/** One new assignment, and how far it has come. */
interface Case {
  code: number
  department: Office
  done: number
}

/** What is pressed on each, one after another. */
const acts = [
  { label: '签收', event: 'acknowledged', byTaskForce: false },
  { label: '提交反馈', event: 'feedback', byTaskForce: false },
  { label: '审核通过', event: 'accepted', byTaskForce: true },
] as const
const statuses = ['sent', 'working', 'review', 'accepted']

/** New items, each a card in its department's group once the bot starts. */
async function dispatched(city: City, count: number): Promise<Case[]> {
  const { app, departments } = city
  const codes = await city.addItems(count)
  const cases = codes.map((code, index) => ({
    code,
    department: departments[index % departments.length] as Office,
    done: 0,
  }))
  await work(app, async (current) => {
    for (const { code, department } of cases) {
      await dispatch(current, {
        codes: [code],
        department: await resolveDepartment(current.db, department.name),
        by: null,
      })
    }
  })
  return cases
}

interface Desk {
  times: number[]
  /** How long after its moment each click was pressed. */
  lateness: number[]
  lost: string[]
  /** @returns the click, or undefined where nothing waits to be pressed */
  press(): { answered: Promise<void> } | undefined
}

function openDesk({ sandbox, taskForce }: City, board: Board, cases: Case[]): Desk {
  const desk: Desk = { times: [], lateness: [], lost: [], press }
  const ready = cases.toReversed()
  const waiting = new Set<Case>()

  function cardOf({ code, department, done }: Case): SandboxMessage | undefined {
    const act = acts[done]
    if (!act) return undefined
    const { chat } = act.byTaskForce ? taskForce : department
    return board.about(chat, code).findLast((message) => hasButton(message, act.label))
  }

  /** What has come furthest goes first. */
  function next(): { one: Case; card: SandboxMessage } | undefined {
    for (const one of waiting) {
      const card = cardOf(one)
      if (!card) continue
      waiting.delete(one)
      return { one, card }
    }
    const one = ready.pop()
    const card = one && cardOf(one)
    if (one && !card) desk.lost.push(`the card of #${one.code}`)
    return one && card ? { one, card } : undefined
  }

  function press(): { answered: Promise<void> } | undefined {
    const found = next()
    return found && { answered: click(found.one, found.card) }
  }

  async function click(one: Case, { message_id }: SandboxMessage): Promise<void> {
    const act = acts[one.done]
    const button = buttonsOf(sandbox.message(message_id)).find(({ label }) => label === act?.label)
    const started = performance.now()
    const { toast, error } = await sandbox.act(message_id, {
      operator: act?.byTaskForce ? taskForce.person : one.department.person,
      value: button?.value,
      ...(button?.name !== undefined && { name: button.name }),
      ...(act?.event === 'feedback' && { form_value: feedback }),
    })
    desk.times.push(performance.now() - started)
    if (toast?.type !== 'success') {
      desk.lost.push(`${act?.label} of #${one.code}: ${error ?? toast?.content ?? 'no answer'}`)
      return
    }
    one.done += 1
    if (one.done < acts.length) waiting.add(one)
  }

  return desk
}

const feedback = { outcome: 'resolved', measures: '已组织农超对接', mayPublish: 'yes' }

/** Each at its moment, whether or not those before were answered. @returns how long the pressing took */
async function pressing(
  desk: Desk,
  { clicks, perSecond, say }: { clicks: number; perSecond: number; say: Context['say'] },
): Promise<number> {
  const started = performance.now()
  const answers: Promise<void>[] = []
  for (let count = 0; count < clicks; count += 1) {
    const moment = started + (count * 1_000) / perSecond
    await pause(Math.max(0, moment - performance.now()))
    // What was just done comes up again as soon as its card is there.
    const pressed = await until(() => desk.press(), 'something to press').catch((error: unknown) => {
      if (!(error instanceof InVain)) throw error
      desk.lost.push(`only ${count} clicks: ${error.message}`)
      return undefined
    })
    if (!pressed) break
    desk.lateness.push(performance.now() - moment)
    answers.push(pressed.answered)
    if (count % (perSecond * 30) === perSecond * 30 - 1) say(`${count + 1} clicks: ${spread(desk.times)}`)
  }
  const took = performance.now() - started
  await Promise.all(answers)
  return took
}

/** @returns how long each answer took to come */
async function askForTotals(
  { sandbox, taskForce }: City,
  board: Board,
  { every, during }: { every: number; during: number },
): Promise<number[]> {
  const times: number[] = []
  for (const end = performance.now() + during; performance.now() < end; ) {
    const asked = performance.now()
    const { message_id } = sandbox.sendText(taskForce.chat, taskForce.person, '/进度')
    await until(() => board.answersTo(message_id)[0], 'the answer to /进度')
    times.push(performance.now() - asked)
    await pause(Math.max(0, Math.min(asked + every, end) - performance.now()))
  }
  return times
}

/** What was taken is in the database, once. */
async function wrongCases({ app }: City, cases: Case[]): Promise<Pick<Figures, 'lost' | 'doubled'>> {
  const first = Math.min(...cases.map(({ code }) => code))
  const status = new Map<number, string>()
  for (const row of await app.db.read
    .selectFrom('assignments')
    .select(['item_code', 'status'])
    .where('item_code', '>=', first)
    .execute())
    status.set(row.item_code, row.status)
  const events = Map.groupBy(
    await app.db.read
      .selectFrom('events')
      .select(['item_code', 'what'])
      .where('item_code', '>=', first)
      .execute(),
    ({ item_code, what }) => `${what} of #${item_code}`,
  )
  const lost: string[] = []
  const doubled: string[] = []
  for (const { code, done } of cases) {
    if (status.get(code) !== statuses[done])
      lost.push(`#${code} is ${status.get(code)}, not ${statuses[done]}`)
    for (const [index, { event }] of acts.entries()) {
      const count = events.get(`${event} of #${code}`)?.length ?? 0
      if (index < done && count === 0) lost.push(`${event} of #${code}`)
      if (count > 1) doubled.push(`${event} of #${code}: ${count} times`)
    }
  }
  return { lost, doubled }
}

function spread(times: readonly number[]): string {
  const shown = (share: number) => `${Math.round(quantile(times, share))} ms`
  return `p50 ${shown(0.5)}, p99 ${shown(0.99)}, at most ${shown(1)}`
}
