import { findAssignments, updateAssignment } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import type { Department } from '../../db/departments.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { moveAssignment } from '../../domain/lifecycle.ts'
import { UserError } from '../../errors.ts'
import { type Actor, answering, departmentsOf, requireOwn } from '../actor.ts'
import { refreshCards } from '../delivery/cards.ts'
import { withdrawNudges } from '../nudges/nudge-message.ts'
import { planNudges } from '../nudges/nudge-plan.ts'
import type { Work } from '../work.ts'
import { assignmentFor } from './assignments.ts'

/**
 * Seen, ours 签收: these items, or without any all that wait for the actor's departments; where it is said in the group
 * of one of these, for that one alone.
 * @returns what was acknowledged now, never empty
 * @throws {UserError} where nothing waits, or an item is another department's
 */
export async function acknowledge(
  work: Work,
  actor: Actor,
  codes: number[],
  here?: Department,
): Promise<Assignment[]> {
  const named =
    codes.length > 0 ? await namedAssignments(work, actor, codes) : await waiting(work, actor, here)
  const due = named.filter(({ status }) => status === 'sent')
  const [first] = named
  if (due.length === 0) throw new UserError((t) => (first ? whyNot(first, work)(t) : t.acknowledge.nothing))
  for (const assignment of due) {
    await updateAssignment(work.db, assignment.id, {
      status: moveAssignment(assignment.status, 'acknowledge'),
      acknowledged_at: work.now,
      acknowledged_by: actor.id,
    })
    await withdrawNudges(work, assignment.id)
  }
  await addEvents(
    work.db,
    due.map((assignment) => ({
      at: work.now,
      what: 'acknowledged',
      item: assignment.item.code,
      assignment: assignment.id,
      person: actor.id,
    })),
  )
  const ids = due.map(({ id }) => id)
  const acknowledged = await findAssignments(work.db, { ids })
  await planNudges(work, acknowledged)
  await refreshCards(work, ids)
  return acknowledged
}

async function namedAssignments(work: Work, actor: Actor, codes: number[]): Promise<Assignment[]> {
  const own = departmentsOf(actor, answering).map(({ id }) => id)
  const named: Assignment[] = []
  for (const code of new Set(codes)) {
    const assignment = await assignmentFor(work.db, code, own)
    requireOwn(actor, assignment)
    named.push(assignment)
  }
  return named
}

async function waiting(work: Work, actor: Actor, here: Department | undefined): Promise<Assignment[]> {
  const own = departmentsOf(actor, answering)
  if (own.length === 0) throw new UserError((t) => t.errors.noDepartment)
  const ofHere = own.filter(({ id }) => id === here?.id)
  const found: Assignment[] = []
  for (const { id } of ofHere.length > 0 ? ofHere : own) {
    found.push(...(await findAssignments(work.db, { department: id, statuses: ['sent'] })))
  }
  return found
}

function whyNot(assignment: Assignment, { app }: Work): UserError['say'] {
  const { acknowledgedAt, acknowledgedBy, item, status } = assignment
  return (t) =>
    acknowledgedAt === null
      ? t.errors.finished(item.code, t.assignmentStatuses[status])
      : t.acknowledge.already(item.code, acknowledgedBy ?? t.unknownPerson, app.voice.moment(acknowledgedAt))
}
