import { countEvents } from '../../src/db/audit-trail.ts'
import { openDatabase } from '../../src/db/database.ts'
import { countDeliveries } from '../../src/db/deliveries.ts'
import { migrationState } from '../../src/db/migrate.ts'
import type { Schema } from '../../src/db/schema.ts'
import type { App } from '../../src/services/app.ts'
import { allTotals } from '../../src/services/reports/status.ts'
import type { City } from './city.ts'
import { damageTo } from './damage.ts'

/** A copy of the city's database, opened like any. */
export interface Copy {
  app: App
  close(): Promise<void>
}

export async function openCopy(city: City, file: string): Promise<Copy> {
  const db = await openDatabase<Schema>(`file:${file}`)
  return { app: { ...city.app, db }, close: () => db.close() }
}

/** What is wrong with it by itself: the file, and what is always written together. */
export async function wrongInCopy({ app }: Copy): Promise<string[]> {
  const { db } = app
  const { read } = db
  const { pending, unknown } = await migrationState(db)
  const assignments = await read.selectFrom('assignments').selectAll().execute()
  const feedback = await read.selectFrom('feedback').select(['id', 'assignment_id', 'review']).execute()
  const events = await read.selectFrom('events').select(['what', 'item_code', 'assignment_id']).execute()
  const items = await read.selectFrom('items').select(['code', 'status']).execute()
  const messages = await read
    .selectFrom('delivery_assignments')
    .innerJoin('deliveries', 'deliveries.id', 'delivery_assignments.delivery_id')
    .select(['delivery_assignments.assignment_id', 'deliveries.kind'])
    .where('deliveries.op', '=', 'send')
    .execute()
  const reviews = await read
    .selectFrom('deliveries')
    .select('feedback_id')
    .where('kind', '=', 'review')
    .where('op', '=', 'send')
    .execute()

  const lines = await damageTo(app)
  const same = (what: string, have: number, should: number) => {
    if (have !== should) lines.push(`${what}: ${have} in place of ${should}`)
  }
  same('migrations', pending.length + unknown.length, 0)
  const statuses = new Map(items.map(({ code, status }) => [code, status]))
  for (const { id, item_code, ...row } of assignments) {
    const of = (what: string) =>
      events.filter((event) => event.assignment_id === id && event.what === what).length
    const about = `of assignment ${id}`
    same(`dispatches ${about}`, of('dispatched'), 1)
    same(
      `cards ${about}`,
      messages.filter(({ assignment_id, kind }) => assignment_id === id && kind === 'dispatch').length,
      1,
    )
    same(`acknowledgements ${about}`, of('acknowledged'), row.acknowledged_at === null ? 0 : 1)
    const own = feedback.filter(({ assignment_id }) => assignment_id === id)
    same(`feedbacks ${about}`, of('feedback'), own.length)
    same(
      `reviews under way ${about}`,
      own.filter(({ review }) => review === 'pending').length,
      Number(row.status === 'review'),
    )
    same(`acceptances ${about}`, of('accepted'), own.filter(({ review }) => review === 'accepted').length)
    const status = statuses.get(item_code)
    const expected = row.status === 'accepted' ? 'done' : 'open'
    if (status !== expected) lines.push(`#${item_code} is ${status}, its assignment ${row.status}`)
  }
  for (const { id } of feedback) {
    same(`review cards of feedback ${id}`, reviews.filter(({ feedback_id }) => feedback_id === id).length, 1)
  }
  const { totals } = await allTotals(app, app.clock.now())
  const having = (status: string) => assignments.filter((row) => row.status === status).length
  same('collected', totals.collected, items.length)
  same('dispatched', totals.dispatched, assignments.length)
  same('unacknowledged', totals.unacknowledged, having('sent'))
  same('under review', totals.review, having('review'))
  const final = assignments.filter(({ status }) => status === 'accepted')
  same('resolved', totals.resolved, final.filter(({ outcome }) => outcome === 'resolved').length)
  same(
    'basically resolved',
    totals.mostly_resolved,
    final.filter(({ outcome }) => outcome === 'mostly_resolved').length,
  )
  return lines
}

/** Its history is the beginning of the city's own: of one moment, and nothing of it changed since. */
export async function wrongInTrail({ app }: Copy, city: City): Promise<string[]> {
  const trail = (of: App, upTo: number) =>
    of.db.read.selectFrom('events').selectAll().where('id', '<=', upTo).orderBy('id').execute()
  const last = await app.db.read
    .selectFrom('events')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const upTo = last?.id ?? 0
  const [copied, own] = [await trail(app, upTo), await trail(city.app, upTo)]
  return JSON.stringify(copied) === JSON.stringify(own)
    ? []
    : ['its history is not the beginning of the city’s']
}

/** How much is in it. */
export async function sizeOf({ app }: Copy): Promise<{ events: number; underWay: number }> {
  const { pending = 0, sending = 0 } = await countDeliveries(app.db.read)
  return { events: await countEvents(app.db.read), underWay: pending + sending }
}
