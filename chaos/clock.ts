import { loadCalendarYear } from '../src/services/calendar.ts'
import { collect } from '../src/services/intake/collect.ts'
import { work } from '../src/services/work.ts'
import { type Context, type Figures, type Random, randomFrom, type Scenario } from './scenario.ts'
import { damageTo } from './support/damage.ts'
import { dues, isThere, type Lived, nudgesOf, type Span } from './support/due-nudges.ts'
import { departments, type OfficeWorld, openWorld, taskForce } from './support/office-world.ts'
import { speakTo } from './support/speaker.ts'
import { type Wall, wallOf } from './support/wall.ts'

const worlds = { long: 200, short: 5 }
const stepsOf = { long: 14, short: 8 }

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Where the clocks change, and a moment shortly before: at night, at midnight, by half an hour; and before New Year. */
const settings: { timezone: string; start: string }[] = [
  { timezone: 'America/New_York', start: '2026-03-06T16:00Z' },
  { timezone: 'America/New_York', start: '2026-10-30T15:00Z' },
  { timezone: 'Asia/Shanghai', start: '2026-12-29T02:00Z' },
  { timezone: 'America/New_York', start: '2026-12-30T15:00Z' },
  { timezone: 'America/Havana', start: '2026-03-06T15:00Z' },
  { timezone: 'America/St_Johns', start: '2026-03-06T14:00Z' },
  { timezone: 'America/Santiago', start: '2026-04-03T14:00Z' },
  { timezone: 'America/Santiago', start: '2026-09-04T14:00Z' },
  { timezone: 'America/Sao_Paulo', start: '2026-11-20T13:00Z' },
  { timezone: 'Atlantic/Azores', start: '2026-03-27T11:00Z' },
  { timezone: 'Pacific/Honolulu', start: '2026-12-30T20:00Z' },
  { timezone: 'Australia/Lord_Howe', start: '2026-10-02T01:00Z' },
  { timezone: 'Asia/Shanghai', start: '2026-09-29T02:00Z' },
  { timezone: 'America/Los_Angeles', start: '2026-10-30T17:00Z' },
  { timezone: 'America/Havana', start: '2026-10-30T14:00Z' },
  { timezone: 'America/Nuuk', start: '2026-10-23T13:00Z' },
  { timezone: 'America/Los_Angeles', start: '2026-12-30T18:00Z' },
]
const machineZones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Apia', 'America/Sao_Paulo']

