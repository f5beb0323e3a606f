import { assignmentOf, findAssignments, insertAssignment, updateAssignment } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import { deliveryById } from '../../db/deliveries.ts'
import { type Chat, chatsOf, type Department } from '../../db/departments.ts'
import { type ItemRow, itemByCode, setClosing, setItemStatus, setUrgency } from '../../db/items.ts'
import { mentionsOf } from '../../db/people.ts'
import { returnedOf } from '../../db/returns.ts'
import { type Assignment, type Closing, isStanding, type Part } from '../../domain/assignment.ts'
import { due } from '../../domain/deadline.ts'
import type { Urgency } from '../../domain/item.ts'
import { canMoveItem, moveItem } from '../../domain/lifecycle.ts'
import { choosePolicy, formatPolicy, type Policy, parsePolicy } from '../../domain/policy.ts'
import { UserError } from '../../errors.ts'
import { dispatchCard, inOrder, refreshCards } from '../delivery/cards.ts'
import { post, postUrge } from '../delivery/outbox.ts'
import { inParts } from '../delivery/parts.ts'
import { reportNoGroup } from '../delivery/undelivered.ts'
import { planNudges } from '../nudges/nudge-plan.ts'
import { refreshTriageCards } from '../triage/triage-cards.ts'
import type { Work } from '../work.ts'
import { currentAssignments } from './assignments.ts'
import { withdraw } from './withdraw.ts'

export interface DispatchOrder {
  codes: number[]
  department: Department
  /** The co-departments 协办. */
  co?: Department[]
  /** Whether the item waits for all of them, or for the lead alone; by default as it was, at first for all. */
  closing?: Closing
  /** Else the item's own, else by source and urgency. */
  policy?: Policy
  urgency?: Urgency
  /** Everybody begins anew, those too who had done their share. */
  afresh?: true
  /** Who dispatches; null: the operator, on the command line. */
  by: number | null
}

/**
 * Gives items to a department and its co-departments: one card for all of them in each one's group. An item that the
 * department has already gets the co-departments that it has not.
 * @throws {UserError} where one of them can't be dispatched; then none is
 * @returns the new assignments
 */
export async function dispatch(work: Work, order: DispatchOrder): Promise<Assignment[]> {
  const assignments = await assign(work, order)
  const byDepartment = Map.groupBy(assignments, ({ department }) => department.id)
  for (const group of byDepartment.values()) {
    const [first] = group
    if (first) await pushAssignments(work, first.department, group)
  }
  return assignments
}

/**
 * Gives items to departments, whose cards the caller sees to.
 * @throws {UserError} where one of them can't be dispatched; then none is
 */
export async function assign(work: Work, order: DispatchOrder): Promise<Assignment[]> {
  const ids: number[] = []
  for (const code of new Set(order.codes)) ids.push(...(await dispatchItem(work, code, order)))
  const assignments = await findAssignments(work.db, { ids })
  await planNudges(work, assignments)
  return assignments
}

/**
 * The card, or the list, of these assignments in these groups, or in all of the department's; people are called once.
 * @returns the deliveries
 */
export async function pushAssignments(
  work: Work,
  department: Department,
  assignments: Assignment[],
  groups?: Chat[],
): Promise<number[]> {
  const chats = groups ?? (await chatsOf(work.db, department.id))
  if (chats.length === 0) await reportNoGroup(work, assignments)
  const ids: number[] = []
  for (const { platform, chatId } of chats) {
    const mentions = await mentionsOf(work.db, platform, department.id, ['contact', 'backup'], work.now)
    for (const [at, part] of inParts(work, platform, inOrder(assignments)).entries()) {
      const id = await post(work, {
        kind: 'dispatch',
        platform,
        to: { chat: chatId },
        department: department.id,
        assignments: part.map((assignment) => assignment.id),
        message: dispatchCard(work, platform, part, at === 0 ? mentions : []),
      })
      if (id === null) continue
      ids.push(id)
      const delivery = await deliveryById(work.db, id)
      if (delivery && part.some(({ item }) => item.urgency === 'critical')) {
        await postUrge(
          work,
          delivery,
          mentions.map(({ account }) => account),
        )
      }
    }
  }
  return ids
}

async function dispatchItem(work: Work, code: number, order: DispatchOrder): Promise<number[]> {
  const item = await itemByCode(work.db, code)
  if (!item) throw new UserError((t) => t.errors.noSuchItem(code))
  const standing = (await currentAssignments(work.db, code)).filter(isStanding)
  const lead = standing.find(({ part }) => part === 'lead')
  if (order.closing) await setClosing(work.db, code, order.closing)
  if (item.status === 'open' && lead?.department.id === order.department.id && order.co?.length)
    return addCoDepartments(work, item, { order, lead, standing })
  requireDispatchable(item, lead)
  const ids = await beginRound(work, item, order)
  await setItemStatus(work.db, code, moveItem(item.status, 'dispatch'))
  await refreshCards(work, await returnedOf(work.db, code))
  await refreshTriageCards(work, [code])
  return ids
}

