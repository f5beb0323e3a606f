import { type AssignmentStatus, isFinal, isStanding } from '../../src/domain/assignment.ts'
import type { EventName } from '../../src/domain/event.ts'
import type { ItemStatus } from '../../src/domain/item.ts'
import { assignmentMoves, isItemDone, itemMoves } from '../../src/domain/lifecycle.ts'
import { dispatchedParts } from '../../src/domain/totals.ts'
import { allTotals } from '../../src/services/reports/status.ts'
import type { City } from './city.ts'

/** The events of which one must tell that an item, or an assignment, is now what it is. */
const tellsOfItem: Record<ItemStatus, EventName[]> = {
  triage: ['undone'],
  ready: ['returned', 'undone'],
  open: ['dispatched', 'reopened', 'undone'],
  done: ['done', 'undone'],
  closed: ['closed', 'undone'],
  merged: ['merged'],
  declined: ['declined'],
}
const tellsOfAssignment: Record<AssignmentStatus, EventName[]> = {
  sent: [],
  working: ['acknowledged', 'accepted', 'redo', 'resumed'],
  review: ['feedback'],
  accepted: ['accepted'],
  suspended: ['suspended'],
  returned: ['returned'],
  withdrawn: ['withdrawn'],
}

/** All that an act may change, at one moment. */
export async function snapshot({ app }: City) {
  const { read } = app.db
  return {
    items: await read.selectFrom('items').selectAll().orderBy('code').execute(),
    assignments: await read.selectFrom('assignments').selectAll().orderBy('id').execute(),
    feedback: await read.selectFrom('feedback').selectAll().orderBy('id').execute(),
    requests: await read.selectFrom('requests').selectAll().orderBy('id').execute(),
    events: await read.selectFrom('events').selectAll().orderBy('id').execute(),
  }
}

export type Snapshot = Awaited<ReturnType<typeof snapshot>>

/** What is wrong between two moments; empty where all is well. */
export function faultsBetween(before: Snapshot, after: Snapshot): string[] {
  const faults: string[] = []
  const fresh = after.events.slice(before.events.length)
  const undone = fresh.some(({ what }) => what === 'undone')

  if (JSON.stringify(after.events.slice(0, before.events.length)) !== JSON.stringify(before.events))
    faults.push('an event was lost or changed')

  for (const item of after.items) {
    const earlier = before.items.find(({ code }) => code === item.code)
    if (!earlier || earlier.status === item.status) continue
    if (!isMove(itemMoves, earlier.status, item.status, undone) && !isMerged(item))
      faults.push(`#${item.code} went from ${earlier.status} to ${item.status}`)
    if (
      !fresh.some(({ item_code, what }) => item_code === item.code && tellsOfItem[item.status].includes(what))
    )
      faults.push(`#${item.code} is ${item.status} now, and no event tells it`)
  }
  for (const assignment of after.assignments) {
    const earlier = before.assignments.find(({ id }) => id === assignment.id)
    const from = earlier?.status ?? 'sent'
    if (from === assignment.status) continue
    if (!isMove(assignmentMoves, from, assignment.status, undone))
      faults.push(`assignment ${assignment.id} went from ${from} to ${assignment.status}`)
    const tells = ({ assignment_id, what }: (typeof fresh)[number]) =>
      what === 'undone' ||
      (assignment_id === assignment.id && tellsOfAssignment[assignment.status].includes(what))
    if (!fresh.some(tells))
      faults.push(`assignment ${assignment.id} is ${assignment.status} now, and no event tells it`)
  }
  return faults
}

