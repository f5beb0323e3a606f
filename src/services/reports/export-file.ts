import { randomBytes } from 'node:crypto'
import { addEvents } from '../../db/audit.ts'
import type { Delivery } from '../../db/deliveries.ts'
import {
  type ExportOrder,
  exportOrder,
  removeExportOrder,
  waitingExports,
  writeExportOrder,
} from '../../db/export-orders.ts'
import { localDate } from '../../domain/time.ts'
import { UserError } from '../../errors.ts'
import { line } from '../../messages/message.ts'
import type { Wording } from '../../messages/wording.ts'
import type { Platform, RefusalReason } from '../../ports.ts'
import type { Actor } from '../actor.ts'
import type { App } from '../app.ts'
import { post } from '../delivery/outbox.ts'
import { newExportPath, type StoredFile, storeFile } from '../delivery/stored-file.ts'
import { type Work, work } from '../work.ts'
import { exportItems } from './export.ts'

/** What platforms take; a larger file would only be refused. */
const maxBytes = 30 * 1024 * 1024
const maxTries = 3
const pauseMs = 2_000

/** Notes that somebody wants the task list; a job makes it. @throws {UserError} while an earlier wish is under way */
export async function requestExport(
  { app, db, now, schedule }: Work,
  actor: Actor,
  { platform, account }: { platform: Platform; account: string },
): Promise<void> {
  const earlier = await exportOrder(db, actor.id)
  if (earlier) {
    const moment = app.voice.moment(earlier.at)
    throw new UserError((t) => t.reports.export.alreadyUnderWay(moment))
  }
  await writeExportOrder(db, { person: actor.id, platform, account, at: now, tries: 0 })
  schedule('export', String(actor.id), now)
}

/** Makes the file that this person wants, and has it sent. @returns when to try again, if it must be tried again */
export async function makeExport(app: App, person: number): Promise<{ retryAt: number } | undefined> {
  // Counted before it begins: what ends the whole process is not begun for ever.
  const order = await work(app, ({ db }) => begun(db, person))
  if (!order) return undefined
  if (order.tries > maxTries) {
    await giveUp(app, order, (t) => t.reports.export.failed)
    return undefined
  }
  const made = { at: app.clock.now(), path: newExportPath(app.clock.now(), randomBytes(6).toString('hex')) }
  try {
    const { count, size } = await fill(app, made.path)
    if (size > maxBytes) throw new UserError((t) => t.reports.export.tooBig)
    await handOver(app, order, { ...made, count })
    return undefined
  } catch (error) {
    if (error instanceof UserError) {
      await giveUp(app, order, error.say)
      return undefined
    }
    app.log.error({ err: error, tries: order.tries }, 'an export failed')
    return { retryAt: app.clock.now() + pauseMs * 2 ** order.tries }
  }
}

/** Finds what was asked for and is not made yet. */
export async function scheduleExports({ db, queue, clock }: App): Promise<void> {
  for (const { person } of await waitingExports(db.read)) {
    await queue.schedule('export', String(person), clock.now())
  }
}

/** Tells the one who wanted it that the platform does not take the file. */
export async function reportUnsentFile(work: Work, delivery: Delivery, reason: RefusalReason): Promise<void> {
  const { account, platform } = delivery
  const { file } = JSON.parse(delivery.payload) as { file?: StoredFile }
  if (account === null || !file) return
  const { t } = work.app.voice
  const why = reason === 'not-permitted' ? t.reports.export.mayNotUpload : t.undelivered.reasons[reason]
  const text = t.reports.export.undelivered(file.name, why)
  await post(work, { kind: 'reply', platform, to: { account }, message: line(text, 'warning') })
}

async function begun(db: Work['db'], person: number): Promise<ExportOrder | null> {
  const order = await exportOrder(db, person)
  if (!order) return null
  const again = { ...order, tries: order.tries + 1 }
  await writeExportOrder(db, again)
  return again
}

async function fill(app: App, path: string): Promise<{ count: number; size: number }> {
  let count = 0
  const size = await storeFile(app, path, async (write) => {
    count = await exportItems(app, { format: 'xlsx', private: false, apart: true, write })
  })
  return { count, size }
}

async function handOver(
  app: App,
  order: ExportOrder,
  { at, path, count }: { at: number; path: string; count: number },
): Promise<void> {
  const name = app.voice.t.reports.export.fileName(localDate(at, app.voice.timezone))
  const { person, platform, account } = order
  await work(app, async (current) => {
    // A process that was taken for dead may have been faster.
    if ((await exportOrder(current.db, person))?.at !== order.at) return
    await post(current, {
      kind: 'export',
      platform,
      to: { account },
      message: line(name),
      file: { name, path },
      dedupeKey: `export-${person}-${order.at}`,
    })
    await addEvents(current.db, [
      { at: current.now, what: 'exported', person, detail: { count, file: name } },
    ])
    await removeExportOrder(current.db, order)
  })
}

async function giveUp(app: App, order: ExportOrder, say: (t: Wording) => string): Promise<void> {
  const { platform, account } = order
  await work(app, async (current) => {
    const message = line(say(app.voice.t), 'warning')
    await post(current, { kind: 'reply', platform, to: { account }, message })
    await removeExportOrder(current.db, order)
  })
}
