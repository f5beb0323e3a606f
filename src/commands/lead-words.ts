import { departmentOfChat } from '../db/departments.ts'
import { personByAccount } from '../db/people.ts'
import { requestById } from '../db/requests.ts'
import type { Assignment } from '../domain/assignment.ts'
import { requestKinds } from '../domain/request.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import type { IncomingText } from '../ports.ts'
import { answering, departmentsOf } from '../services/actor.ts'
import type { App } from '../services/app.ts'
import { currentAssignments } from '../services/assignment/assignments.ts'
import type { Work } from '../services/work.ts'
import type { Call, Result } from './command.ts'
import { extend } from './extend.ts'
import { decisionIn } from './request-words.ts'
import { decisionOf, isPolite, review } from './review.ts'
import { reviewDateIn, suspend } from './suspend.ts'
import { wordAndRest, wordings } from './words.ts'

/** The task force's cards on which something is decided. */
const cards = ['review', 'request', 'returned'] as const
type CardKind = (typeof cards)[number]

/** The card below which a lead wrote something. */
export interface DecisionCard {
  kind: string
  feedbackId: number | null
  requestId: number | null
  assignments: Assignment[]
}

export function isDecisionCard({ kind }: DecisionCard): boolean {
  return cards.some((known) => known === kind)
}

/** Whether somebody who writes this below such a card may be deciding, or is only talking. */
export function soundsLikeDecision({ kind }: Pick<DecisionCard, 'kind'>, text: string): boolean {
  const said = text.toLowerCase()
  return wordings.some((t) => {
    const words: Record<CardKind, readonly string[]> = {
      review: [...t.words.accept, ...t.words.redo],
      request: Object.values(t.requests.words).flat(),
      returned: t.requests.returned.decides,
    }
    const known = cards.find((one) => one === kind)
    return (known ? words[known] : []).some((word) =>
      /^[a-z]+$/.test(word) ? said.split(/\W+/).includes(word) : said.includes(word),
    )
  })
}

/** A lead's words below a card decide like its buttons. @throws {UserError} where it is not certain what they decide */
export async function decideByWords(
  call: Call,
  work: Work,
  card: DecisionCard,
  text: string,
): Promise<Result> {
  const [assignment] = card.assignments
  if (!assignment) return {}
  const item = assignment.item.code
  switch (card.kind) {
    case 'review':
      return review.run(call, { item, feedback: card.feedbackId ?? undefined, ...decisionOf(text) }, work)
    case 'request':
      return decideRequest(call, work, { assignment, requestId: card.requestId ?? 0, text })
    default:
      // To whom it goes is nothing that may be misread.
      return { reply: line(call.app.voice.t.requests.returned.hint(item), 'info') }
  }
}

/** What a lead decides about an item that is named, and no card quoted: `#12 通过`. */
export interface NumberedDecision {
  code: number
  text: string
}

/** Of the words that decide on a card, those that nobody begins with who only talks about an item. */
const unmistakable = new Set(['通过', '审核通过', '退回重办', '重办', 'accept', 'redo'])

/**
 * What a lead, in private or in the task force's group, says of the one item that it names, where it can be nothing but a
 * decision. Null for all that people say about items, and for words that decide on the card below which they stand.
 */
export async function numberedDecision(
  app: App,
  { platform, chat, choice, sender, text }: IncomingText,
  { codes, target, now }: { codes: number[]; target: DecisionCard | null; now: number },
): Promise<NumberedDecision | null> {
  const [code, another] = codes
  if (code === undefined || another !== undefined) return null
  if (target && isDecisionCard(target) && target.assignments.some(({ item }) => item.code === code))
    return null
  const said = choice?.decision ?? withoutCodes(text)
  // Whoever makes a choice speaks to the bot, and is asked where something stands behind it.
  if (choice?.decision === undefined && (said === text.trim() || !isUnmistakable(said))) return null
  const speaker = await personByAccount(app.db.read, platform, sender.account, now)
  const forces = speaker ? departmentsOf(speaker, ['lead']) : []
  if (!speaker || forces.length === 0) return null
  if (chat.kind === 'group') {
    const here = await departmentOfChat(app.db.read, { platform, chatId: chat.id })
    if (!forces.some(({ id }) => id === here?.id)) return null
  }
  // Of what they answer for themselves they report.
  const own = departmentsOf(speaker, answering)
  const shares = own.length > 0 ? await currentAssignments(app.db.read, code) : []
  return shares.some(({ department }) => own.some(({ id }) => id === department.id))
    ? null
    : { code, text: said }
}

function isUnmistakable(said: string): boolean {
  const { word, rest } = wordAndRest(said)
  if (!unmistakable.has(word) || /[?？]\s*$/u.test(said)) return false
  const accepts = wordings.some((t) => t.words.accept.includes(word))
  return !accepts || isPolite(rest)
}

/** Like `/review`, where exactly one feedback waits; else whoever speaks to the bot is told so. @throws {UserError} */
export async function decideByNumber(
  call: Call,
  work: Work,
  { code, text }: NumberedDecision,
): Promise<Result> {
  const { incoming } = call
  const isToBot = incoming.chat.kind === 'private' || (incoming.kind === 'text' && incoming.mentionsBot)
  const shares = await currentAssignments(work.db, code)
  if (!isToBot && shares.filter(({ status }) => status === 'review').length !== 1) return {}
  if (!isUnmistakable(text)) throw new UserError((t) => t.errors.needDecision)
  // 通过 is said of a request, too.
  const isAsked = shares.some(({ requests }) =>
    requestKinds.some((kind) => requests[kind]?.status === 'pending'),
  )
  if (isAsked) return { reply: line(call.app.voice.t.ask.reviewOrRequest(code), 'warning') }
  return review.run(call, { item: code, ...decisionOf(text) }, work)
}

/** The words behind the items with which they begin: `#12 通过`. */
export function withoutCodes(text: string): string {
  return text.replace(/^\s*(?:【?[#＃]\s?[\d０-９]{1,6}】?[\s,，、:：]*)+/u, '').trim()
}

async function decideRequest(
  call: Call,
  work: Work,
  { assignment, requestId, text }: { assignment: Assignment; requestId: number; text: string },
): Promise<Result> {
  const found = await requestById(work.db, requestId)
  const decided = decisionIn(withoutSubject(text))
  const isPause = found?.request.kind === 'suspension'
  if (!decided || (decided.decision === 'resume' && !isPause)) {
    throw new UserError((t) => t.requests.extension.needDecision)
  }
  const { decision } = decided
  const rest = decision === 'approve' && isPolite(decided.rest) ? '' : decided.rest
  const order = {
    item: assignment.item.code,
    request: requestId,
    reason: decision === 'refuse' ? rest : null,
  }
  if (decision === 'resume') {
    const department = assignment.department.name
    return suspend.run(call, { ...order, decision, until: null, department }, work)
  }
  if (!isPause) {
    const until = decision === 'approve' && rest !== '' ? rest : null
    return extend.run(call, { ...order, decision, until }, work)
  }
  const until = decision === 'approve' ? reviewDateIn(rest, call) : null
  return suspend.run(call, { ...order, decision, until, department: null }, work)
}

/** `同意延期至12月10日`, `不同意挂账，…`: what it is about, the card says. */
function withoutSubject(text: string): string {
  const subject = /^(\S{2,4}?)(?:延期|挂账)(?:申请)?(?=$|[\s,，。.!！:：;；、至到])/u
  return text.trim().replace(subject, '$1 ')
}
