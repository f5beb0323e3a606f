import { z } from 'zod'
import { chatsOf } from '../db/departments.ts'
import type { Assignment } from '../domain/assignment.ts'
import { urgencies } from '../domain/item.ts'
import { parsePolicy } from '../domain/policy.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import type { Voice } from '../messages/voice.ts'
import { inOrder } from '../services/cards.ts'
import { resolveDepartment } from '../services/departments.ts'
import { dispatch as send } from '../services/dispatch.ts'
import { defineChange } from './command.ts'
import { codeOf, itemsArg, tokensOf, urgencyOf } from './words.ts'

export const dispatch = defineChange({
  name: 'dispatch',
  roles: ['lead'],
  args: z.object({
    items: itemsArg,
    department: z.string(),
    policy: z.string().optional(),
    urgency: z.enum(urgencies).optional(),
  }),
  parse: (words, { app }) => orderOf(words, app.voice.timezone),
  async run({ app, actor }, { items, department: name, policy, urgency }, work) {
    const { t } = app.voice
    const department = await resolveDepartment(work.db, name)
    const parsed = policy === undefined ? undefined : parsePolicy(policy, app.voice.timezone)
    if (parsed === null) throw new UserError((w) => w.errors.badPolicy(policy ?? ''))
    const assignments = await send(work, { codes: items, department, policy: parsed, urgency, by: actor.id })
    const text = doneWords(assignments, department.name, app.voice)
    const unbound = (await chatsOf(work.db, department.id)).length === 0
    return {
      reply: unbound
        ? {
            title: text,
            tone: 'warning',
            blocks: [{ kind: 'text', text: t.dispatch.noChat(department.name) }],
          }
        : line(text, 'success'),
      toast: text,
    }
  },
})

/** What went out, and until when; each due time with its items where they differ. */
function doneWords(assignments: Assignment[], department: string, { t, moment }: Voice): string {
  const byDue = [...Map.groupBy(inOrder(assignments), ({ dueAt }) => dueAt)].map(([due, group]) => ({
    due: moment(due),
    codes: t.codes(group.map(({ item }) => item.code)),
  }))
  const [only, another] = byDue
  if (only && !another) return t.dispatch.done(only.codes, department, only.due)
  return t.dispatch.doneEach(
    department,
    byDue.map(({ codes, due }) => t.dispatch.part(codes, due)),
  )
}

/** `#12 #13 市农业农村委 5wd 急`, in any order of the words. @throws {UserError} */
function orderOf(words: string, timezone: string) {
  const items: number[] = []
  const names: string[] = []
  let policy: string | undefined
  let urgency: string | undefined
  const tokens = tokensOf(words)
  for (const [index, token] of tokens.entries()) {
    const code = token.startsWith('#') || names.length === 0 ? codeOf(token) : null
    if (code !== null) items.push(code)
    else if (urgency === undefined && urgencyOf(token)) urgency = urgencyOf(token) ?? undefined
    else if (policy === undefined && parsePolicy(token, timezone)) policy = token
    // A date and a time of day, written apart.
    else if (policy === tokens[index - 1] && /^\d{1,2}:\d{2}$/.test(token)) policy = `${policy} ${token}`
    else names.push(token)
  }
  const [department, surplus] = names
  if (items.length === 0) throw new UserError((t) => t.errors.needCode)
  if (department === undefined) throw new UserError((t) => t.errors.needDepartment)
  if (surplus !== undefined) throw new UserError((t) => t.errors.surplus(surplus))
  return { items, department, policy, urgency }
}
