import { z } from 'zod'
import { findAssignments } from '../db/assignments.ts'
import { type Assignment, isStanding } from '../domain/assignment.ts'
import { isLate } from '../domain/assignment-time.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import type { Wording } from '../messages/wording.ts'
import { currentAssignments, leadAssignment } from '../services/assignment/assignments.ts'
import { resolveDepartment } from '../services/directory/departments.ts'
import { type NudgedByHand, nudgeByHand } from '../services/nudges/nudge-by-hand.ts'
import type { Work } from '../services/work.ts'
import { defineChange } from './command.ts'
import { codeOf, itemArg, itemsArg, tokensOf, wordings } from './words.ts'

const open = ['sent', 'working'] as const

export const nudge = defineChange({
  name: 'nudge',
  roles: ['lead'],
  args: z.union([
    z.object({ item: itemArg }),
    z.object({ items: itemsArg }),
    z.object({ overdue: z.literal(true) }),
    z.object({ department: z.string() }),
  ]),
  parse(words) {
    if (words === '') throw new UserError((t) => t.errors.needTarget)
    const items = tokensOf(words).map(codeOf)
    if (items.every((item) => item !== null)) return { items }
    if (wordings.some(({ words: known }) => known.overdue.includes(words.toLowerCase())))
      return { overdue: true }
    return { department: words }
  },
  async run(call, args, work) {
    const { t } = call.app.voice
    const done = await nudgeByHand(work, call.actor, await targets(args, work))
    const reply = line(t.nudge.sent(codesIn(done.nudged, t)), 'success')
    const leftOut = leftOutWords(done, t)
    if (leftOut.length > 0) {
      reply.tone = 'warning'
      reply.blocks = leftOut.map((text) => ({ kind: 'text', text }))
    }
    return { reply, toast: t.toasts.nudged }
  },
})

/** What was not nudged, and why: nobody shall believe that it was. */
function leftOutWords({ nudged, tooSoon, noGroup, notOpen }: NudgedByHand, t: Wording): string[] {
  const words: string[] = []
  if (tooSoon.length > 0) words.push(t.nudge.leftOut.tooSoon(codesIn(tooSoon, t)))
  for (const [department, group] of Map.groupBy(noGroup, (assignment) => assignment.department.name)) {
    words.push(t.nudge.leftOut.noGroup(codesIn(group, t), department))
  }
  const known = new Set([...nudged, ...tooSoon, ...noGroup].map(({ item }) => item.code))
  const others = new Set(nudged.map(({ item }) => item.code))
  const returned = notOpen.filter(
    ({ item, part, status }) => part === 'lead' && status === 'returned' && others.has(item.code),
  )
  if (returned.length > 0) words.push(t.nudge.leftOut.returned(codesIn(returned, t)))
  const rest = notOpen.filter(({ item }) => !known.has(item.code))
  if (rest.length > 0) words.push(t.nudge.leftOut.notOpen(codesIn(rest, t)))
  return words
}

function codesIn(assignments: Assignment[], t: Wording): string {
  return t.codes([...new Set(assignments.map(({ item }) => item.code))])
}

async function targets(
  args: { item: number } | { items: number[] } | { overdue: true } | { department: string },
  { db, app, now }: Work,
): Promise<Assignment[]> {
  if ('item' in args || 'items' in args) {
    const found: Assignment[] = []
    for (const code of new Set('item' in args ? [args.item] : args.items)) {
      const current = await currentAssignments(db, code)
      // Whose lead department returned it is at work with the others all the same.
      if (!current.some(isStanding)) await leadAssignment(db, code)
      found.push(...current)
    }
    return found
  }
  if ('department' in args) {
    const { id } = await resolveDepartment(db, args.department)
    return findAssignments(db, { department: id, statuses: open })
  }
  const candidates = await findAssignments(db, { statuses: open, dueBefore: now })
  return candidates.filter((assignment) => isLate(assignment, now, app.office()))
}
