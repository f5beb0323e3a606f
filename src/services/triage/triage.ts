import { findAssignments } from '../../db/assignments.ts'
import { eventsOfItem } from '../../db/audit.ts'
import { taskForces } from '../../db/departments.ts'
import { type ItemRow, itemByCode, reportsOf } from '../../db/items.ts'
import type { Db } from '../../db/schema.ts'
import { allDepartments, countWaiting, nextWaiting } from '../../db/waiting-items.ts'
import { type Assignment, isStanding } from '../../domain/assignment.ts'
import { choosePolicy, parsePolicy } from '../../domain/policy.ts'
import { UserError } from '../../errors.ts'
import type { Message } from '../../messages/message.ts'
import { type SimilarLine, type TriageView, triageDoneMessage, triageMessage } from '../../messages/triage.ts'
import type { App } from '../app.ts'
import { currentAssignments } from '../assignment/assignments.ts'
import type { Work } from '../work.ts'
import { type SimilarItem, similarTo, wordsOfItem } from './similar.ts'
import { suggestDepartment } from './suggest.ts'
import { decidedWords } from './triage-outcome.ts'

/** A card, and the item that it shows; none where nothing waits. */
export interface TriageCard {
  message: Message
  item: number | null
}

export function isWaiting({ status }: ItemRow): boolean {
  return status === 'triage' || status === 'ready'
}

/** The card of the item to be judged next, under what was just done; of what was skipped only when nothing else waits. */
export async function nextTriageCard(
  app: App,
  skipped: readonly number[],
  done: string | null = null,
): Promise<TriageCard> {
  const { read } = app.db
  const item = await nextWaiting(read, skipped)
  if (item) return triageCard(app, item, skipped, done)
  return { message: triageDoneMessage(await countWaiting(read), app.voice, done), item: null }
}

/** The card of that item. @throws {UserError} saying what was decided, where it no longer waits */
export async function triageCardOf(app: App, code: number): Promise<TriageCard> {
  const { read } = app.db
  const item = await itemByCode(read, code)
  if (!item) throw new UserError((t) => t.errors.noSuchItem(code))
  if (isWaiting(item)) return triageCard(app, item, [])
  const decided = await decidedWords(read, item, app.voice)
  throw new UserError(() => decided.trim())
}

/** To find what is similar takes long among many items: all this is read beside whoever writes. */
export async function triageCard(
  app: App,
  item: ItemRow,
  skipped: readonly number[],
  done: string | null = null,
): Promise<TriageCard> {
  const db = app.db.read
  const { code } = item
  const earlier = await findAssignments(db, { item: code })
  const words = await wordsOfItem(db, item)
  const similar = await similarTo(db, item, words)
  const refused = new Set(earlier.filter(({ returned }) => returned).map(({ department }) => department.id))
  const leads = await leadsOf(db, similar)
  const { timezone } = app.office().hours
  const view: TriageView = {
    item: {
      code,
      title: item.title,
      content: item.content,
      source: item.source,
      category: item.category,
      urgency: item.urgency,
      receivedAt: item.received_at,
      reports: (await reportsOf(db, [code])).get(code) ?? 1,
    },
    waiting: await countWaiting(db),
    similar: similar.map((one) => lineOf(one, leads)),
    suggestion: await suggestDepartment(db, words, refused),
    returned: await returnOf(db, code, earlier),
    departments: await departmentsToChoose(db),
    policy:
      (item.policy === null ? null : parsePolicy(item.policy, timezone)) ?? choosePolicy(item, app.policies),
    closing: item.closing,
    walk: { round: roundOf(earlier), skipped },
  }
  return { message: triageMessage(view, app.voice, done), item: code }
}

/** How often it was dispatched: a card that knows of fewer times is out of date. */
export async function roundOfItem({ db }: Work, code: number): Promise<number> {
  return roundOf(await currentAssignments(db, code))
}

function roundOf(assignments: Assignment[]): number {
  return Math.max(0, ...assignments.map(({ round }) => round))
}

function lineOf({ item, reports, sure, words }: SimilarItem, leads: Map<number, string>): SimilarLine {
  const { code, title, status } = item
  return { code, title, status, reports, sure, words, department: leads.get(code) ?? null }
}

/** Which department leads each of these. */
async function leadsOf(db: Db, similar: SimilarItem[]): Promise<Map<number, string>> {
  const leads = new Map<number, string>()
  for (const { item } of similar) {
    const lead = (await currentAssignments(db, item.code)).find(
      (assignment) => assignment.part === 'lead' && isStanding(assignment),
    )
    if (lead) leads.set(item.code, lead.department.name)
  }
  return leads
}

/** The newest return of the lead's share, where it came back. */
async function returnOf(db: Db, code: number, earlier: Assignment[]): Promise<TriageView['returned']> {
  const newest = earlier
    .filter(({ part, round }) => part === 'lead' && round === roundOf(earlier))
    .find(({ returned }) => returned !== null)
  if (!newest?.returned) return null
  const history = await eventsOfItem(db, code)
  const { at, reason, suggested } = newest.returned
  const by = history.findLast(
    ({ what, department }) => what === 'returned' && department === newest.department.name,
  )?.by
  return { department: newest.department.name, by: by ?? '', at, reason, suggested }
}

/** All departments, by their names; the task force itself at the end. */
async function departmentsToChoose(db: Db): Promise<TriageView['departments']> {
  const forces = new Set((await taskForces(db)).map(({ id }) => id))
  return (await allDepartments(db)).toSorted(
    (a, b) => Number(forces.has(a.id)) - Number(forces.has(b.id)) || a.name.localeCompare(b.name, 'zh'),
  )
}
