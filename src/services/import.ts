import { chatsOf, type Department, departmentsByName } from '../db/departments.ts'
import type { ItemRow } from '../db/items.ts'
import type { Assignment } from '../domain/assignment.ts'
import { due } from '../domain/deadline.ts'
import { parsePolicy } from '../domain/policy.ts'
import { UserError } from '../errors.ts'
import type { ParsedItem } from '../files/item-rows.ts'
import type { RowFault } from '../files/row-fault.ts'
import type { WordedFault } from '../messages/files.ts'
import type { App } from './app.ts'
import { collect } from './collect.ts'
import { resolveDepartment } from './departments.ts'
import { dispatch } from './dispatch.ts'
import { knownAmong } from './known-items.ts'
import { type Work, work } from './work.ts'

export interface ImportOrder {
  rows: ParsedItem[]
  /** The departments that bad rows name: all that is wrong with a row is said at once. */
  badRows: NamedDepartments[]
  /** What is wrong with them. */
  faults: RowFault[]
  /** New items that name a lead department go out at once. */
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
    dispatched: { department: Department; assignments: Assignment[]; hasGroup: boolean }[]
    /** New items that name a lead department and did not go out. */
    notDispatched: number[]
    /** New items that name co-departments, which get nothing yet. */
    withCo: number[]
  } | null
}

interface Row extends ParsedItem {
  leadDepartment: Department | null
  coDepartments: Department[]
}

const chunk = 500
/** Nobody else can write until all of them are out: some seconds at most. */
export const maxDispatched = 10_000

/**
 * Takes the rows of a file in, in one transaction with all that follows from them. Those that are known change nothing.
 * @throws {UserError} where rows name departments and there are none at all, or too many are to go out at once
 */
export async function importItems(app: App, order: ImportOrder): Promise<Imported> {
  order.progress?.('checking', 0, order.rows.length)
  const { rows, faults } = await resolveDepartments(app, order)
  return work(app, async (current) => {
    const { known, fresh, differing } = await knownAmong(current, rows)
    const late = order.dispatch ? faultsOfPolicies(current, fresh) : []
    const allFaults = [...order.faults, ...faults, ...late].toSorted((a, b) => a.line - b.line)
    if (allFaults.length > 0 && !order.skipBad) return { faults: allFaults, written: null }
    const lateLines = new Set(late.map(({ line }) => line))
    const good = fresh.filter(({ line }) => !lateLines.has(line))
    if (allFaults.length > 0 && good.length + known.length === 0) return { faults: allFaults, written: null }

    const toDispatch = order.dispatch
      ? good.filter(({ leadDepartment }) => leadDepartment !== null).length
      : 0
    if (toDispatch > maxDispatched) {
      throw new UserError((t) => t.operator.import.tooManyToDispatch(toDispatch, maxDispatched))
    }
    const codes = await collectRows(current, good, order)
    const withCode = good.map((row, index) => ({ row, code: codes[index] as number }))
    const named = withCode.filter(({ row }) => row.leadDepartment !== null)
    return {
      faults: allFaults,
      written: {
        fresh: codes,
        known,
        differing,
        dispatched: order.dispatch ? await dispatchRows(current, named, order) : [],
        notDispatched: order.dispatch ? [] : named.map(({ code }) => code),
        withCo: withCode.filter(({ row }) => row.coDepartments.length > 0).map(({ code }) => code),
      },
    }
  })
}

/** Before the transaction, which holds up everybody else who writes. */
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
async function findDepartments(
  { db }: App,
  rows: NamedDepartments[],
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
function faultsOfPolicies({ app, now }: Work, rows: Row[]): WordedFault[] {
  const { timezone } = app.office().hours
  return rows.flatMap(({ line, policy: text, leadDepartment }) => {
    const policy = text === null || leadDepartment === null ? null : parsePolicy(text, timezone)
    if (policy?.kind !== 'until') return []
    const { at } = due(policy, now, app.office())
    if (at > now) return []
    return [{ line, field: 'policy', say: (t) => t.operator.import.policyPassed(app.voice.moment(at, now)) }]
  })
}

async function collectRows(current: Work, rows: Row[], { progress }: ImportOrder): Promise<number[]> {
  const codes: number[] = []
  for (let from = 0; from < rows.length; from += chunk) {
    const collected = await collect(current, rows.slice(from, from + chunk))
    codes.push(...collected.map(({ code }) => code))
    progress?.('writing', codes.length, rows.length)
  }
  return codes
}

/** One card for each department, however many of its items are in the file. */
async function dispatchRows(
  current: Work,
  named: { row: Row; code: number }[],
  { progress }: ImportOrder,
): Promise<{ department: Department; assignments: Assignment[]; hasGroup: boolean }[]> {
  const groups = Map.groupBy(named, ({ row }) => row.leadDepartment?.id)
  const dispatched: { department: Department; assignments: Assignment[]; hasGroup: boolean }[] = []
  let done = 0
  for (const group of groups.values()) {
    const department = group[0]?.row.leadDepartment
    if (!department) continue
    const assignments = await dispatch(current, {
      codes: group.map(({ code }) => code),
      department,
      by: null,
    })
    const chats = await chatsOf(current.db, department.id)
    dispatched.push({ department, assignments, hasGroup: chats.length > 0 })
    done += group.length
    progress?.('dispatching', done, named.length)
  }
  return dispatched
}
