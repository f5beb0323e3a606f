import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { addEvents } from '../../db/audit.ts'
import { setPayload } from '../../db/deliveries.ts'
import { itemTotal } from '../../db/item-words.ts'
import {
  emptyMessages,
  eraseDetails,
  eraseEvidence,
  filesOf,
  foldLog,
  itemsToErase,
  itemTexts,
  looseMessages,
  messagesOf,
  rewriteTexts,
  type TextTable,
} from '../../db/retention.ts'
import { readSetting, writeSetting } from '../../db/settings.ts'
import { maskPersonal } from '../../domain/masking.ts'
import { localDate } from '../../domain/time.ts'
import { masked } from '../../messages/masked.ts'
import type { App } from '../app.ts'
import type { Payload } from '../delivery/outbox.ts'
import { storeWords } from '../triage/similar-words.ts'
import { type Work, work } from '../work.ts'

const dayMs = 24 * 60 * 60 * 1000
/** What was shown to one person alone is needed no longer than while somebody may quote it. */
const privateMs = 7 * dayMs
/** What one transaction holds, so that nobody who writes waits long. */
const itemsAtOnce = 20
const messagesAtOnce = 200
/** Of so many items it is asked at once which of them it is time for. */
const lookedAtAtOnce = 1_000
/** After each, whoever else writes has a turn. */
const turnMs = 20
/** The date of the last time: asked at every sweep, so it must be cheap to know. */
const doneSetting = 'personal-data-erased'

/** Erases the personal data of items that ended long enough ago, once a day; where no time is set, nothing. */
export async function eraseDaily(app: App): Promise<void> {
  if (app.retentionDays === null) return
  const today = localDate(app.clock.now(), app.office().hours.timezone)
  if ((await readSetting(app.db.read, doneSetting)) === today) return
  await erasePersonalData(app, app.retentionDays)
  await work(app, ({ db }) => writeSetting(db, doneSetting, today))
}

/**
 * In many short transactions, each whole: what a crash cuts short goes on with the next. Every number and every state
 * stays. @returns how many items it were
 */
export async function erasePersonalData(app: App, days: number): Promise<number> {
  const endedBefore = app.clock.now() - days * dayMs
  const count = await eraseItems(app, endedBefore)
  const privateBefore = app.clock.now() - Math.min(privateMs, days * dayMs)
  await eraseLooseMessages(app, endedBefore, privateBefore)
  await foldLog(app.db.write)
  if (count === 0) return 0
  await work(app, ({ db, now }) => addEvents(db, [{ at: now, what: 'erased', detail: { count } }]))
  app.log.info({ items: count, days }, 'personal data was erased')
  return count
}

async function eraseItems(app: App, endedBefore: number): Promise<number> {
  let count = 0
  const total = await itemTotal(app.db.read)
  for (let after = 0; after < total; after += lookedAtAtOnce) {
    const range = { endedBefore, after, upTo: after + lookedAtAtOnce }
    let found = await itemsToErase(app.db.read, range)
    for (; found.length > 0; found = found.slice(itemsAtOnce)) {
      const some = found.slice(0, itemsAtOnce)
      count += await work(app, (current) => eraseSome(current, some, endedBefore))
      await pause(turnMs)
    }
  }
  return count
}

async function eraseSome(current: Work, found: number[], endedBefore: number): Promise<number> {
  const { app, db, now } = current
  // Somebody may have reopened one meanwhile.
  const [first = 0] = found
  const still = await itemsToErase(db, { endedBefore, after: first - 1, upTo: found.at(-1) ?? first })
  const codes = still.filter((code) => found.includes(code))
  if (codes.length === 0) return 0
  // Before the commit: rather a row without its file than a file that no row knows.
  for (const file of await filesOf(db, codes)) await rm(path.join(app.dataDir, file), { force: true })
  await eraseEvidence(db, codes)
  await eraseDetails(db, codes)
  await rewriteTexts(db, codes, withoutNumbers)
  await storeWords(db, await itemTexts(db, codes))
  const messages = await messagesOf(db, codes)
  await emptyMessages(
    db,
    messages.filter(({ isShared }) => !isShared).map(({ id }) => id),
  )
  for (const { id, payload } of messages.filter(({ isShared }) => isShared)) {
    const { file, ...message } = JSON.parse(payload) as Payload
    await setPayload(db, id, JSON.stringify({ ...masked(message), file } satisfies Payload))
  }
  await addEvents(
    db,
    codes.map((item) => ({ at: now, what: 'erased' as const, item })),
  )
  return codes.length
}

async function eraseLooseMessages(app: App, before: number, privateBefore: number): Promise<void> {
  for (let after = 0; ; await pause(turnMs)) {
    const ids = await looseMessages(app.db.read, { after, limit: messagesAtOnce, before, privateBefore })
    const last = ids.at(-1)
    if (last === undefined) return
    await work(app, ({ db }) => emptyMessages(db, ids))
    after = last
  }
}

function withoutNumbers(text: string, table: TextTable): string {
  return table === 'events' ? JSON.stringify(JSON.parse(text), maskedDetail) : maskPersonal(text)
}

/** What a citizen said when called goes whole; where an answer was published is public, and must stay a link. */
function maskedDetail(key: string, value: unknown): unknown {
  if (key === 'note') return null
  return typeof value === 'string' && key !== 'url' ? maskPersonal(value) : value
}
