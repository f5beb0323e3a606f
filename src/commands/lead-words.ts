import { requestById } from '../db/requests.ts'
import type { Assignment } from '../domain/assignment.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import type { Work } from '../services/work.ts'
import type { Call, Result } from './command.ts'
import { extend } from './extend.ts'
import { decisionIn } from './request-words.ts'
import { decisionOf, isPolite, review } from './review.ts'
import { reviewDateIn, suspend } from './suspend.ts'
import { wordings } from './words.ts'

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
      /^[a-z]+$/.test(word) ? new RegExp(`\\b${word}\\b`).test(said) : said.includes(word),
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
