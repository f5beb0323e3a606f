import { findAssignments, insertAssignment } from '../db/assignments.ts'
import { addEvents } from '../db/audit.ts'
import { deliveryById } from '../db/deliveries.ts'
import { type Chat, chatsOf, type Department } from '../db/departments.ts'
import { type ItemRow, itemByCode, setItemStatus, setUrgency } from '../db/items.ts'
import { mentionsOf } from '../db/people.ts'
import type { Assignment } from '../domain/assignment.ts'
import { due } from '../domain/deadline.ts'
import type { Urgency } from '../domain/item.ts'
import { canMoveItem, moveItem } from '../domain/lifecycle.ts'
import { choosePolicy, formatPolicy, type Policy, parsePolicy } from '../domain/policy.ts'
import { UserError } from '../errors.ts'
import { assignmentCard, taskListCard } from '../messages/assignment.ts'
import { currentAssignments } from './assignments.ts'
import { inOrder } from './cards.ts'
import { planNudges } from './nudge-plan.ts'
import { post, postUrge } from './outbox.ts'
import { reportNoGroup } from './undelivered.ts'
import type { Work } from './work.ts'

export interface DispatchOrder {
  codes: number[]
  department: Department
  /** Else the item's own, else by source and urgency. */
  policy?: Policy
  urgency?: Urgency
  /** Who dispatches; null: the operator, on the command line. */
  by: number | null
}

/**
 * Gives items to a department: one card for all of them in its group.
 * @throws {UserError} where one of them can't be dispatched; then none is
 */
export async function dispatch(work: Work, order: DispatchOrder): Promise<Assignment[]> {
  const assignments = await assign(work, order)
  await pushAssignments(work, order.department, assignments)
  return assignments
}

/**
 * Gives items to a department, whose card the caller sees to.
 * @throws {UserError} where one of them can't be dispatched; then none is
 */
export async function assign(work: Work, order: DispatchOrder): Promise<Assignment[]> {
  const ids: number[] = []
  for (const code of new Set(order.codes)) ids.push(await dispatchItem(work, code, order))
  const assignments = await findAssignments(work.db, { ids })
  await planNudges(work, assignments)
  return assignments
}

/** The card, or the list, of these assignments in these groups, or in all of the department's. */
export async function pushAssignments(
  work: Work,
  department: Department,
  assignments: Assignment[],
  groups?: Chat[],
): Promise<void> {
  const chats = groups ?? (await chatsOf(work.db, department.id))
  if (chats.length === 0) await reportNoGroup(work, assignments)
  const { voice } = work.app
  const [first] = assignments
  if (!first) return
  for (const { platform, chatId } of chats) {
    const mentions = await mentionsOf(work.db, platform, department.id, ['contact', 'backup'])
    const id = await post(work, {
      kind: 'dispatch',
      platform,
      to: { chat: chatId },
      department: department.id,
      assignments: assignments.map((assignment) => assignment.id),
      message:
        assignments.length === 1
          ? assignmentCard(first, voice, mentions)
          : taskListCard(inOrder(assignments), voice, mentions),
    })
    const delivery = id === null ? undefined : await deliveryById(work.db, id)
    if (delivery && assignments.some(({ item }) => item.urgency === 'critical')) {
      await postUrge(
        work,
        delivery,
        mentions.map(({ account }) => account),
      )
    }
  }
}

async function dispatchItem(work: Work, code: number, order: DispatchOrder): Promise<number> {
  const { app, db, now } = work
  const item = await itemByCode(db, code)
  if (!item) throw new UserError((t) => t.errors.noSuchItem(code))
  await requireDispatchable(work, item)
  const urgency = order.urgency ?? item.urgency
  if (urgency !== item.urgency) await setUrgency(db, code, urgency)
  const { timezone } = app.office().hours
  const policy =
    order.policy ??
    (item.policy === null ? null : parsePolicy(item.policy, timezone)) ??
    choosePolicy({ source: item.source, urgency }, app.policies)
  const { at: dueAt, provisional } = due(policy, now, app.office())
  if (dueAt <= now) throw new UserError((t) => t.errors.policyPassed(app.voice.moment(dueAt)))
  const earlier = await currentAssignments(db, code)
  const id = await insertAssignment(db, {
    item_code: code,
    department_id: order.department.id,
    part: 'lead',
    round: Math.max(0, ...earlier.map((assignment) => assignment.round)) + 1,
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
    outcome: null,
    solved_at: null,
    accepted_at: null,
    next_nudge_at: null,
  })
  await setItemStatus(db, code, moveItem(item.status, 'dispatch'))
  await addEvents(db, [
    {
      at: now,
      what: 'dispatched',
      item: code,
      assignment: id,
      person: order.by,
      detail: { policy: formatPolicy(policy, timezone), due: dueAt },
    },
  ])
  return id
}

async function requireDispatchable(work: Work, item: ItemRow): Promise<void> {
  if (canMoveItem(item.status, 'dispatch')) return
  if (item.status === 'open') {
    const [current] = await currentAssignments(work.db, item.code)
    if (current) throw new UserError((t) => t.errors.alreadyDispatched(item.code, current.department.name))
  }
  throw new UserError((t) => t.errors.cannotDispatch(item.code, t.itemStatuses[item.status]))
}
