import { nextNudgeMoment, setNextNudge } from '../../db/assignments.ts'
import { firedNudges, forgetUnsentNudges } from '../../db/nudges.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { nudgeSubject } from '../../domain/assignment-time.ts'
import { type NudgeStage, nextNudge, nudgeKeys, nudgesDue, sendingTime } from '../../domain/nudge-ladder.ts'
import type { App } from '../app.ts'
import type { Work } from '../work.ts'

/** Reckons when the next nudge of each is due; called after whatever may change that. */
export async function planNudges({ app, db, now, schedule }: Work, assignments: Assignment[]): Promise<void> {
  const fired = await firedKeys(db, assignments)
  const byNext = Map.groupBy(assignments, (assignment) => {
    const keys = fired.get(assignment.id) ?? new Set()
    const subject = nudgeSubject(assignment, app.office())
    const overdueNow = nudgesDue(subject, keys, now, app.office()).length > 0
    return overdueNow
      ? sendingTime(now, subject, app.office())
      : (nextNudge(subject, keys, now, app.office())?.at ?? null)
  })
  for (const [next, alike] of byNext) {
    const ids = alike.map(({ id }) => id)
    await setNextNudge(db, ids, next)
    if (next !== null) schedule('nudge', String(next), next)
  }
}

/** What was refused, or put off into the night, is due again. */
export async function reviveNudges(work: Work, assignments: Assignment[]): Promise<void> {
  if (assignments.length === 0) return
  await forgetUnsentNudges(
    work.db,
    assignments.map(({ id }) => id),
  )
  await planNudges(work, assignments)
}

/** Sees to it that a job stands for the earliest nudge that is still to come. */
export async function scheduleNextNudge(app: App): Promise<void> {
  const at = await nextNudgeMoment(app.db.read)
  if (at !== null) await app.queue.schedule('nudge', String(at), at)
}

export async function firedKeys(
  db: Work['db'],
  assignments: Assignment[],
): Promise<Map<number, Set<string>>> {
  const keys = new Map<number, Set<string>>()
  if (assignments.length === 0) return keys
  const fired = await firedNudges(
    db,
    assignments.map(({ id }) => id),
  )
  for (const { assignmentId, stage, ...named } of fired) {
    const set = keys.get(assignmentId) ?? new Set()
    for (const key of nudgeKeys({ stage: stage as NudgeStage, ...named })) set.add(key)
    keys.set(assignmentId, set)
  }
  return keys
}
