import { findAssignments } from '../../db/assignments.ts'
import { itemByCode } from '../../db/items.ts'
import type { Db } from '../../db/schema.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { UserError } from '../../errors.ts'

/** The assignment of that id. */
export async function assignmentById(db: Db, id: number): Promise<Assignment> {
  const [assignment] = await findAssignments(db, { ids: [id] })
  if (!assignment) throw new Error(`there is no assignment ${id}`)
  return assignment
}

/** Every assignment of the item's newest round. */
export async function currentAssignments(db: Db, code: number): Promise<Assignment[]> {
  const all = await findAssignments(db, { item: code })
  const newest = Math.max(0, ...all.map((assignment) => assignment.round))
  return all.filter((assignment) => assignment.round === newest)
}

/** The lead assignment of an item. @throws {UserError} where there is no such item, or it is not dispatched */
export async function leadAssignment(db: Db, code: number): Promise<Assignment> {
  const lead = (await currentAssignments(db, code)).find(
    (assignment) =>
      assignment.part === 'lead' && assignment.status !== 'returned' && assignment.status !== 'withdrawn',
  )
  if (lead) return lead
  if (!(await itemByCode(db, code))) throw new UserError((t) => t.errors.noSuchItem(code))
  throw new UserError((t) => t.errors.notDispatched(code))
}

/**
 * That item's assignment for one of these departments, else the lead one: for messages that say whose it is. Of several
 * that of the department that is named first.
 */
export async function assignmentFor(
  db: Db,
  code: number,
  departmentIds: readonly number[],
): Promise<Assignment> {
  const current = await currentAssignments(db, code)
  const [own] = departmentIds.flatMap((id) => current.find(({ department }) => department.id === id) ?? [])
  return own ?? leadAssignment(db, code)
}
