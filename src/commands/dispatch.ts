import { z } from 'zod'
import { chatsOf } from '../db/departments.ts'
import { type Assignment, type Closing, closings } from '../domain/assignment.ts'
import { urgencies } from '../domain/item.ts'
import { parsePolicy } from '../domain/policy.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import type { Voice } from '../messages/voice.ts'
import { dispatch as send } from '../services/assignment/dispatch.ts'
import { inOrder } from '../services/delivery/cards.ts'
import { type Call, defineChange } from './command.ts'
import { departmentsNamed } from './department-words.ts'
import { replacement } from './replacement.ts'
import { dateNamed } from './request-words.ts'
import { closingOf, codeOf, itemsArg, tokensOf, urgencyOf } from './words.ts'

/** Words as they were written, or one name as a button or a form brings it. */
const departmentsArg = z.union([z.array(z.string()), z.string().transform((name) => [name])])

export const dispatch = defineChange({
  name: 'dispatch',
  roles: ['lead'],
  args: z.object({
    items: itemsArg,
    department: departmentsArg,
    co: departmentsArg.optional(),
    policy: z.string().optional(),
    urgency: z.enum(urgencies).optional(),
    closing: z.enum(closings).optional(),
  }),
  parse: orderOf,
  async run(call, { items, department: lead, co: beside = [], policy, ...rest }, work) {
    const { app, actor } = call
    const { t } = app.voice
    const [department, ...co] = await departmentsNamed(work.db, [...lead, ...beside], 'dispatch')
    const parsed = policy === undefined ? undefined : parsePolicy(policy, app.voice.timezone)
    if (parsed === null) throw new UserError((w) => w.errors.badPolicy(policy ?? ''))
    const order = { codes: items, department, co, policy: parsed, ...rest, by: actor.id }
    const assignments = await send(work, order)
    const text = doneWords(assignments, app.voice)
    const unbound: string[] = []
    for (const { id, name } of [department, ...co]) {
      if ((await chatsOf(work.db, id)).length === 0) unbound.push(name)
    }
    return {
      reply:
        unbound.length > 0
          ? {
              title: text,
              tone: 'warning',
              blocks: unbound.map((name) => ({ kind: 'text', text: t.dispatch.noChat(name) })),
            }
          : line(text, 'success'),
      toast: text,
      replace: await replacement(call, work),
    }
  },
})

/** What went out, and until when; each due time with its items where they differ. */
function doneWords(assignments: Assignment[], { t, moment }: Voice): string {
  const leads = inOrder(assignments.filter(({ part }) => part === 'lead'))
  const co = [
    ...new Set(assignments.filter(({ part }) => part === 'co').map(({ department }) => department.name)),
  ]
  const byDue = [...Map.groupBy(leads.length > 0 ? leads : inOrder(assignments), ({ dueAt }) => dueAt)]
  const parts = byDue.map(([due, group]) => ({
    due: moment(due),
    codes: t.codes([...new Set(group.map(({ item }) => item.code))]),
  }))
  const [only, another] = parts
  const [lead] = leads
  if (!lead) return t.dispatch.coAdded(only?.codes ?? '', t.list(co), only?.due ?? '')
  const { name } = lead.department
  const to = co.length === 0 ? name : t.dispatch.withCo(name, t.list(co))
  if (only && !another) return t.dispatch.done(only.codes, to, only.due)
  return t.dispatch.doneEach(
    to,
    parts.map(({ codes, due }) => t.dispatch.part(codes, due)),
  )
}

/** `#12 #13 市农业农村委 5wd 急`, in any order of the words. @throws {UserError} */
function orderOf(words: string, call: Call) {
  const items: number[] = []
  const department: string[] = []
  let policy: string | undefined
  let urgency: string | undefined
  let closing: Closing | undefined
  const tokens = tokensOf(words)
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? ''
    const limit = policy === undefined ? timeLimitAt(tokens, index, call) : null
    const code = token.startsWith('#') || department.length === 0 ? codeOf(token) : null
    if (limit !== null) {
      policy = limit.text
      index += limit.length - 1
    } else if (code !== null) items.push(code)
    else if (urgency === undefined && urgencyOf(token)) urgency = urgencyOf(token) ?? undefined
    else if (closing === undefined && closingOf(token)) closing = closingOf(token)
    else department.push(token)
  }
  if (items.length === 0) throw new UserError((t) => t.errors.needCode)
  if (department.length === 0) throw new UserError((t) => t.errors.needDepartment)
  return { items, department, policy, urgency, closing }
}

/** A time limit of up to three words: `3 working days`, a date and a time of day. @throws {UserError} where it only looks like one */
function timeLimitAt(tokens: string[], index: number, call: Call): { text: string; length: number } | null {
  const { timezone } = call.app.voice
  const texts = [3, 2, 1].map((length) => tokens.slice(index, index + length).join(' '))
  const limit = texts.find((text) => parsePolicy(text, timezone))
  if (limit !== undefined) return { text: limit, length: limit.split(' ').length }
  for (const text of texts) {
    const named = namedTime(text, call)
    if (named !== null) return { text: named, length: text.split(' ').length }
  }
  const like = texts.findLast(looksLikeTimeLimit)
  if (like !== undefined) throw new UserError((t) => t.errors.badPolicy(like))
  return null
}

/**
 * A day as officials write it, `11月30日`, `下周三 12:00`, in the form of a policy. Sun and Fri stand in names, too.
 * @throws {UserError} where no calendar has that day
 */
function namedTime(text: string, call: Call): string | null {
  const [, day = '', time] = /^(.+?)(?: ?(\d{1,2}:\d\d))?$/.exec(text) ?? []
  if (timeLimitForm.test(day) || /^[a-z]{3}$/i.test(day)) return null
  const date = dateNamed(day, call)
  const named = date && (time === undefined ? date : `${date} ${time}`)
  return named && parsePolicy(named, call.app.voice.timezone) ? named : null
}

const anAmount = /^(?:\d+(?:\.\d+)?|[一二两三四五六七八九十半]+)\s?个?/
const aUnit =
  /(?:天|日|周|星期|礼拜|月|工作日|小时|钟头|分钟?|d|days?|wd|working ?days?|workdays?|h|hrs?|hours?|w|weeks?|min|minutes?)/
const timeLimitForm = new RegExp(`${anAmount.source}${aUnit.source}(?:以?内|之?前)?$`, 'i')
const dateForm = /^\d{1,4}[-/.年月]\d{1,2}(?:[-/.月日]\S*)?$/

/** `3天`, `300wd`, `11-30`: somebody means a time limit, whatever else it can't be read as. */
function looksLikeTimeLimit(text: string): boolean {
  return timeLimitForm.test(text) || dateForm.test(text)
}
