import { updateAssignment } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import type { Department } from '../../db/departments.ts'
import { itemByCode, setItemStatus } from '../../db/items.ts'
import { dropPending, lastDone } from '../../db/requests.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { returnableUntil } from '../../domain/deadline.ts'
import { canMoveItem, moveAssignment, moveItem } from '../../domain/lifecycle.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import { refreshCards } from '../delivery/cards.ts'
import { postToTaskForce } from '../delivery/task-force.ts'
import { findDepartment } from '../directory/departments.ts'
import { withdrawNudges } from '../nudges/nudge-message.ts'
import { refreshTriageCards } from '../triage/triage-cards.ts'
import type { Work } from '../work.ts'
import { assignmentById } from './assignments.ts'
import { finishItem } from './finish.ts'
import { ownAtWork, requireAtWork, requireReason } from './requests.ts'
import { renderReturned } from './return-card.ts'

export interface ReturnOrder {
  code: number
  reason: string
  /** Whose it is, in the department's words; one that the directory does not know stays in the reason. */
  suggested: string | null
}

/**
 * Not ours 退回: the item goes back to the task force's desk, within one working day of its dispatch.
 * @throws {UserError} where it is too late for that, or too late for anything
 */
export async function returnAssignment(work: Work, actor: Actor, order: ReturnOrder): Promise<Assignment> {
  const assignment = await ownAtWork(work, actor, order.code)
  await requireReturnable(work, assignment)
  const { db, now } = work
  const suggested = await suggestionOf(work, assignment, order.suggested)
  const reason = reasonOf(work, order, suggested)
  await updateAssignment(db, assignment.id, {
    status: moveAssignment(assignment.status, 'return'),
    returned_at: now,
    return_reason: reason,
    suggested_department_id: suggested?.id ?? null,
    next_nudge_at: null,
  })
  await withdrawNudges(work, assignment.id)
  await dropPending(work.db, assignment.id, 'returned', work.now)
  await addEvents(db, [
    {
      at: now,
      what: 'returned',
      item: order.code,
      assignment: assignment.id,
      person: actor.id,
      detail: { reason, ...(suggested ? { suggested: suggested.name } : {}) },
    },
  ])
  await putBack(work, assignment)
  const returned = await assignmentById(db, assignment.id)
  const message = await renderReturned(work, returned)
  if (!message) throw new Error(`there is no item ${order.code}`)
  await refreshCards(work, [assignment.id])
  await postToTaskForce(work, { kind: 'returned', message, assignments: [assignment.id] })
  return returned
}

/** Without its lead department the item waits for one; without a co-department it may have come to its end. */
async function putBack(work: Work, { item: { code }, part }: Assignment): Promise<void> {
  const item = await itemByCode(work.db, code)
  if (!item) return
  if (part === 'co') await finishItem(work, code)
  else if (canMoveItem(item.status, 'putBack')) {
    await setItemStatus(work.db, code, moveItem(item.status, 'putBack'))
    await refreshTriageCards(work, [code])
  }
}

async function requireReturnable(work: Work, assignment: Assignment): Promise<void> {
  const { app, db, now } = work
  const { item, returned, status } = assignment
  if (status === 'returned' && returned) {
    const { by } = (await lastDone(db, [assignment.id], 'returned')) ?? { by: null }
    const moment = app.voice.moment(returned.at)
    throw new UserError((t) => t.requests.returned.already(item.code, by ?? t.unknownPerson, moment))
  }
  requireAtWork(work, assignment)
  const until = returnableUntil(assignment.dispatchedAt, app.office())
  if (now > until) throw new UserError((t) => t.requests.returned.tooLate(item.code, app.voice.moment(until)))
}

/** A department that nobody knows, or that could be several, is not suggested; nor is the one that returns it. */
async function suggestionOf(
  { db }: Work,
  { department }: Assignment,
  name: string | null,
): Promise<Department | undefined> {
  if (name === null) return undefined
  try {
    const found = await findDepartment(db, name)
    return found?.id === department.id ? undefined : found
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** Who is not in the directory is named in the reason all the same. */
function reasonOf(
  { app }: Work,
  { reason, suggested: name }: ReturnOrder,
  found: Department | undefined,
): string {
  const said = requireReason(reason)
  if (name === null || found || said.includes(name)) return said
  return app.voice.t.requests.returned.withSuggestion(said, name)
}
