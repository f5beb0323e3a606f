import { setTimeout as pause } from 'node:timers/promises'
import { chatsOf, type Department, departmentsByName } from '../../db/departments.ts'
import type { ItemRow } from '../../db/items.ts'
import { undispatchedAmong } from '../../db/known-items.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { due } from '../../domain/deadline.ts'
import { parsePolicy } from '../../domain/policy.ts'
import { UserError } from '../../errors.ts'
import type { ParsedItem } from '../../files/item-rows.ts'
import type { RowFault } from '../../files/row-fault.ts'
import type { WordedFault } from '../../messages/files.ts'
import type { App } from '../app.ts'
import { assign } from '../assignment/dispatch.ts'
import { resolveDepartment } from '../directory/departments.ts'
import { type Work, work } from '../work.ts'
import { collect } from './collect.ts'
import { type GrowingList, growingList, growList, releaseList } from './growing-list.ts'
import { announceUrgent } from './intake-announce.ts'
import { knownAmong } from './known-items.ts'

export interface ImportOrder {
  rows: ParsedItem[]
  /** The departments that bad rows name: all that is wrong with a row is said at once. */
  badRows: NamedDepartments[]
  /** What is wrong with them. */
  faults: RowFault[]
  /** Items that name a lead department, and are with none yet, go out at once. */
  dispatch: boolean
  /** Leave bad rows out; else one bad row stops all. */
  skipBad: boolean
  progress?(step: 'checking' | 'writing' | 'dispatching', done: number, all: number): void
}

export type NamedDepartments = Pick<ParsedItem, 'line' | 'lead' | 'co'>
export type ImportFault = RowFault | WordedFault

export interface Imported {
  /** Empty where nothing was wrong. */
  faults: ImportFault[]
  /** Null where the faults stopped it: then nothing was written. */
  written: {
    /** The codes of the new items, in the file's order. */
    fresh: number[]
    known: ItemRow[]
    /** Known items of which the file says something else; they stay as they are. */
    differing: number[]
    dispatched: Dispatched[]
    /** New items that name a lead department and did not go out. */
    notDispatched: number[]
    /** Known items that are still with no department. */
    waiting: number[]
  } | null
}

interface Row extends ParsedItem {
  leadDepartment: Department | null
  coDepartments: Department[]
}

interface Dispatched {
  department: Department
  assignments: Assignment[]
  hasGroup: boolean
}

interface Named {
  row: Row
  code: number
}

/** More than a city has in a month, and so rather the wrong file. */
export const maxDispatched = 10_000
/** What one transaction holds: the bot, which writes beside it, waits 5 s at most. */
const collectedAtOnce = 1_000
const assignedAtOnce = 200
/** After each the bot gets its turn: who waits for SQLite's lock looks again after 100 ms at the latest. */
const turnMs = 110

/**
 * Takes the rows of a file in, once all that is wrong with it is known, in many short transactions. What a crash leaves
 * undone the same file does when it comes again, and a list that it cut short is sent as it is; rows that are known, and
 * with a department, change nothing.
 * @throws {UserError} where rows name departments and there are none at all, or too many are to go out at once
 */
export async function importItems(app: App, order: ImportOrder): Promise<Imported> {
  order.progress?.('checking', 0, order.rows.length)
  const { rows, faults } = await resolveDepartments(app, order)
  const { known, fresh, differing } = await app.db.read.transaction().execute((db) => knownAmong(db, rows))
  const waiting = known.filter(({ item: { status } }) => status === 'triage' || status === 'ready')
  // A known item keeps its own time limit, whatever the file says now.
  const late = order.dispatch
    ? faultsOfPolicies(app, [...fresh, ...waiting.map(({ row, item }) => ({ ...row, policy: item.policy }))])
    : []
  const allFaults = [...order.faults, ...faults, ...late].toSorted((a, b) => a.line - b.line)
  if (allFaults.length > 0 && !order.skipBad) return { faults: allFaults, written: null }
  const lateLines = new Set(late.map(({ line }) => line))
  const good = fresh.filter(({ line }) => !lateLines.has(line))
  if (allFaults.length > 0 && good.length + known.length === 0) return { faults: allFaults, written: null }

  const again = waiting
    .filter(({ row }) => row.leadDepartment !== null && !lateLines.has(row.line))
    .map(({ row, item }) => ({ row, code: item.code }))
  const toDispatch = again.length + good.filter(({ leadDepartment }) => leadDepartment !== null).length
  if (order.dispatch && toDispatch > maxDispatched) {
    throw new UserError((t) => t.operator.import.tooManyToDispatch(toDispatch, maxDispatched))
  }
  const codes = await collectRows(app, good, order)
  const named = good
    .map((row, index) => ({ row, code: codes[index] as number }))
    .filter(({ row }) => row.leadDepartment !== null)
  const dispatched = order.dispatch ? await dispatchRows(app, [...again, ...named], order) : []
  const out = new Set(dispatched.flatMap(({ assignments }) => assignments.map(({ item }) => item.code)))
  if (good.some(({ urgency }) => urgency !== 'normal')) {
    await work(app, (current) => announceUrgent(current, codes))
  }
  return {
    faults: allFaults,
    written: {
      fresh: codes,
      known: known.map(({ item }) => item),
      differing,
      dispatched,
      notDispatched: order.dispatch ? [] : named.map(({ code }) => code),
      waiting: waiting.map(({ item }) => item.code).filter((code) => !out.has(code)),
    },
  }
}

