import { countAssignments, findAssignments } from '../../db/assignments.ts'
import { eventsOfItem } from '../../db/audit.ts'
import type { Department } from '../../db/departments.ts'
import { itemByCode, reportsOf, undispatchedItems } from '../../db/items.ts'
import { namesByDepartment } from '../../db/people.ts'
import { returnRates } from '../../db/returns.ts'
import type { Db } from '../../db/schema.ts'
import { countedAssignments, firstDispatch, itemCounts, solvedInTime } from '../../db/totals.ts'
import type { Assignment, AssignmentStatus } from '../../domain/assignment.ts'
import { isLate, lateFrom } from '../../domain/assignment-time.ts'
import type { Afterwards } from '../../domain/closing.ts'
import type { AuditEntry } from '../../domain/event.ts'
import type { ItemStatus } from '../../domain/item.ts'
import type { Office } from '../../domain/office-hours.ts'
import {
  noRates,
  type Rates,
  type RateWindow,
  ratedDays,
  rateWindows,
  sumOfRates,
} from '../../domain/rates.ts'
import { type DepartmentTotals, departmentTotals, type Totals, totalsOf } from '../../domain/totals.ts'
import { UserError } from '../../errors.ts'
import type { Page, UndispatchedLine } from '../../messages/lists.ts'
import type { App } from '../app.ts'
import { currentAssignments } from '../assignment/assignments.ts'
import { afterwardsOf } from '../closing/done.ts'

/** Of assignments that are not over. */
const openStatuses = ['sent', 'working', 'review', 'suspended'] as const

/** The task force's numbers, all read from one snapshot so that they agree with each other. */
export async function allTotals(
  app: App,
  now: number,
): Promise<{ totals: Totals; departments: DepartmentTotals[] }> {
  return app.db.read.transaction().execute((db) => totalsIn(db, app, now))
}

export async function totalsIn(
  db: Db,
  app: Pick<App, 'office'>,
  now: number,
): Promise<{ totals: Totals; departments: DepartmentTotals[] }> {
  const office = app.office()
  const assignments = await countedAssignments(db, now)
  const rates = await ratesIn(db, office, now)
  return {
    totals: totalsOf(await itemCounts(db), assignments, sumOfRates(rates.values()), now, office),
    departments: departmentTotals(assignments, rates, now, office, await returnRates(db)),
  }
}

/** The rates of each department that has any, by its name. */
async function ratesIn(
  db: Db,
  office: Office,
  now: number,
  departmentId?: number,
): Promise<Map<string, Rates>> {
  const since = (await firstDispatch(db)) ?? now
  const solved = (window: RateWindow) => solvedInTime(db, ratedDays(since, window, now, office), departmentId)
  const within3wd = await solved(rateWindows.rate_3wd)
  const within7d = await solved(rateWindows.rate_7d)
  const names = new Set([...within3wd.keys(), ...within7d.keys()])
  return new Map(
    [...names].map((name) => [
      name,
      {
        rate_3wd: within3wd.get(name) ?? noRates.rate_3wd,
        rate_7d: within7d.get(name) ?? noRates.rate_7d,
      },
    ]),
  )
}

export async function totalsOfDepartment(
  app: Pick<App, 'db' | 'office'>,
  department: Department,
  now: number,
): Promise<DepartmentTotals> {
  const { id, name } = department
  return app.db.read.transaction().execute(async (db) => {
    const rates = await ratesIn(db, app.office(), now, id)
    const assignments = await countedAssignments(db, now, id)
    return {
      department: name,
      ...totalsOf({}, assignments, rates.get(name) ?? noRates, now, app.office()),
      returns: (await returnRates(db, id)).get(name) ?? { n: 0, m: 0 },
    }
  })
}

/** An item, its assignments and its whole history. @throws {UserError} where there is no such item */
export async function itemWithHistory(
  app: App,
  code: number,
): Promise<{
  item: UndispatchedLine & { content: string; merged_into: number | null }
  /** How many reports it stands for. */
  reports: number
  assignments: Assignment[]
  afterwards: Afterwards
  history: AuditEntry[]
}> {
  return app.db.read.transaction().execute(async (db) => {
    const item = await itemByCode(db, code)
    if (!item) throw new UserError((t) => t.errors.noSuchItem(code))
    return {
      item,
      reports: (await reportsOf(db, [code])).get(code) ?? 1,
      assignments: await currentAssignments(db, code),
      afterwards: await afterwardsOf(db, code),
      history: await eventsOfItem(db, code),
    }
  })
}

/** What is late, longest first, and who answers. */
export async function overdueRows(
  app: App,
  now: number,
): Promise<{ assignment: Assignment; lateMs: number; contacts: string[] }[]> {
  const office = app.office()
  const candidates = await findAssignments(app.db.read, { statuses: ['sent', 'working'], dueBefore: now })
  const contacts = await namesByDepartment(app.db.read, 'contact', now)
  return candidates
    .filter((assignment) => isLate(assignment, now, office))
    .map((assignment) => ({
      assignment,
      lateMs: now - lateFrom(assignment, office),
      contacts: contacts.get(assignment.department.id) ?? [],
    }))
    .sort((a, b) => b.lateMs - a.lateMs)
}

/** What is open with a department, by due time; which of it is late. */
export async function openOfDepartment(
  app: App,
  department: Department,
  now: number,
): Promise<{ assignments: Assignment[]; late: Set<number> }> {
  const assignments = await findAssignments(app.db.read, {
    department: department.id,
    statuses: openStatuses,
  })
  const late = assignments.filter((assignment) => isLate(assignment, now, app.office()))
  assignments.sort((a, b) => lateFrom(a, app.office()) - lateFrom(b, app.office()))
  return { assignments, late: new Set(late.map(({ id }) => id)) }
}

export interface ListFilter {
  department?: Department
  itemStatuses?: ItemStatus[]
  assignmentStatuses?: AssignmentStatus[]
}

/** A page of the task list, and how many lines there are in all; none of a page that there is not. */
export async function taskList(
  app: App,
  filter: ListFilter,
  { number, length }: Page,
): Promise<{ undispatched: UndispatchedLine[]; assignments: Assignment[]; total: number }> {
  const offset = Math.max(0, (number - 1) * length)
  return app.db.read.transaction().execute(async (db) => {
    const wantsItems = !filter.department && !filter.assignmentStatuses
    const waiting = wantsItems
      ? await undispatchedItems(db, filter.itemStatuses ?? ['triage', 'ready'], { limit: length, offset })
      : { items: [], total: 0 }
    // What an item's status is said of alone is listed once, not by each department that has a part in it.
    const wantsAssignments = filter.department !== undefined || filter.itemStatuses === undefined
    const which = {
      department: filter.department?.id,
      itemStatuses: filter.itemStatuses,
      statuses: filter.assignmentStatuses ?? (filter.itemStatuses ? undefined : openStatuses),
    }
    const limit = length - waiting.items.length
    const part = { limit, offset: Math.max(0, offset - waiting.total) }
    const assignments = wantsAssignments && limit > 0 ? await findAssignments(db, { ...which, ...part }) : []
    const total = waiting.total + (wantsAssignments ? await countAssignments(db, which) : 0)
    return { undispatched: waiting.items, assignments, total }
  })
}