/** What can't be, whatever happened. */
export async function faultsOf(
  city: City,
  { items, assignments, feedback, requests }: Snapshot,
): Promise<string[]> {
  const faults: string[] = []
  for (const item of items) {
    const own = assignments.filter(({ item_code }) => item_code === item.code)
    const round = Math.max(0, ...own.map((assignment) => assignment.round))
    const standing = own.filter((assignment) => assignment.round === round && isStanding(assignment))
    const leads = standing.filter(({ part }) => part === 'lead')
    const dispatched = ['open', 'done', 'closed'].includes(item.status)
    if (leads.length !== (dispatched ? 1 : 0))
      faults.push(`#${item.code} is ${item.status} and has ${leads.length} lead departments`)
    const done = isItemDone(
      standing.map(({ part, status, outcome }) => ({
        part,
        status,
        outcomeIsFinal: outcome !== null && isFinal(outcome),
      })),
      item.closing,
    )
    if (done !== ['done', 'closed'].includes(item.status))
      faults.push(`#${item.code} is ${item.status}, its departments ${done ? 'are' : 'are not'} done`)
    const atWork = standing.filter(({ status }) => !isOver(status))
    if (['done', 'closed', 'merged', 'declined'].includes(item.status) && atWork.length > 0)
      faults.push(`#${item.code} is ${item.status}, and ${atWork.length} departments are still at work`)
    const old = own.filter((assignment) => assignment.round < round && !isOver(assignment.status))
    if (old.length > 0) faults.push(`#${item.code} has open assignments of an earlier round`)
  }
  for (const assignment of assignments) {
    const pending = feedback.filter(
      ({ assignment_id, review }) => assignment_id === assignment.id && review === 'pending',
    )
    if (pending.length !== (assignment.status === 'review' ? 1 : 0))
      faults.push(
        `assignment ${assignment.id} is ${assignment.status} with ${pending.length} pending feedback`,
      )
    if (isOver(assignment.status) && assignment.next_nudge_at !== null)
      faults.push(`assignment ${assignment.id} is ${assignment.status} and would be nudged`)
    if ((assignment.status === 'suspended') !== (assignment.suspended_at !== null))
      faults.push(
        `assignment ${assignment.id} is ${assignment.status}, suspended at ${assignment.suspended_at}`,
      )
    const asked = requests.filter(
      ({ assignment_id, status }) => assignment_id === assignment.id && status === 'pending',
    )
    if (asked.length > 0 && !['sent', 'working'].includes(assignment.status))
      faults.push(`assignment ${assignment.id} is ${assignment.status} with a pending request`)
  }
  faults.push(...(await faultsOfTotals(city, items, assignments)))
  return faults
}

async function faultsOfTotals(
  { app }: City,
  items: Snapshot['items'],
  assignments: Snapshot['assignments'],
): Promise<string[]> {
  const faults: string[] = []
  const { totals, departments } = await allTotals(app, app.clock.now())
  const parts = dispatchedParts.reduce((sum, part) => sum + totals[part], 0)
  if (parts !== totals.dispatched) faults.push(`${parts} in parts of ${totals.dispatched} dispatched`)
  const all = totals.dispatched + totals.waiting + totals.merged + totals.declined
  if (all !== totals.collected || all !== items.length)
    faults.push(`${all} of ${totals.collected} collected, of ${items.length} items`)
  for (const key of ['dispatched', 'overdue', ...dispatchedParts] as const) {
    const sum = departments.reduce((total, row) => total + row[key], 0)
    if (sum !== totals[key]) faults.push(`${key}: the departments have ${sum} of ${totals[key]}`)
  }
  const leads = items.flatMap(({ code }) => {
    const own = assignments.filter(({ item_code }) => item_code === code)
    const round = Math.max(0, ...own.map((assignment) => assignment.round))
    return own.filter((lead) => lead.part === 'lead' && lead.round === round && isStanding(lead))
  })
  const counted = {
    unacknowledged: leads.filter(({ status }) => status === 'sent').length,
    review: leads.filter(({ status }) => status === 'review').length,
    suspended: leads.filter(({ status }) => status === 'suspended').length,
    resolved: leads.filter(({ status, outcome }) => status === 'accepted' && outcome === 'resolved').length,
    in_progress: leads.filter(({ status, outcome }) => status === 'working' && outcome === 'in_progress')
      .length,
  }
  for (const [key, count] of Object.entries(counted)) {
    const said = totals[key as keyof typeof counted]
    if (said !== count) faults.push(`${key}: ${said} in the totals, ${count} counted`)
  }
  if (totals.rate_3wd.n > totals.rate_3wd.m || totals.rate_7d.n > totals.rate_7d.m)
    faults.push('a rate is above 100%')
  return faults
}

function isOver(status: string): boolean {
  return status === 'accepted' || status === 'returned' || status === 'withdrawn'
}

/** An item that was merged into one which is merged itself moves on with it. */
function isMerged({ status }: { status: string }): boolean {
  return status === 'merged'
}

/** One row of the table, or, where somebody took it back, its reverse; two rows where one act is two moves. */
function isMove(
  table: Record<string, { from: readonly string[]; to: string }>,
  from: string,
  to: string,
  undone: boolean,
): boolean {
  const rows = Object.values(table)
  const leads = (a: string, b: string) => rows.some((row) => row.from.includes(a) && row.to === b)
  if (leads(from, to)) return true
  return undone && leads(to, from)
}
