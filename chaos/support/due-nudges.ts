import type { departments, OfficeWorld } from './office-world.ts'
import type { Wall } from './wall.ts'

/** A time in which the bot lived, by its clock; they stand in the order in which they were lived. */
export interface Span {
  from: number
  to: number
}

/** An assignment that nobody ever finishes. */
export interface Lived {
  code: number
  department: (typeof departments)[number]
  policy: '3wd' | '5wd' | '2h'
  critical: boolean
  dispatchedAt: number
  /** How many spans were over by then. */
  spanOfDispatch: number
  spanOfAck?: number
  /** By which calendar it was reckoned before another one was loaded, and how many spans were over by then. */
  before?: { wall: Wall; spans: number }
}

export interface Found {
  rows: { stage: string; nominal: number; occasion: number | null; at: number }[]
  /** The ids of the messages in the department's group. */
  told: number[]
}

interface Due {
  stage: string
  nominal: number
  /** What it is about, by whichever calendar. */
  about: number | null
  /** When it may go out. */
  at: number
}

/** What the ladder did. */
export async function nudgesOf({ app: { db } }: OfficeWorld, { code }: Lived): Promise<Found> {
  const assignment = await db.read
    .selectFrom('assignments')
    .select('id')
    .where('item_code', '=', code)
    .executeTakeFirstOrThrow()
  const rows = await db.read
    .selectFrom('nudges')
    .select(['stage', 'nominal_at as nominal', 'occasion', 'at'])
    .where('assignment_id', '=', assignment.id)
    .orderBy('id')
    .execute()
  const told = await db.read
    .selectFrom('deliveries')
    .innerJoin('delivery_assignments', 'delivery_assignments.delivery_id', 'deliveries.id')
    .select('deliveries.id')
    .where('kind', '=', 'nudge')
    .where('op', '=', 'send')
    .where('status', '=', 'sent')
    .where('assignment_id', '=', assignment.id)
    .execute()
  return { rows, told: told.map(({ id }) => id) }
}

/** What the ladder must have done in the times that the bot lived through, and what it may have; calendar by calendar. */
export function dues(world: { wall: Wall; spans: Span[] }, life: Lived): { must: Due[]; may: Due[] } {
  const { before, spanOfDispatch } = life
  const parts = before
    ? [
        duesBy(before.wall, world.spans, life, spanOfDispatch, before.spans),
        duesBy(world.wall, world.spans, life, Math.max(before.spans, spanOfDispatch)),
      ]
    : [duesBy(world.wall, world.spans, life, spanOfDispatch)]
  return { must: parts.flatMap(({ must }) => must), may: parts.flatMap(({ may }) => may) }
}

/** Whether it was said; what another calendar has elsewhere was said under the time by which it was reckoned then. */
export function isThere({ rows }: Found, { stage, nominal, about }: Due): boolean {
  return rows.some(
    (row) => row.stage === stage && (row.nominal === nominal || (about !== null && row.occasion === about)),
  )
}

function duesBy(
  wall: Wall,
  spans: Span[],
  life: Lived,
  from: number,
  to?: number,
): { must: Due[]; may: Due[] } {
  const all = ladder(wall, life).map((due) => ({
    ...due,
    at: life.critical ? due.nominal : wall.allowed(due.nominal),
  }))
  const lived = spans.slice(from, to)
  const unacknowledged = spans.slice(from, Math.min(to ?? Infinity, life.spanOfAck ?? Infinity))
  const livedThrough = ({ stage, at }: Due) =>
    (stage.startsWith('unacknowledged') ? unacknowledged : lived).some((span) => {
      const moment = Math.max(span.from, at)
      return (life.critical ? moment : wall.allowed(moment)) <= span.to
    })
  const repeats = repeated(wall, life, lived, spans.slice(life.spanOfDispatch, from))
  return { must: [...all.filter(livedThrough), ...repeats.must], may: [...all, ...repeats.may] }
}

function ladder(wall: Wall, { policy, dispatchedAt }: Lived): Omit<Due, 'at'>[] {
  const due = dueOf(wall, { policy, dispatchedAt })
  const on = wall.date(due)
  const start = (date: string) => wall.at(date, '09:00')
  const ofDue = (stage: string, nominal: number) => ({ stage, nominal, about: due })
  const ofDispatch = (stage: string, nominal: number) => ({ stage, nominal, about: dispatchedAt })
  const notice = ofDue('overdue-notice', start(wall.workday(on, 1)))
  if (policy === '2h') {
    const share = (part: number) => Math.round(dispatchedAt + part * (due - dispatchedAt))
    return [
      ofDue('half-time', share(0.5)),
      ofDue('three-quarters', share(0.75)),
      ofDue('time-up', due),
      notice,
    ]
  }
  return [
    ofDispatch('unacknowledged', wall.officeHours(dispatchedAt, 2)),
    ofDispatch('unacknowledged-again', wall.officeHours(dispatchedAt, 4)),
    ofDue('day-before', start(wall.workday(on, -1))),
    ofDue('due-today', start(on)),
    ofDue('due-soon', wall.officeHours(due, -2)),
    ofDue('overdue', due),
    notice,
  ]
}

function dueOf(wall: Wall, { policy, dispatchedAt }: Pick<Lived, 'policy' | 'dispatchedAt'>): number {
  if (policy === '2h') return dispatchedAt + 2 * 60 * 60_000
  return wall.at(wall.workday(wall.date(dispatchedAt), policy === '3wd' ? 3 : 5), '17:30')
}

/** So far ahead a clock was wrong: what it said then keeps nothing quiet. */
const farAhead = 8 * 24 * 60 * 60_000

/** One each working day from the third after the due day; of those that were missed, the latest counts. */
function repeated(wall: Wall, life: Lived, spans: Span[], earlier: Span[]): { must: Due[]; may: Due[] } {
  const last = Math.max(...spans.map(({ to }) => to))
  const days: Due[] = []
  for (let n = 3; ; n += 1) {
    const at = wall.at(wall.workday(wall.date(dueOf(wall, life)), n), '09:00')
    if (at > last) break
    days.push({ stage: 'overdue-digest', nominal: at, about: null, at })
  }
  const must = spans.flatMap(({ from, to }, index) => {
    const over = [...earlier, ...spans.slice(0, index)].map((span) => span.to)
    const isNew = ({ at }: Due) => over.every((end) => end < at || end > at + farAhead)
    const awake = life.critical ? from : wall.allowed(from)
    const missed = awake <= to ? days.findLast(({ at }) => at <= awake) : undefined
    return [...(missed ? [missed] : []), ...days.filter(({ at }) => at > awake && at <= to)].filter(isNew)
  })
  return { must, may: days }
}
