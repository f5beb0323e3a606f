import type { ItemRow } from '../../db/items.ts'
import { firstUnhurriedUnjudged, lastBefore, unhurriedUnjudged, urgentUnjudged } from '../../db/new-items.ts'
import type { Db } from '../../db/schema.ts'
import { readSetting, writeSetting } from '../../db/settings.ts'
import { nextAllowed } from '../../domain/office-hours.ts'
import { addDays, instantAt, localDate } from '../../domain/time.ts'
import { announcedAtOnce, newItemsMessage, urgentItemsMessage } from '../../messages/intake.ts'
import type { App } from '../app.ts'
import { hasTaskForceGroup, postToTaskForce } from '../delivery/task-force.ts'
import { type Work, work } from '../work.ts'

/** When the task force hears of what can wait, on working days. */
const times = ['09:00', '14:00']
/** An import may dispatch what it has just taken in: so long it has, before somebody else tells of the urgent ones. */
const settledMs = 5 * 60 * 1000

/** The number up to which what can wait was told of. */
const listedSetting = 'announced-listed'
const urgentSetting = 'announced-urgent'

/** Of which urgent items was told: those up to a number, and some above it. */
interface Told {
  upTo: number
  also: number[]
}

/** Tells the task force at once of those of these items that are urgent and not dispatched, in one message. */
export async function announceUrgent(current: Work, codes: readonly number[]): Promise<void> {
  const { db, now } = current
  const fresh = new Set(codes)
  const told = await readTold(db)
  const candidates = await untold(db, told)
  const isNow = ({ code, created_at }: ItemRow) => fresh.has(code) || created_at <= now - settledMs
  const items = candidates.filter(isNow)
  // They are told of once there is anybody to tell.
  if (items.length === 0 || !(await hasTaskForceGroup(db))) return
  await postToTaskForce(current, {
    // A notice that a group could not take is sent once it can.
    kind: 'notice',
    message: urgentItemsMessage(items, current.app.voice),
  })
  const left = candidates.filter((item) => !isNow(item)).map(({ code }) => code - 1)
  const upTo = Math.min(await lastBefore(db, told.upTo, now - settledMs), ...left)
  const also = [...told.also, ...items.map(({ code }) => code)].filter((code) => code > upTo)
  await writeSetting(db, urgentSetting, JSON.stringify({ upTo, also } satisfies Told))
}

/** Sends what is due: the list of what came in since the last one, and urgent items that a crash kept untold. */
export async function announceDue(app: App): Promise<void> {
  if (await hasForgottenUrgent(app)) await work(app, (current) => announceUrgent(current, []))
  if (await isListDue(app)) await work(app, announceList)
  await scheduleNextList(app)
}

/** Sees to it that a job stands for the next list, and for what is due now. */
export async function scheduleAnnouncements(app: App): Promise<void> {
  if ((await hasForgottenUrgent(app)) || (await isListDue(app))) {
    await app.queue.schedule('announce', 'due', app.clock.now())
  }
  await scheduleNextList(app)
}

async function announceList(current: Work): Promise<void> {
  const { app, db, now } = current
  const listed = await readListed(db)
  const time = timeOfList(app, now)
  if (time === null) return
  const last = await lastBefore(db, listed, time)
  const { items, total } = await unhurriedUnjudged(db, { code: listed, last, limit: announcedAtOnce })
  if (total === 0) return
  await postToTaskForce(current, { kind: 'notice', message: newItemsMessage(items, total, app.voice) })
  await writeSetting(db, listedSetting, String(last))
}

async function hasForgottenUrgent({ db, clock }: App): Promise<boolean> {
  const by = clock.now() - settledMs
  const waiting = await untold(db.read, await readTold(db.read))
  return waiting.some(({ created_at }) => created_at <= by) && hasTaskForceGroup(db.read)
}

async function isListDue(app: App): Promise<boolean> {
  const now = app.clock.now()
  if (nextAllowed(now, app.office()) > now) return false
  const { read } = app.db
  const time = timeOfList(app, now)
  const first = await firstUnhurriedUnjudged(read, await readListed(read))
  return time !== null && first !== null && first.created_at < time && hasTaskForceGroup(read)
}

/** The list of a time is of what came in before it, the rest waits for the next one. Null before the day's first. */
function timeOfList(app: App, now: number): number | null {
  return timesOf(app, now).findLast((at) => at <= now) ?? null
}

/** When the task force next hears of what can wait. */
export function nextListAt(app: App, after: number): number | null {
  const next = timesOf(app, after).find((at) => at > after)
  return next === undefined ? null : nextAllowed(next, app.office())
}

async function scheduleNextList(app: App): Promise<void> {
  const at = nextListAt(app, app.clock.now())
  if (at !== null) await app.queue.schedule('announce', String(at), at)
}

/** Today's and tomorrow's. */
function timesOf(app: App, now: number): number[] {
  const { timezone } = app.office().hours
  const today = localDate(now, timezone)
  return [today, addDays(today, 1)].flatMap((day) => times.map((time) => instantAt(day, time, timezone)))
}

async function untold(db: Db, { upTo, also }: Told): Promise<ItemRow[]> {
  const known = new Set(also)
  return (await urgentUnjudged(db, upTo)).filter(({ code }) => !known.has(code))
}

async function readTold(db: Db): Promise<Told> {
  const text = await readSetting(db, urgentSetting)
  return text === null ? { upTo: 0, also: [] } : (JSON.parse(text) as Told)
}

async function readListed(db: Db): Promise<number> {
  return Number((await readSetting(db, listedSetting)) ?? 0)
}
