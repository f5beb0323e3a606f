import { chatsOf } from '../../db/departments.ts'
import { insertNudges, nudgedByHand } from '../../db/nudges.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { isLate } from '../../domain/assignment-time.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import type { Work } from '../work.ts'
import { type Nudging, postNudges } from './nudge.ts'

const manualEveryMs = 60 * 60 * 1000

/** What became of each assignment that a lead wanted nudged. */
export interface NudgedByHand {
  nudged: Assignment[]
  /** Nudged by a lead less than an hour ago. */
  tooSoon: Assignment[]
  /** With a department that has no group. */
  noGroup: Assignment[]
  /** Nothing is asked of the department now. */
  notOpen: Assignment[]
}

/**
 * A lead's own nudge, at most once an hour for the same assignment.
 * @throws {UserError} where none of them can be nudged
 */
export async function nudgeByHand(
  current: Work,
  actor: Actor,
  assignments: Assignment[],
): Promise<NudgedByHand> {
  const isOpen = ({ status }: Assignment) => status === 'sent' || status === 'working'
  const open = assignments.filter(isOpen)
  if (open.length === 0) throw new UserError((t) => t.nudge.nothing)
  const { db, now, app } = current
  const { reachable, unreachable } = await byGroup(current, open)
  if (reachable.length === 0) {
    const names = new Set(unreachable.map(({ department }) => department.name))
    throw new UserError((t) => t.nudge.noGroup(t.list([...names])))
  }
  // One from a later time is of a clock that was ahead, and keeps nobody from nudging for as long.
  const recent = await nudgedByHand(
    db,
    reachable.map(({ id }) => id),
    { after: now - manualEveryMs, before: now + manualEveryMs },
  )
  const due = reachable.filter(({ id }) => !recent.has(id))
  const [first] = reachable
  if (due.length === 0 && first) {
    const at = recent.get(first.id) ?? now
    throw new UserError((t) => t.nudge.tooSoon(first.item.code, app.voice.moment(at)))
  }
  const byDepartment = Map.groupBy(due, (assignment) => assignment.department.id)
  for (const [department, group] of byDepartment) {
    const fires = group.map(({ id }) => ({
      assignmentId: id,
      stage: 'manual',
      nominalAt: now,
      occasion: null,
      at: now,
      by: actor.id,
    }))
    const inserted = Map.groupBy(await insertNudges(db, fires), ({ assignmentId }) => assignmentId)
    const nudging = group.map(
      (assignment): Nudging => ({
        assignment,
        stage: 'manual',
        to: isLate(assignment, now, app.office()) ? ['contact', 'leader'] : ['contact', 'backup'],
        nudgeIds: (inserted.get(assignment.id) ?? []).map(({ id }) => id),
      }),
    )
    await postNudges(current, department, nudging)
  }
  return {
    nudged: due,
    tooSoon: reachable.filter(({ id }) => recent.has(id)),
    noGroup: unreachable,
    notOpen: assignments.filter((assignment) => !isOpen(assignment)),
  }
}

async function byGroup(
  { db }: Work,
  assignments: Assignment[],
): Promise<{ reachable: Assignment[]; unreachable: Assignment[] }> {
  const bound = new Set<number>()
  for (const id of new Set(assignments.map(({ department }) => department.id))) {
    if ((await chatsOf(db, id)).length > 0) bound.add(id)
  }
  return {
    reachable: assignments.filter(({ department }) => bound.has(department.id)),
    unreachable: assignments.filter(({ department }) => !bound.has(department.id)),
  }
}
