import { z } from 'zod'
import { chatsOf, type Department, departmentOfChat, taskForces } from '../db/departments.ts'
import { type ItemRow, itemByCode } from '../db/items.ts'
import { departmentsById } from '../db/waiting-items.ts'
import { type Assignment, closings } from '../domain/assignment.ts'
import { urgencies } from '../domain/item.ts'
import { parsePolicy } from '../domain/policy.ts'
import { UserError } from '../errors.ts'
import type { App } from '../services/app.ts'
import { dispatch } from '../services/assignment/dispatch.ts'
import { post } from '../services/delivery/outbox.ts'
import { decline } from '../services/triage/decline.ts'
import { merge } from '../services/triage/merge.ts'
import {
  isWaiting,
  nextTriageCard,
  roundOfItem,
  type TriageCard,
  triageCard,
  triageCardOf,
} from '../services/triage/triage.ts'
import { leaveItem, showItem } from '../services/triage/triage-cards.ts'
import { decidedWords } from '../services/triage/triage-outcome.ts'
import type { Work } from '../services/work.ts'
import { type Call, defineChange, type Result } from './command.ts'
import { checkedReason } from './decline.ts'
import { departmentsNamed } from './department-words.ts'
import { codeOf, itemArg, tokensOf } from './words.ts'

/** A card grows with what was skipped; the first of these then come round again. */
const mostSkipped = 100

const named = z.union([z.string(), z.number().transform(String)])

const args = z.object({
  item: itemArg.optional(),
  decision: z.enum(['dispatch', 'merge', 'decline', 'skip', 'again']).optional(),
  round: z.number().optional(),
  skipped: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean).map(Number))
    .pipe(z.array(z.int().positive())),
  into: itemArg.optional(),
  /** An id, or where there are too many to choose from a name as it was written. */
  department: named.optional(),
  co: z
    .union([named.transform(tokensOf), z.array(named)])
    .default([])
    .pipe(z.array(z.string()).max(50)),
  policy: z.enum(['rule', '3wd', '5wd', '2h']).default('rule'),
  urgency: z.enum(urgencies).optional(),
  closing: z.enum(closings).optional(),
  reason: z.string().trim().optional(),
})
type Args = z.infer<typeof args>

/** Walks a lead through what waits to be judged: the card shows the next item after each decision. */
export const triage = defineChange({
  name: 'triage',
  roles: ['lead'],
  args,
  parse(words) {
    if (words === '') return {}
    const item = codeOf(words)
    if (item === null) throw new UserError((t) => t.errors.surplus(words))
    return { item }
  },
  async look({ app }, { item: code, decision }): Promise<TriageCard | null> {
    if (decision !== undefined) return null
    return code === undefined ? nextTriageCard(app, []) : triageCardOf(app, code)
  },
  async run(call, given: Args, work, opened): Promise<Result> {
    if (opened) return open(call, work, opened)
    const { app, incoming } = call
    const { item: code, decision, skipped } = given
    const card = incoming.kind === 'action' ? await leaveItem(work, incoming) : null
    const moved = (next: Next, toast?: string) => movedOn(app, card, next, toast)
    if (decision === 'again') return moved(() => againCard(app, code))
    if (code === undefined) throw new UserError((t) => t.errors.badCall)
    const item = await itemByCode(work.db, code)
    if (!item) throw new UserError((t) => t.errors.noSuchItem(code))
    const stale = await overtaken(work, item, given)
    if (stale) return { ...moved(stale.next, stale.why), tone: 'warning' }
    if (decision === 'skip') {
      const all = [...skipped.filter((other) => other !== code), code].slice(-mostSkipped)
      const done = app.voice.t.triage.done.skipped(code)
      return moved(() => nextTriageCard(app, all, done), done)
    }
    const done = await decide(call, work, item, given)
    return moved(() => nextTriageCard(app, skipped, done), done)
  },
})

/** A new card in this chat: the one that was clicked, if any, tells of something else. */
async function open(
  { app, incoming }: Call,
  work: Work,
  { message, item: shown }: TriageCard,
): Promise<Result> {
  const item = shown ?? undefined
  if (incoming.kind === 'text') return { reply: message, about: 'all', item }
  const { platform, chat } = incoming
  const here = await departmentOfChat(work.db, { platform, chatId: chat.id })
  const isOurs = chat.kind === 'private' || (await taskForces(work.db)).some(({ id }) => id === here?.id)
  await post(work, {
    kind: 'triage',
    platform,
    to: isOurs ? { chat: chat.id } : { account: incoming.sender.account },
    message,
    item,
  })
  return { toast: app.voice.t.triage.opened }
}

