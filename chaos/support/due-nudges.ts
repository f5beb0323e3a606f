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
  /** Another calendar holds since then: what came before was by the old one. */
  calendarSince?: number
}

export interface Found {
  rows: { stage: string; nominal: number; at: number }[]
  /** The ids of the messages in the department's group. */
  told: number[]
  dueAt: number
  /** By another due time or another calendar: nudges before `setAt` belong to the old one. */
  moved: boolean
  setAt: number
}

interface Due {
  stage: string
  nominal: number
  /** When it may go out. */
  at: number
}

/** What the ladder did. */
export async function nudgesOf({ app: { db } }: OfficeWorld, { code, calendarSince }: Lived): Promise<Found> {
  const assignment = await db.read
    .selectFrom('assignments')
    .selectAll()
    .where('item_code', '=', code)
    .executeTakeFirstOrThrow()
  const rows = await db.read
    .selectFrom('nudges')
    .select(['stage', 'nominal_at as nominal', 'at'])
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
  return {
    rows,
    told: told.map(({ id }) => id),
    dueAt: assignment.due_at,
    moved: calendarSince !== undefined || assignment.due_set_at !== assignment.dispatched_at,
    setAt: Math.max(assignment.due_set_at, calendarSince ?? 0),
  }
}

/** What the ladder must have done in the times that the bot lived through, and what it may have. */
export function dues(
  { wall, spans }: { wall: Wall; spans: Span[] },
  life: Lived,
  { moved, setAt, rows }: Found,
): { must: Due[]; may: Due[] } {
  const all = ladder(wall, life).map(([stage, nominal]) => ({
    stage,
    nominal,
    at: life.critical ? nominal : wall.allowed(nominal),
  }))
  const after = spans.slice(life.spanOfDispatch)
  const unacknowledged = spans.slice(life.spanOfDispatch, life.spanOfAck)
  const livedThrough = ({ stage, at }: Due) =>
    (stage.startsWith('unacknowledged') ? unacknowledged : after).some(({ from, to }) => {
      const moment = Math.max(from, at)
      return (life.critical ? moment : wall.allowed(moment)) <= to
    })
  const repeats = repeated(wall, life, after)
  const isOfThisDue = ({ nominal }: Due) => !moved || nominal > setAt
  return {
    must: [...all.filter(livedThrough), ...repeats.must].filter(isOfThisDue),
    may: [...all, ...repeats.may, ...(moved ? rows.map((row) => ({ ...row, at: row.nominal })) : [])],
  }
}

function ladder(wall: Wall, { policy, dispatchedAt }: Lived): [stage: string, nominal: number][] {
  const due = dueOf(wall, { policy, dispatchedAt })
  const on = wall.date(due)
  const start = (date: string) => wall.at(date, '09:00')
  const notice: [string, number] = ['overdue-notice', start(wall.workday(on, 1))]
  if (policy === '2h') {
    const share = (part: number) => Math.round(dispatchedAt + part * (due - dispatchedAt))
    return [['half-time', share(0.5)], ['three-quarters', share(0.75)], ['time-up', due], notice]
  }
  return [
    ['unacknowledged', wall.officeHours(dispatchedAt, 2)],
    ['unacknowledged-again', wall.officeHours(dispatchedAt, 4)],
    ['day-before', start(wall.workday(on, -1))],
    ['due-today', start(on)],
    ['due-soon', wall.officeHours(due, -2)],
    ['overdue', due],
    notice,
  ]
}

function dueOf(wall: Wall, { policy, dispatchedAt }: Pick<Lived, 'policy' | 'dispatchedAt'>): number {
  if (policy === '2h') return dispatchedAt + 2 * 60 * 60_000
  return wall.at(wall.workday(wall.date(dispatchedAt), policy === '3wd' ? 3 : 5), '17:30')
}

/** One each working day from the third after the due day; of those that were missed, the latest counts. */
function repeated(wall: Wall, life: Lived, spans: Span[]): { must: Due[]; may: Due[] } {
  const must: Due[] = []
  const may: Due[] = []
  const last = Math.max(...spans.map(({ to }) => to))
  let reached = 0
  const days: number[] = []
  for (let n = 3; ; n += 1) {
    const at = wall.at(wall.workday(wall.date(dueOf(wall, life)), n), '09:00')
    if (at > last) break
    days.push(at)
  }
  may.push(...days.map((at) => ({ stage: 'overdue-digest', nominal: at, at })))
  for (const { from, to } of spans) {
    const lived = days.filter((at) => at >= from && at <= to && at > reached)
    must.push(...lived.map((at) => ({ stage: 'overdue-digest', nominal: at, at })))
    reached = Math.max(reached, to)
  }
  return { must, may }
}
