import { findAssignments } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import { type ItemRow, itemByCode, setItemStatus } from '../../db/items.ts'
import { mergedInto, setMergedInto } from '../../db/merges.ts'
import { returnedOf } from '../../db/returns.ts'
import { isStanding } from '../../domain/assignment.ts'
import { canMoveItem, moveItem } from '../../domain/lifecycle.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import { currentAssignments } from '../assignment/assignments.ts'
import { withdraw } from '../assignment/withdraw.ts'
import { refreshCards } from '../delivery/cards.ts'
import type { Work } from '../work.ts'
import { refreshTriageCards } from './triage-cards.ts'
import { decidedWords } from './triage-outcome.ts'

/**
 * Merges items into one 合并, which from then on stands for their reports too, and for those that they stood for.
 * @throws {UserError} where one of them can't be merged; then none is
 */
export async function merge(work: Work, actor: Actor, codes: number[], into: number): Promise<void> {
  const target = await requireItem(work, into)
  if (target.status === 'merged') {
    throw new UserError((t) => t.triage.errors.intoMerged(into, target.merged_into ?? 0))
  }
  if (target.status === 'declined') throw new UserError((t) => t.triage.errors.intoDeclined(into))
  for (const code of new Set(codes)) {
    if (code === into) throw new UserError((t) => t.triage.errors.intoItself(code))
    await mergeOne(work, actor, await requireItem(work, code), into)
  }
  const shown = await findAssignments(work.db, { item: into })
  await refreshCards(
    work,
    shown.map(({ id }) => id),
  )
}

async function mergeOne(work: Work, actor: Actor, item: ItemRow, into: number): Promise<void> {
  const { db, now, app } = work
  const { code } = item
  if (!canMoveItem(item.status, 'merge')) {
    const decided = await decidedWords(db, item, app.voice)
    throw new UserError((t) => t.triage.errors.cannotMerge(decided))
  }
  await releaseDepartments(work, actor, code)
  const followers = await mergedInto(db, code)
  await setItemStatus(db, code, moveItem(item.status, 'merge'))
  await setMergedInto(db, [code, ...followers], into)
  const event = { at: now, what: 'merged', person: actor.id } as const
  await addEvents(db, [
    { ...event, item: code, detail: { into } },
    ...followers.map((follower) => ({ ...event, item: follower, detail: { into } })),
    { ...event, item: into, detail: { from: code } },
  ])
  await refreshCards(work, await returnedOf(db, code))
  await refreshTriageCards(work, [code])
}

/** Of an item whose lead department returned it, co-departments may still be at work. */
export async function releaseDepartments(work: Work, actor: Actor, code: number): Promise<void> {
  for (const assignment of (await currentAssignments(work.db, code)).filter(isStanding)) {
    if (assignment.status !== 'accepted') await withdraw(work, assignment, actor.id)
  }
}

async function requireItem({ db }: Work, code: number): Promise<ItemRow> {
  const item = await itemByCode(db, code)
  if (!item) throw new UserError((t) => t.errors.noSuchItem(code))
  return item
}
