import { z } from 'zod'
import { findAssignments } from '../db/assignments.ts'
import type { Assignment } from '../domain/assignment.ts'
import { isLate } from '../domain/assignment-time.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { currentAssignments, leadAssignment } from '../services/assignments.ts'
import { resolveDepartment } from '../services/departments.ts'
import { nudgeByHand } from '../services/nudge-by-hand.ts'
import type { Work } from '../services/work.ts'
import { defineChange } from './command.ts'
import { codeOf, itemArg, wordings } from './words.ts'

const open = ['sent', 'working'] as const

export const nudge = defineChange({
  name: 'nudge',
  roles: ['lead'],
  args: z.union([
    z.object({ item: itemArg }),
    z.object({ overdue: z.literal(true) }),
    z.object({ department: z.string() }),
  ]),
  parse(words) {
    if (words === '') throw new UserError((t) => t.errors.needTarget)
    const item = codeOf(words)
    if (item !== null) return { item }
    if (wordings.some(({ words: known }) => known.overdue.includes(words.toLowerCase())))
      return { overdue: true }
    return { department: words }
  },
  async run(call, args, work) {
    const { t } = call.app.voice
    const nudged = await nudgeByHand(work, call.actor, await targets(args, work))
    const text = t.nudge.sent(t.codes(nudged.map(({ item }) => item.code)))
    return { reply: line(text, 'success'), toast: t.toasts.nudged }
  },
})

async function targets(
  args: { item: number } | { overdue: true } | { department: string },
  { db, app, now }: Work,
): Promise<Assignment[]> {
  if ('item' in args) {
    await leadAssignment(db, args.item)
    return currentAssignments(db, args.item)
  }
  if ('department' in args) {
    const { id } = await resolveDepartment(db, args.department)
    return findAssignments(db, { department: id, statuses: open })
  }
  const candidates = await findAssignments(db, { statuses: open, dueBefore: now })
  return candidates.filter((assignment) => isLate(assignment, now, app.office()))
}
