import { eventsAfter, insertAct, newestEvent, standingOf } from '../../db/acts.ts'
import type { EventName } from '../../domain/event.ts'
import type { Work } from '../work.ts'

/** What can be taken back, where all that an act did is among it. */
const undoable: ReadonlySet<EventName> = new Set<EventName>([
  'dispatched',
  'acknowledged',
  'feedback',
  'accepted',
  'redo',
  'done',
  'closed',
  'merged',
  'declined',
  'returned',
  'extension-asked',
  'extended',
  'extension-refused',
  'suspension-asked',
  'suspended',
  'suspension-moved',
  'suspension-refused',
  'resumed',
  'withdrawn',
  'called-back',
  'published',
  'uptake',
  'reopened',
])

/** Runs what somebody does, and keeps how the items stood before, for `/undo`. */
export async function recordingAct<T>(work: Work, personId: number, run: () => Promise<T>): Promise<T> {
  const last = await newestEvent(work.db)
  const result = await run()
  await recordAct(work, personId, last)
  return result
}

async function recordAct({ app, db, now }: Work, personId: number, last: number): Promise<void> {
  const events = await eventsAfter(db, last)
  const [first] = events
  const newest = events.at(-1)
  const codes = [...new Set(events.flatMap(({ item }) => item ?? []))]
  if (!first || !newest || codes.length === 0 || !events.every(({ what }) => undoable.has(what))) return
  if (!events.some((event) => event.personId === personId)) return
  // Readers do not see what is not committed: this is how it was before.
  const before = await standingOf(app.db.read, codes)
  await insertAct(db, personId, { at: now, firstEvent: first.id, lastEvent: newest.id, before })
}