/**
 * A new round: the lead department gets the item, and the co-departments that are named. What stands with co-departments
 * since an earlier round, whose lead returned it, goes on.
 */
export async function beginRound(work: Work, item: ItemRow, order: DispatchOrder): Promise<number[]> {
  const earlier = await currentAssignments(work.db, item.code)
  const round = Math.max(0, ...earlier.map((assignment) => assignment.round)) + 1
  const goesOn: Assignment[] = []
  for (const assignment of earlier.filter(isStanding)) {
    if (assignment.part === 'lead' || order.afresh) continue
    if (assignment.department.id !== order.department.id) goesOn.push(assignment)
    // What it has done as a co-department stays done in its round.
    else if (assignment.status !== 'accepted') await withdraw(work, assignment, order.by)
  }
  for (const { id } of goesOn) await updateAssignment(work.db, id, { round })
  const ids = [await insert(work, item, { order, department: order.department, part: 'lead', round })]
  for (const department of newCoDepartments(order, goesOn)) {
    ids.push(await insert(work, item, { order, department, part: 'co', round }))
  }
  return ids
}

async function addCoDepartments(
  work: Work,
  item: ItemRow,
  { order, lead, standing }: { order: DispatchOrder; lead: Assignment; standing: Assignment[] },
): Promise<number[]> {
  const added = newCoDepartments(order, standing)
  const [first] = order.co ?? []
  if (added.length === 0 && first) {
    throw new UserError((t) => t.errors.alreadyDispatched(item.code, first.name))
  }
  const ids: number[] = []
  for (const department of added) {
    ids.push(await insert(work, item, { order, department, part: 'co', round: lead.round }))
  }
  await refreshCards(work, [lead.id, ...(await returnedOf(work.db, item.code))])
  return ids
}

/** Each once, without those that have it. @throws {UserError} where the lead is named as its own co-department */
function newCoDepartments({ department, co = [] }: DispatchOrder, standing: Assignment[]): Department[] {
  if (co.some(({ id }) => id === department.id)) {
    throw new UserError((t) => t.errors.leadIsCo(department.name))
  }
  const known = new Set(standing.map((assignment) => assignment.department.id))
  return [...new Map(co.map((named) => [named.id, named])).values()].filter(({ id }) => !known.has(id))
}

async function insert(
  { app, db, now }: Work,
  item: ItemRow,
  {
    order,
    department,
    part,
    round,
  }: { order: DispatchOrder; department: Department; part: Part; round: number },
): Promise<number> {
  const urgency = order.urgency ?? item.urgency
  if (urgency !== item.urgency) await setUrgency(db, item.code, urgency)
  const { timezone } = app.office().hours
  const policy =
    order.policy ??
    (item.policy === null ? null : parsePolicy(item.policy, timezone)) ??
    choosePolicy({ source: item.source, urgency }, app.policies)
  const { at: dueAt, provisional } = due(policy, now, app.office())
  if (dueAt <= now) throw new UserError((t) => t.errors.policyPassed(app.voice.moment(dueAt)))
  const earlier = await assignmentOf(db, item.code, department.id, round)
  if (earlier) throw new UserError((t) => t.errors.alreadyReturned(item.code, department.name))
  const id = await insertAssignment(db, {
    item_code: item.code,
    department_id: department.id,
    part,
    round,
    status: 'sent',
    policy: formatPolicy(policy, timezone),
    due_from: now,
    dispatched_at: now,
    dispatched_by: order.by,
    acknowledged_at: null,
    acknowledged_by: null,
    due_at: dueAt,
    due_set_at: now,
    provisional: provisional ? 1 : 0,
    promised_date: null,
    promised_set_at: null,
    review_date: null,
    suspended_at: null,
    returned_at: null,
    return_reason: null,
    suggested_department_id: null,
    outcome: null,
    solved_at: null,
    accepted_at: null,
    next_nudge_at: null,
  })
  await addEvents(db, [
    {
      at: now,
      what: 'dispatched',
      item: item.code,
      assignment: id,
      person: order.by,
      detail: { policy: formatPolicy(policy, timezone), due: dueAt, part },
    },
  ])
  return id
}

function requireDispatchable(item: ItemRow, lead: Assignment | undefined): void {
  if (canMoveItem(item.status, 'dispatch')) return
  if (item.status === 'open' && lead)
    throw new UserError((t) => t.errors.alreadyDispatched(item.code, lead.department.name))
  throw new UserError((t) => t.errors.cannotDispatch(item.code, t.itemStatuses[item.status]))
}
