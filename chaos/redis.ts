import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Context, Figures, Random, Scenario } from './scenario.ts'
import { type Board, openBoard } from './support/board.ts'
import { soonFree, startBotHere } from './support/bot-here.ts'
import { type Case, planCases } from './support/cases.ts'
import { type City, startCity } from './support/city.ts'
import { carryAll, openDesk } from './support/desk.ts'
import { nudged, nudgedTwice } from './support/nudges.ts'
import { startProxy, type TcpProxy } from './support/proxy.ts'
import { seconds } from './support/seconds.ts'
import { wrongTotals } from './support/totals.ts'
import { until } from './support/until.ts'
import { settled, verify } from './support/verify.ts'

const sizes = {
  long: { cases: 250, departments: 10, rounds: 6, awayMs: 30_000, calmMs: 3_000, atOnce: 8, jobsTiming: {} },
  // Only the short form looks so often.
  short: {
    cases: 8,
    departments: 3,
    rounds: 1,
    awayMs: 600,
    calmMs: 100,
    atOnce: 8,
    jobsTiming: { checkEveryMs: 300, answerMs: 300 },
  },
}

/** How long the lie that all is well, or that it is not, may stand. */
const truthMs = 10_000

/** Redis forgets, ends, stays away, is cut off, falls silent and is full, while people work and nudges come due. */
export const redis: Scenario = {
  name: 'redis',
  async run(context) {
    const size = sizes[context.scale]
    const city = await startCity({ departments: size.departments })
    const board = await openBoard(city)
    const { hostname, port } = new URL(city.redis.url)
    const proxy = await startProxy({ host: hostname, port: Number(port) })
    const errors: string[] = []
    const env = { REDIS_URL: `redis://127.0.0.1:${proxy.port}` }
    const duban = await startBotHere(city, { errors, env, jobsTiming: { ...soonFree, ...size.jobsTiming } })
    try {
      const figures = await breaking(context, { city, board, proxy, url: duban.url, ...size })
      return { ...figures, lost: [...figures.lost, ...errors] }
    } finally {
      await duban.stop()
      board.close()
      await proxy.close()
      await city.close()
    }
  },
}

interface Setting extends Omit<(typeof sizes)['long'], 'departments' | 'jobsTiming'> {
  city: City
  board: Board
  proxy: TcpProxy
  /** Of the bot. */
  url: string
}

interface Circumstances {
  ready: Readiness
  random: Random
  /** Is called once while the trouble lasts. */
  meanwhile(): void
}

type Trouble = (setting: Setting, circumstances: Circumstances) => Promise<void>

/** Each of them ends with a Redis that is sound again. */
const troubles = {
  async forgets({ city }, { meanwhile }) {
    meanwhile()
    await toRedis(city, (connection) => connection.flushall())
  },
  async restarts({ city }, { meanwhile }) {
    const restarted = city.redis.restart()
    meanwhile()
    await restarted
  },
  async away({ city, awayMs }, { ready, meanwhile }) {
    await city.redis.kill()
    await ready.tells(503)
    meanwhile()
    await pause(awayMs)
    await city.redis.restart()
  },
  async cut({ proxy }, { random, meanwhile }) {
    meanwhile()
    for (let cuts = 0; cuts < 5; cuts += 1) {
      proxy.cutAfter(() => 1 + random.below(400))
      await pause(random.between(20, 200))
    }
  },
  async silent({ proxy, awayMs }, { ready, meanwhile }) {
    proxy.mute()
    await ready.tells(503)
    meanwhile()
    await pause(awayMs / 3)
    proxy.unmute()
  },
  async full({ city, awayMs }, { ready, meanwhile }) {
    const memory = (limit: string) =>
      toRedis(city, (connection) => connection.config('SET', 'maxmemory', limit))
    await memory('1')
    await ready.tells(503)
    meanwhile()
    await pause(awayMs / 3)
    await memory('0')
  },
} satisfies Record<string, Trouble>

type TroubleName = keyof typeof troubles

/** What comes due in which trouble, in the time of Shanghai, where it was dispatched on the morning of Tuesday the 24th. */
const ladder: { stage: string; at: string; within: TroubleName[] }[] = [
  { stage: 'unacknowledged', at: '2026-11-24T13:00+08:00', within: ['cut', 'forgets'] },
  { stage: 'unacknowledged-again', at: '2026-11-24T16:00+08:00', within: ['away'] },
  { stage: 'day-before', at: '2026-11-26T10:00+08:00', within: ['full'] },
  { stage: 'due-today', at: '2026-11-27T10:00+08:00', within: ['restarts'] },
  { stage: 'due-soon', at: '2026-11-27T16:30+08:00', within: ['silent'] },
]