async function resolveDepartments(
  app: App,
  { rows, badRows }: ImportOrder,
): Promise<{ rows: Row[]; faults: WordedFault[] }> {
  const found = await findDepartments(app, [...rows, ...badRows])
  const good: Row[] = []
  for (const row of rows) {
    const leadDepartment = row.lead === null ? null : found.get(row.lead)
    const coDepartments = row.co.map((name) => found.get(name))
    if (leadDepartment instanceof UserError || coDepartments.some((one) => one instanceof UserError)) continue
    good.push({
      ...row,
      leadDepartment: leadDepartment ?? null,
      coDepartments: (coDepartments as Department[]).filter(({ id }) => id !== leadDepartment?.id),
    })
  }
  return { rows: good, faults: [...rows, ...badRows].flatMap((row) => faultsOfNames(row, found)) }
}

function faultsOfNames(
  { line, lead, co }: NamedDepartments,
  found: ReadonlyMap<string, Department | UserError>,
): WordedFault[] {
  const named = [
    ...(lead === null ? [] : [{ field: 'lead', name: lead }]),
    ...co.map((name) => ({ field: 'co', name })),
  ]
  return named.flatMap(({ field, name }) => {
    const error = found.get(name)
    return error instanceof UserError ? [{ line, field, say: error.say }] : []
  })
}

/** Each name once, with its department or why it has none. @throws {UserError} where there are none at all */
export async function findDepartments(
  { db }: App,
  rows: Pick<NamedDepartments, 'lead' | 'co'>[],
): Promise<Map<string, Department | UserError>> {
  const names = new Set(rows.flatMap(({ lead, co }) => (lead === null ? co : [lead, ...co])))
  if (names.size > 0 && (await departmentsByName(db.read)).size === 0) {
    throw new UserError((t) => t.operator.files.noDepartments)
  }
  const found = new Map<string, Department | UserError>()
  for (const name of names) {
    const department = await resolveDepartment(db.read, name).catch((error: unknown) => {
      if (error instanceof UserError) return error
      throw error
    })
    found.set(name, department)
  }
  return found
}

/** A time limit that has passed already can't be dispatched with. */
function faultsOfPolicies(app: App, rows: Row[]): WordedFault[] {
  const now = app.clock.now()
  const { timezone } = app.office().hours
  return rows.flatMap(({ line, policy: text, leadDepartment }) => {
    const policy = text === null || leadDepartment === null ? null : parsePolicy(text, timezone)
    if (policy?.kind !== 'until') return []
    const { at } = due(policy, now, app.office())
    if (at > now) return []
    return [{ line, field: 'policy', say: (t) => t.operator.import.policyPassed(app.voice.moment(at)) }]
  })
}

async function collectRows(app: App, rows: Row[], { progress }: ImportOrder): Promise<number[]> {
  const codes: number[] = []
  for (let from = 0; from < rows.length; from += collectedAtOnce) {
    if (from > 0) await pause(turnMs)
    const some = rows.slice(from, from + collectedAtOnce)
    const collected = await work(app, (current) => collect(current, some))
    codes.push(...collected.map(({ code }) => code))
    progress?.('writing', codes.length, rows.length)
  }
  return codes
}

/** One list for each department, lead or co, however many of its items are in the file. */
async function dispatchRows(app: App, named: Named[], { progress }: ImportOrder): Promise<Dispatched[]> {
  const lists = new Map<number, GrowingList>()
  const assignments: Assignment[] = []
  let done = 0
  for (const [lead, group] of Map.groupBy(named, ({ row }) => row.leadDepartment)) {
    if (!lead) continue
    for (let from = 0; from < group.length; from += assignedAtOnce) {
      if (done > 0) await pause(turnMs)
      const some = group.slice(from, from + assignedAtOnce)
      assignments.push(...(await work(app, (current) => assignSome(current, lead, some, lists))))
      done += some.length
      progress?.('dispatching', done, named.length)
    }
  }
  for (const list of lists.values()) await releaseList(app, list)
  const dispatched: Dispatched[] = []
  for (const own of Map.groupBy(assignments, ({ department }) => department.id).values()) {
    const [{ department } = { department: null }] = own
    if (!department) continue
    const hasGroup = (await chatsOf(app.db.read, department.id)).length > 0
    dispatched.push({ department, assignments: own, hasGroup })
  }
  return dispatched
}

/** Meanwhile somebody may have dispatched one of them by hand. */
async function assignSome(
  current: Work,
  department: Department,
  named: Named[],
  lists: Map<number, GrowingList>,
): Promise<Assignment[]> {
  const open = new Set(
    await undispatchedAmong(
      current.db,
      named.map(({ code }) => code),
    ),
  )
  const assignments: Assignment[] = []
  const alike = Map.groupBy(
    named.filter(({ code }) => open.has(code)),
    ({ row }) => row.coDepartments.map(({ id }) => id).join(),
  )
  for (const group of alike.values()) {
    const codes = group.map(({ code }) => code)
    const co = group[0]?.row.coDepartments
    assignments.push(...(await assign(current, { codes, department, co, by: null })))
  }
  for (const own of Map.groupBy(assignments, (assignment) => assignment.department.id).values()) {
    const [first] = own
    if (!first) continue
    const list = lists.get(first.department.id) ?? growingList(first.department)
    lists.set(first.department.id, list)
    await growList(current, list, own)
  }
  return assignments
}