type Next = () => Promise<TriageCard>

/** The card goes on, once what was done is committed. */
function movedOn(app: App, card: number | null, next: Next, toast?: string): Result {
  return {
    async replace() {
      const { message, item } = await next()
      if (card !== null && item !== null) await showItem(app, card, item)
      return message
    },
    toast: toast?.trim(),
  }
}

/** Where a card left off: at the item that it showed, if that waits again, else at the next. */
async function againCard(app: App, code: number | undefined): Promise<TriageCard> {
  const item = code === undefined ? undefined : await itemByCode(app.db.read, code)
  return item && isWaiting(item) ? triageCard(app, item, []) : nextTriageCard(app, [])
}

/** Somebody was faster: the card says what happened, and goes on. */
async function overtaken(
  work: Work,
  item: ItemRow,
  { round, skipped }: Args,
): Promise<{ next: Next; why: string } | null> {
  const { app } = work
  if (!isWaiting(item)) {
    const decided = (await decidedWords(work.db, item, app.voice)).trim()
    return { next: () => nextTriageCard(app, skipped, decided), why: decided }
  }
  if (round === undefined || round === (await roundOfItem(work, item.code))) return null
  const changed = app.voice.t.triage.changed(item.code)
  return { next: () => triageCard(app, item, skipped, changed), why: changed }
}

/** @returns what was done, in a line */
async function decide(call: Call, work: Work, { code }: ItemRow, given: Args): Promise<string> {
  const { t } = call.app.voice
  switch (given.decision) {
    case 'merge': {
      if (given.into === undefined) throw new UserError((w) => w.triage.errors.needTwo)
      await merge(work, call.actor, [code], given.into)
      return t.triage.done.merged(t.codes([code]), given.into)
    }
    case 'decline':
      await decline(work, call.actor, code, checkedReason(given.reason))
      return t.triage.done.declined(code)
    default:
      return sendOut(call, work, code, given)
  }
}

async function sendOut({ app, actor }: Call, work: Work, code: number, given: Args): Promise<string> {
  const { department: lead, co: others, policy, urgency, closing } = given
  if (!lead) throw new UserError((w) => w.errors.needDepartment)
  const [department] = await departmentsOf(work, [lead])
  if (!department) throw new UserError((w) => w.errors.needDepartment)
  const co = await departmentsOf(work, others)
  const parsed = policy === 'rule' ? null : parsePolicy(policy, app.voice.timezone)
  const order = { codes: [code], department, co, policy: parsed ?? undefined, urgency, closing, by: actor.id }
  const sent = await dispatch(work, order)
  return [doneWords(code, sent, app.voice), ...(await unbound(work, [department, ...co]))].join('\n')
}

function doneWords(code: number, assignments: Assignment[], { t, moment }: Call['app']['voice']): string {
  const lead = assignments.find(({ part }) => part === 'lead')
  const co = assignments.filter(({ part }) => part === 'co').map(({ department }) => department.name)
  const name = lead?.department.name ?? ''
  const to = co.length === 0 ? name : t.dispatch.withCo(name, t.list(co))
  return t.dispatch.done(t.codes([code]), to, moment(lead?.dueAt ?? 0))
}

/** What is not delivered before somebody does something about it. */
async function unbound(work: Work, departments: Department[]): Promise<string[]> {
  const words: string[] = []
  for (const { id, name } of departments) {
    if ((await chatsOf(work.db, id)).length === 0) words.push(work.app.voice.t.dispatch.noChat(name))
  }
  return words
}

/** By the ids that a choice carries, or by names as they were written. @throws {UserError} where one is none */
async function departmentsOf({ db }: Work, chosen: readonly string[]): Promise<Department[]> {
  if (chosen.length === 0) return []
  if (!chosen.every((one) => /^\d+$/.test(one))) {
    return departmentsNamed(
      db,
      chosen.flatMap((one) => tokensOf(one)),
      'dispatch',
    )
  }
  const known = await departmentsById(db, chosen.map(Number))
  return chosen.map((one) => {
    const department = known.get(Number(one))
    if (!department) throw new UserError((t) => t.errors.badCall)
    return department
  })
}
