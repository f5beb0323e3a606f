import type { ItemRow } from '../db/items.ts'
import { newestCode, newestCodeBy, unhurriedUnjudgedAfter, urgentUnjudgedAfter } from '../db/new-items.ts'
import type { Db } from '../db/schema.ts'
import { readSetting, writeSetting } from '../db/settings.ts'
import { nextAllowed } from '../domain/office-hours.ts'
import { addDays, instantAt, localDate, localTime } from '../domain/time.ts'
import { announcedAtOnce, newItemsMessage, urgentItemsMessage } from '../messages/intake.ts'
import type { App } from './app.ts'
import { hasTaskForceGroup, postToTaskForce } from './task-force.ts'
import { type Work, work } from './work.ts'

/** When the task force hears of what can wait, on working days. */
const times = ['09:00', '14:00']
/** An import may dispatch what it has just taken in: so long it has, before somebody else tells of the urgent ones. */
const settledMs = 5 * 60 * 1000

const urgentSetting = 'announced-urgent'
const newSetting = 'announced-new'
const slotSetting = 'announced-slot'

/** Up to which number urgent items were told of, and which above it. */
interface Told {
  upTo: number
  also: number[]
}

/** Tells the task force at once of those of these items that are urgent and not dispatched, in one message. */
export async function announceUrgent(current: Work, codes: readonly number[]): Promise<void> {
  const fresh = new Set(codes)
  const told = await readTold(current.db)
  const items = (await untold(current.db, told)).filter(({ code }) => fresh.has(code))
  if (items.length === 0 || !(await hasTaskForceGroup(current.db))) return
  await post(current, items)
  told.also.push(...items.map(({ code }) => code))
  await writeSetting(current.db, urgentSetting, JSON.stringify(told))
}

/** Sends what is due: the list of what came in since the last one, and urgent items of which a crash let nobody tell. */
export async function announceDue(app: App): Promise<void> {
  if (await hasUntoldUrgent(app)) await work(app, announceSettled)
  if (await isListDue(app)) await work(app, announceList)
  await scheduleList(app)
}

/** Sees to it that a job stands for the next list, and for what is due now. */
export async function scheduleAnnouncements(app: App): Promise<void> {
  if ((await hasUntoldUrgent(app)) || (await isListDue(app))) {
    await app.queue.schedule('announce', 'due', app.clock.now())
  }
  await scheduleList(app)
}

/** Where there never was a list, the next one is the first. */
export async function beginAnnouncements(app: App): Promise<void> {
  if ((await readSetting(app.db.read, slotSetting)) !== null) return
  await work(app, async ({ db, now }) => writeSetting(db, slotSetting, slotAt(app, now)?.id ?? 'none'))
}

async function announceSettled(current: Work): Promise<void> {
  const told = await readTold(current.db)
  const upTo = await newestCodeBy(current.db, told.upTo, current.now - settledMs)
  if (upTo === null) return
  const items = (await untold(current.db, told)).filter(({ code }) => code <= upTo)
  if (items.length > 0) {
    // They are told of once there is anybody to tell.
    if (!(await hasTaskForceGroup(current.db))) return
    await post(current, items)
  }
  const also = told.also.filter((code) => code > upTo)
  await writeSetting(current.db, urgentSetting, JSON.stringify({ upTo, also } satisfies Told))
}

async function announceList(current: Work): Promise<void> {
  const { app, db, now } = current
  const slot = slotAt(app, now)
  if (!slot || (await readSetting(db, slotSetting)) === slot.id) return
  const told = Number((await readSetting(db, newSetting)) ?? 0)
  const { items, total } = await unhurriedUnjudgedAfter(db, told, announcedAtOnce)
  if (total > 0) {
    await postToTaskForce(current, {
      kind: 'notice',
      message: newItemsMessage(items, total, app.voice),
      dedupeKey: `new-items-${slot.at}`,
    })
  }
  await writeSetting(db, newSetting, String(await newestCode(db)))
  await writeSetting(db, slotSetting, slot.id)
}

/** As a notice: one that the group could not take is sent once it can. */
async function post(current: Work, items: ItemRow[]): Promise<void> {
  await postToTaskForce(current, { kind: 'notice', message: urgentItemsMessage(items, current.app.voice) })
}

async function hasUntoldUrgent({ db, clock }: App): Promise<boolean> {
  const { upTo } = await readTold(db.read)
  if ((await newestCodeBy(db.read, upTo, clock.now() - settledMs)) === null) return false
  // With nobody to tell, the number stays where it is for as long as something is to be told.
  return (await hasTaskForceGroup(db.read)) || (await urgentUnjudgedAfter(db.read, upTo)).length === 0
}

async function isListDue(app: App): Promise<boolean> {
  const now = app.clock.now()
  const slot = slotAt(app, now)
  if (!slot || nextAllowed(now, app.office()) > now) return false
  if ((await readSetting(app.db.read, slotSetting)) === slot.id) return false
  return hasTaskForceGroup(app.db.read)
}

/** The latest of today's times that is not later than `now`. */
function slotAt(app: App, now: number): { id: string; at: number } | null {
  const { timezone } = app.office().hours
  const today = localDate(now, timezone)
  const time = times.findLast((one) => one <= localTime(now, timezone))
  return time === undefined ? null : { id: `${today} ${time}`, at: instantAt(today, time, timezone) }
}

async function scheduleList(app: App): Promise<void> {
  const now = app.clock.now()
  const office = app.office()
  const { timezone } = office.hours
  const today = localDate(now, timezone)
  const next = [today, addDays(today, 1)]
    .flatMap((day) => times.map((time) => instantAt(day, time, timezone)))
    .find((at) => at > now)
  if (next === undefined) return
  const at = nextAllowed(next, office)
  await app.queue.schedule('announce', String(at), at)
}

async function untold(db: Db, { upTo, also }: Told): Promise<ItemRow[]> {
  const known = new Set(also)
  return (await urgentUnjudgedAfter(db, upTo)).filter(({ code }) => !known.has(code))
}

async function readTold(db: Db): Promise<Told> {
  const text = await readSetting(db, urgentSetting)
  return text === null ? { upTo: 0, also: [] } : (JSON.parse(text) as Told)
}