async function breaking({ random, scale, say }: Context, setting: Setting): Promise<Figures> {
  const { city, board, rounds, calmMs, atOnce } = setting
  const cases = planCases(await city.addItems(setting.cases), city.departments, random)
  // Some are always left to be nudged.
  for (const one of cases.slice(0, 3)) one.until = 'sent'
  const desk = openDesk(city, board, { patienceMs: scale === 'long' ? 180_000 : 30_000 })
  const ready = watchReadiness(setting.url)
  // To notice that a silence is over takes 15 s.
  const isTried = (name: TroubleName) => scale === 'long' || name !== 'silent'
  const names = (Object.keys(troubles) as TroubleName[]).filter(isTried)
  const order = Array.from({ length: rounds }, () => random.shuffled(names)).flat()

  let admitted = 0
  const working = carryAll(desk, cases, {
    atOnce,
    admitted: (index) => until(() => index < admitted, `the turn of case ${index}`, 3_600_000).then(() => {}),
  })
  for (const [index, name] of order.entries()) {
    admitted = Math.ceil(((index + 1) / (order.length + 1)) * cases.length)
    await pause(random.between(0, calmMs))
    await troubles[name](setting, { ready, random, meanwhile: () => {} })
    await ready.tells(200)
    say(`${name}; ${index + 1} of ${order.length}, ${board.all().length} messages`)
  }
  admitted = cases.length
  const lost = await working
  lost.push(...(await settled(city, 60_000)))

  const steps = ladder.filter(({ within }) => within.every(isTried))
  for (const { stage, at, within } of steps) {
    say(`${stage} comes due: ${within.join(', ')}`)
    const comesDue = () => {
      city.clock.advance(Math.max(0, Date.parse(at) - city.clock.now()))
      city.sandbox.clockMoved()
    }
    for (const name of within) await troubles[name](setting, { ready, random, meanwhile: comesDue })
    await ready.tells(200)
    lost.push(...(await nudged(city, cases, stage)), ...(await settled(city, 60_000)))
  }
  const found = await verify(city, board, cases)
  lost.push(...found.lost, ...(await wrongTotals(city, board, cases)), ...ready.lies)
  lost.push(...unanswered(cases))

  const clicks = cases.flatMap((one) => one.clicks)
  return {
    faults: order.length + steps.flatMap(({ within }) => within).length,
    operations: clicks.length + cases.reduce((sum, { said }) => sum + said.length, 0),
    lost,
    doubled: [...found.doubled, ...(await nudgedTwice(city))],
    notes: [
      `${rounds} times each: ${names.join(', ')}; ${cases.length} assignments, ${board.all().length} messages of the bot`,
      `nudges that came due meanwhile: ${steps.map(({ stage, within }) => `${stage} (${within.join(', ')})`).join(', ')}`,
      `/readyz noticed a trouble within ${seconds(ready.slowest[503])} and its end within ${seconds(ready.slowest[200])}`,
      ...[...desk.refusals].map(([toast, count]) => `${count} × “${toast}”`),
    ],
  }
}

/** A click needs no Redis: each one got its answer. */
function unanswered(cases: Case[]): string[] {
  return cases.flatMap(({ code, clicks }) =>
    clicks.filter(({ told }) => told === 'nothing').map(({ act }) => `the answer to ${act} of #${code}`),
  )
}

interface Readiness {
  /** Waits until /readyz says so; 503 must name Redis, and nothing else. */
  tells(status: 200 | 503): Promise<void>
  lies: string[]
  /** The longest that it took, in milliseconds. */
  slowest: Record<200 | 503, number>
}

function watchReadiness(url: string): Readiness {
  const lies: string[] = []
  const slowest = { 200: 0, 503: 0 }
  return {
    lies,
    slowest,
    async tells(status) {
      const wanted = status === 200 ? '200' : '503 redis'
      const from = performance.now()
      await until(async () => (await asked(url)) === wanted, `${wanted} at /readyz`, truthMs).catch(
        async () => lies.push(`/readyz says ${await asked(url)} and should say ${wanted}`),
      )
      slowest[status] = Math.max(slowest[status], performance.now() - from)
    },
  }
}

/** The status, and what is not usable. */
async function asked(url: string): Promise<string> {
  const answer = await fetch(`${url}/readyz`)
  const { checks } = (await answer.json()) as { checks: Record<string, { ok: boolean }> }
  return [answer.status, ...Object.keys(checks).filter((name) => !checks[name]?.ok)].join(' ')
}

async function toRedis(
  { redis: { url } }: City,
  order: (connection: Redis) => Promise<unknown>,
): Promise<void> {
  const connection = new Redis(url)
  await order(connection)
  await connection.quit()
}