/** The clock jumps, the machine sleeps, the year ends without a calendar, zones set their clocks: each nudge comes once. */
export const clock: Scenario = {
  name: 'clock',
  worlds,
  async run(context) {
    const count = worlds[context.scale]
    const zone = process.env.TZ
    const all: Figures[] = []
    try {
      for (let index = 0; index < count; index += 1) {
        // Each has choices of its own, so that it can be lived again alone.
        const random = randomFrom(context.random.below(2 ** 31))
        if (context.only !== undefined && context.only !== index) continue
        all.push(await live(context.scale, index, random))
        if (index % 20 === 19) context.say(`${index + 1} of ${count} worlds`)
      }
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
    const sum = (count: (figures: Figures) => number) => all.reduce((total, one) => total + count(one), 0)
    return {
      faults: sum(({ faults }) => faults),
      operations: sum(({ operations }) => operations),
      lost: all.flatMap(({ lost }) => lost),
      doubled: all.flatMap(({ doubled }) => doubled),
      notes: [
        `${all.length} worlds in ${new Set(settings.slice(0, all.length).map(({ timezone }) => timezone)).size} timezones`,
      ],
    }
  },
}

interface World extends OfficeWorld {
  wall: Wall
  spans: Span[]
  lives: Lived[]
  say: ReturnType<typeof speakTo>['say']
  random: Random
  late: Set<string>
  /** By which calendar it was reckoned before another one was loaded. */
  former?: Wall
}

async function live(scale: Context['scale'], index: number, random: Random): Promise<Figures> {
  const { timezone, start } = settings[index % settings.length] ?? random.pick(settings)
  process.env.TZ = random.pick(machineZones)
  const office = await openWorld(timezone, Date.parse(start) + random.below(10 * 60) * minute, random)
  const wall = wallOf(timezone, office.app.office)
  const world: World = {
    ...office,
    wall,
    spans: [],
    lives: [],
    say: speakTo(office.app).say,
    random,
    late: new Set(),
  }
  const told: string[] = []
  let faults = 0
  try {
    for (let step = 0; step < stepsOf[scale]; step += 1) {
      const name = random.pick(chosen)
      told.push(`${wall.date(world.now())} ${wall.time(world.now())} ${name}`)
      if (await steps[name](world)) faults += 1
      if (name !== 'passes') await goOn(world, 10 * minute)
    }
    // Then nothing happens any more, until everybody is long overdue.
    if (world.lives.length === 0) await steps.dispatches(world)
    const beyond = world.wall.at(world.wall.workday(world.wall.date(world.now()), 10), '20:00')
    await goOn(world, beyond - world.now())
    const found = await judge(world)
    const where = `world ${index}: ${timezone} from ${start}, the machine in ${process.env.TZ}: ${told.join(', ')}`
    return {
      faults: faults + world.failures(),
      operations: world.lives.length + found.nudges,
      lost: [...found.lost, ...world.late, ...world.log.errors, ...(await damageTo(world.app))].map(
        (line) => `${line} (${where})`,
      ),
      doubled: found.doubled.map((line) => `${line} (${where})`),
      notes: [],
    }
  } finally {
    await office.close()
  }
}

/** What may happen. @returns whether something was broken by it */
const steps = {
  async passes(world) {
    await goOn(world, world.random.between(5 * minute, 30 * hour))
    return false
  },
  async dispatches(world) {
    const { random, wall, app, say } = world
    const critical = random.chance(0.2)
    // What is critical is dispatched at night too.
    if (!critical || random.chance(0.5)) {
      await goOn(world, wall.officeHours(world.now(), 0.25) - world.now())
      if (wall.time(world.now()) > '17:00')
        await goOn(world, 2 * hour).then(() => goOn(world, wall.officeHours(world.now(), 0.25) - world.now()))
    }
    const [item] = await work(app, (current) => collect(current, [itemOf(critical)]))
    if (!item) throw new Error('no item was collected')
    const department = random.pick(departments)
    const policy = random.pick(['3wd', '3wd', '5wd', '2h'] as const)
    const dispatchedAt = world.now()
    await say(taskForce, `/派单 #${item.code} ${department.name} ${policy}`)
    world.lives.push({
      code: item.code,
      department,
      policy,
      critical,
      dispatchedAt,
      spanOfDispatch: world.spans.length,
    })
    return false
  },
  async acknowledges(world) {
    const waiting = world.lives.filter(({ spanOfAck }) => spanOfAck === undefined)
    if (waiting.length < 2) return false
    const life = world.random.pick(waiting)
    await world.say(life.department, `/签收 #${life.code}`)
    life.spanOfAck = world.spans.length
    return false
  },
  async 'jumps on'(world) {
    await leaveUnderWay(world)
    world.jump(world.random.between(minute, world.random.chance(0.5) ? 3 * hour : 3 * day))
    return true
  },
  async 'jumps back'(world) {
    await leaveUnderWay(world)
    world.jump(-world.random.between(minute, world.random.chance(0.5) ? 3 * hour : 2 * day))
    return true
  },
  /** As after a start with an empty battery, until somebody tells the machine what time it is. */
  async 'is months off'(world) {
    await leaveUnderWay(world)
    const ms = world.random.pick([-1, 1]) * world.random.between(30 * day, 120 * day)
    world.jump(ms)
    await goOn(world, 10 * minute)
    world.jump(-ms)
    return true
  },
  async sleeps(world) {
    if (world.random.chance(0.5)) await leaveUnderWay(world)
    world.sleep(world.random.between(3 * hour, 6 * day))
    return true
  },
  async forgets(world) {
    world.forget()
    return true
  },
  async 'loads a calendar'(world) {
    const { app, wall } = world
    if (app.office().calendar.covers('2027-06-01') || wall.date(world.now()) < '2026-12-01') return false
    const off = ['2027-01-01', '2027-01-04', '2027-01-05', '2027-10-01'].map((date) => ({
      date,
      workday: false,
    }))
    const on = [{ date: '2027-01-09', workday: true }]
    const former = app.office()
    world.former = wallOf(former.hours.timezone, () => former)
    for (const life of world.lives) life.before = { wall: world.former, spans: world.spans.length }
    await work(app, (current) => loadCalendarYear(current, 2027, [...off, ...on]))
    return true
  },
} satisfies Record<string, (world: World) => Promise<boolean>>

type Step = keyof typeof steps
const often: Step[] = ['passes', 'passes', 'dispatches', 'dispatches', 'jumps on', 'jumps back', 'jumps back']
const chosen: Step[] = [...often, 'acknowledges', 'is months off', 'sleeps', 'forgets', 'loads a calendar']

/** A nudge whose time the bot has lived through is there, and not only after the next one's. */
async function missed(world: World, life: Lived): Promise<void> {
  if (world.spans.length <= life.spanOfDispatch) return
  const found = await nudgesOf(world, life)
  for (const due of dues(world, life).must) {
    if (isThere(found, due)) continue
    const { stage, nominal } = due
    world.late.add(`${stage} of ${new Date(nominal).toISOString()} for #${life.code} was not there in time`)
  }
}

/** Often something is on its way: not yet sent, sent and not recorded, or to be tried again. */
async function leaveUnderWay(world: World): Promise<void> {
  if (world.random.chance(0.6)) {
    await steps.dispatches(world)
    await world.pass(world.random.between(0, 3_000))
  }
  // It always did a moment ago.
  await world.sweep()
}

/** The bot sees that something has happened, lives on, and leaves nothing lying. */
async function goOn(world: World, ms: number): Promise<void> {
  if (ms <= 0) return
  await world.pass(world.random.between(0, Math.min(ms, 15_000)))
  const from = world.now()
  // It does so every few seconds, of which only these can matter.
  for (let sweeps = 0; sweeps < 3; sweeps += 1) {
    await world.sweep()
    await world.pass(15_000)
  }
  await world.pass(ms)
  world.spans.push({ from, to: world.now() })
  if (ms < 10 * minute) return
  for (const life of world.lives) await missed(world, life)
  const old = await world.app.db.read
    .selectFrom('deliveries')
    .select(['id', 'kind', 'status', 'next_attempt_at', 'claimed_at', 'created_at'])
    .where('status', 'in', ['pending', 'sending'])
    .where('attempts', '<', 8)
    .execute()
  for (const { id, kind, status, next_attempt_at, claimed_at, created_at } of old) {
    const since = Math.max(created_at, claimed_at ?? 0)
    if (since > from && since < world.now()) continue
    world.log.errors.push(
      `delivery ${id} (${kind}) is ${status} and waits for ${new Date(next_attempt_at).toISOString()}, taken at ${claimed_at && new Date(claimed_at).toISOString()}, at ${new Date(world.now()).toISOString()}`,
    )
  }
}

async function judge(world: World): Promise<{ lost: string[]; doubled: string[]; nudges: number }> {
  const lost: string[] = []
  const doubled: string[] = []
  let nudges = 0
  for (const life of world.lives) {
    const name = `#${life.code} (${life.policy}${life.critical ? ', critical' : ''})`
    const found = await nudgesOf(world, life)
    nudges += found.told.length
    const { must, may } = dues(world, life)
    const keys = found.rows.map(({ stage, nominal }) => `${stage} of ${new Date(nominal).toISOString()}`)
    const twice = keys.filter((key, index) => keys.indexOf(key) < index)
    doubled.push(...twice.map((key) => `${key} for ${name}`))
    for (const due of must) {
      if (isThere(found, due)) continue
      lost.push(`${due.stage} of ${new Date(due.nominal).toISOString()} for ${name}`)
    }
    for (const [index, row] of found.rows.entries()) {
      const known = may.filter(({ stage, nominal }) => stage === row.stage && nominal === row.nominal)
      const about = known.map((due) => due.about)
      const earlier = found.rows.slice(0, index)
      if (known.length === 0) doubled.push(`${keys[index]} for ${name}, which nobody asked for`)
      else if (known.every(({ at }) => row.at < at))
        doubled.push(`${keys[index]} for ${name} before its time`)
      else if (!about.includes(row.occasion)) doubled.push(`${keys[index]} for ${name} about something else`)
      if (
        earlier.some(
          ({ stage, occasion }) => stage === row.stage && occasion !== null && occasion === row.occasion,
        )
      )
        doubled.push(`${keys[index]} for ${name}, by another calendar`)
      if (
        !life.before &&
        earlier.some(
          ({ at }, place) =>
            at !== row.at &&
            known.some((due) => due.at <= at) &&
            !wasFarAhead(at, found.rows.slice(place + 1, index + 1)),
        )
      )
        doubled.push(`${keys[index]} for ${name} after the slot to which it belongs`)
      if (!mayGo(world, life, row.at)) doubled.push(`${keys[index]} for ${name} in the night`)
    }
    // Those that come together are told in one message.
    const slots = new Set(found.rows.map(({ at }) => at)).size
    if (found.told.length > slots) doubled.push(`${found.told.length} messages in ${slots} slots for ${name}`)
    if (found.told.length < slots && life.spanOfAck === undefined) {
      lost.push(`${slots - found.told.length} messages of ${slots} slots for ${name}`)
    }
  }
  const { rows, stray } = await messages(world)
  doubled.push(...stray)
  lost.push(...rows)
  const daily = await digests(world)
  lost.push(...daily.missing)
  doubled.push(...daily.twice)
  return { lost, doubled, nudges }
}

/** What was said by a clock that was put right since is no sign that another was forgotten. */
function wasFarAhead(at: number, later: { at: number }[]): boolean {
  return later.some((row) => row.at < at - 6 * day)
}

/** What is critical goes at any time, and so may what has two hours, until they are over. */
function mayGo({ wall }: World, { critical, policy, dispatchedAt, before }: Lived, at: number): boolean {
  const isOpen = [wall, before?.wall].some((office) => office?.allowed(at) === at)
  return critical || (policy === '2h' && at <= dispatchedAt + 2 * hour) || isOpen
}

/** Every delivery is one message, and every message a delivery. */
async function messages({ app, shown }: World): Promise<{ rows: string[]; stray: string[] }> {
  const sent = await app.db.read
    .selectFrom('deliveries')
    .select(['id', 'kind', 'status', 'message_id'])
    .where('op', '=', 'send')
    .where('status', '!=', 'cancelled')
    .execute()
  const known = new Set(sent.map(({ message_id }) => message_id))
  return {
    rows: sent
      .filter(({ message_id }) => message_id === null || !shown.has(message_id.slice('om_'.length)))
      .map(({ id, kind, status }) => `delivery ${id} (${kind}) is ${status}, and no message stands for it`),
    stray: [...shown.keys()]
      .filter((key) => !known.has(`om_${key}`))
      .map((key) => `a message that no delivery stands for: ${key}`),
  }
}

/** A day has one digest, if the bot lived through its time and it was a working day by whatever calendar. */
async function digests({
  app,
  wall,
  former = wall,
  spans,
}: World): Promise<{ missing: string[]; twice: string[] }> {
  const rows = await app.db.read
    .selectFrom('deliveries')
    .select(['created_at', 'dedupe_key'])
    .where('kind', '=', 'digest')
    .execute()
  const days = rows
    .filter(({ dedupe_key }) => !dedupe_key?.includes('week'))
    .map(({ created_at }) => wall.date(created_at))
  const lived = spans.flatMap(({ from, to }) => {
    const between: string[] = []
    for (let noon = Date.parse(`${wall.date(from)}T12:00Z`); noon < to + day; noon += day) {
      const on = new Date(noon).toISOString().slice(0, 10)
      const at = wall.at(on, '18:00')
      if (at >= from && at <= to && wall.isWorkday(on) && former.isWorkday(on)) between.push(on)
    }
    return between
  })
  const named = (on: string) => `the digest of ${on}`
  return {
    missing: [...new Set(lived)].filter((on) => !days.includes(on)).map(named),
    twice: days.filter((on, index) => days.indexOf(on) < index).map(named),
  }
}

function itemOf(critical: boolean) {
  return {
    external_id: null,
    source: 'hotline' as const,
    title: '蔬菜滞销',
    content: '收购车辆进不了村。',
    category: null,
    urgency: critical ? ('critical' as const) : ('normal' as const),
    petitioner: null,
    phone: null,
    address: null,
    received_at: null,
    policy: null,
  }
}
