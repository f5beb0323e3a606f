import { setTimeout as sleep } from 'node:timers/promises'
import { findAssignments } from '../db/assignments.ts'
import { assignmentsOfDelivery, type Delivery, deliveryByMessage, mayHaveSentTo } from '../db/deliveries.ts'
import { personByAccount } from '../db/people.ts'
import { type Assignment, isFinal } from '../domain/assignment.ts'
import { readChosen } from '../domain/reply/chosen.ts'
import type { Reading, Unclear } from '../domain/reply.ts'
import { localDate } from '../domain/time.ts'
import { UserError } from '../errors.ts'
import { type Field, line, type Message } from '../messages/message.ts'
import type { Wording } from '../messages/wording.ts'
import { type IncomingText, NotYet } from '../ports.ts'
import { type Actor, answering, departmentsOf, hasRole } from '../services/actor.ts'
import type { App } from '../services/app.ts'
import { acknowledge } from '../services/assignment/acknowledge.ts'
import { assignmentFor, currentAssignments } from '../services/assignment/assignments.ts'
import { addEvidence } from '../services/assignment/evidence.ts'
import { askExtension } from '../services/assignment/extension.ts'
import { submitFeedback } from '../services/assignment/feedback.ts'
import { returnAssignment } from '../services/assignment/return.ts'
import type { Work } from '../services/work.ts'
import { answers, meantBarely } from './bare-words.ts'
import type { Call, Result } from './command.ts'
import { departmentHere } from './here.ts'
import {
  type DecisionCard,
  decideByNumber,
  decideByWords,
  isDecisionCard,
  type NumberedDecision,
  numberedDecision,
  soundsLikeDecision,
  withoutCodes,
} from './lead-words.ts'
import { type Quoted, quotedBy } from './quoted.ts'
import { returnedReply } from './return-reply.ts'

/** How long, and how often, a message that is answered is waited for. */
const patienceMs = 2_000
const lookAgainMs = 50
/** Then what is answered is taken for somebody else's message, for the words may be meant for us all the same. */
const longestWaitMs = 10 * 60 * 1000

/** What people wrote without a command, and what it may be about. */
export interface PlainWords {
  incoming: IncomingText
  reading: Reading
  /** The message of ours that it answers, and whom it is about. */
  target: DecisionCard | null
  /** The items that it names, or else the words that it quotes. */
  codes: number[]
  /** It quotes a message of ours, but which one can't be told. */
  isUnsure: boolean
  /** What a lead says of an item that it names, away from its card. */
  decision: NumberedDecision | null
}

/**
 * What is said to the bot: an answer to one of its messages, words that name an item, a mention, or a private message.
 * @returns null for what people say to each other, on which the bot stays silent
 */
export async function plainWordsOf(
  app: App,
  incoming: IncomingText,
  now: number,
): Promise<PlainWords | null> {
  const reading = readChosen(incoming.text, incoming.choice?.word, readingContext(app, now))
  const quoted = await quotedBy(app, incoming)
  const delivery = quoted ? quoted.delivery : await answered(app, incoming)
  const target = (await targetOf(app, delivery)) ?? (await meantBarely(app, incoming, reading, now))
  const isUnsure = quoted?.unsure !== undefined
  const addressed = incoming.mentionsBot || incoming.chat.kind === 'private'
  const codes =
    reading.items.length > 0 || target || !quoted
      ? reading.items
      : await namedByQuote(app, incoming, quoted, { reading, addressed, now })
  if (!target && !addressed && !isUnsure && codes.length === 0) return null
  const decision = await numberedDecision(app, incoming, { codes: reading.items, target, now })
  const kind = target?.kind ?? quoted?.unsure
  const decides = kind !== undefined && soundsLikeDecision({ kind }, incoming.text)
  const says =
    decides || decision !== null || incoming.attachments.length > 0 || reading.intent.kind !== 'none'
  if (!addressed && !says) return null
  return { incoming, reading, target, codes, isUnsure, decision }
}

async function targetOf(app: App, delivery: Delivery | undefined): Promise<DecisionCard | null> {
  const ids = delivery ? await assignmentsOfDelivery(app.db.read, delivery.id) : []
  if (!delivery || ids.length === 0) return null
  return {
    kind: delivery.kind,
    feedbackId: delivery.feedback_id,
    requestId: delivery.request_id,
    assignments: await findAssignments(app.db.read, { ids }),
  }
}

/**
 * The items of the speaker's that quoted words name. What people quote of each other is none of the bot's business: where
 * no message of ours is found, it must look like one, name one open item, and be answered as certainly as by bare words.
 */
async function namedByQuote(
  app: App,
  { platform, sender }: IncomingText,
  { codes, delivery, unsure, looksLikeOurs }: Quoted,
  { reading, addressed, now }: { reading: Reading; addressed: boolean; now: number },
): Promise<number[]> {
  if (addressed || codes.length === 0) return codes
  const isOurs = delivery !== undefined || unsure !== undefined
  if (!isOurs && (!looksLikeOurs || codes.length > 1)) return []
  const speaker = await personByAccount(app.db.read, platform, sender.account, now)
  const own = new Set((speaker ? departmentsOf(speaker, answering) : []).map(({ id }) => id))
  const named: number[] = []
  for (const code of own.size > 0 ? codes : []) {
    const shares = (await currentAssignments(app.db.read, code)).filter(({ department }) =>
      own.has(department.id),
    )
    if (shares.some((share) => isOurs || answers(reading, share))) named.push(code)
  }
  return named
}

/**
 * The message of ours that is answered. One that is answered faster than it was recorded, or whose sender died before
 * recording it, is waited for. @throws {NotYet}
 */
async function answered(
  app: App,
  { platform, chat, replyTo, at }: IncomingText,
): Promise<Delivery | undefined> {
  if (replyTo.length === 0) return undefined
  const age = app.clock.now() - at
  for (let waited = 0; ; waited += lookAgainMs) {
    // In this order: what is recorded between the two questions is then found by the second.
    const sending = await mayHaveSentTo(app.db.read, platform, chat.id)
    const found = await deliveryByMessage(app.db.read, platform, replyTo)
    if (found || !sending || age > longestWaitMs) return found
    if (waited >= patienceMs) throw new NotYet('what is answered is not recorded as sent yet')
    await sleep(lookAgainMs)
  }
}

/** Acts on it, or asks: an uncertain answer changes nothing. @throws {UserError} */
export async function act(call: Call, work: Work, words: PlainWords): Promise<Result> {
  const { incoming, reading, target, decision } = words
  if (decision) return decideByNumber(call, work, decision)
  if (target && isDecisionCard(target) && hasRole(call.actor, ['lead'])) {
    // Leads talk about a card, too.
    const decides = incoming.mentionsBot || soundsLikeDecision(target, incoming.text)
    if (!decides) return {}
    const { t } = call.app.voice
    if (namesAnother(words.reading.items, target)) return { reply: line(t.ask.whichQuoted, 'warning') }
    return decideByWords(call, work, target, withoutCodes(incoming.text))
  }
  if (words.isUnsure && words.codes.length === 0 && !hasRole(call.actor, answering)) {
    return { reply: line(call.app.voice.t.ask.whichQuoted, 'warning') }
  }
  if (!hasRole(call.actor, answering)) return heed(call, words)
  const codes = await meant(work, call, words)
  if (!Array.isArray(codes)) return codes
  const replies: Message[] = []
  if (incoming.attachments.length > 0) replies.push(await keepEvidence(call, work, incoming, codes))
  if (reading.intent.kind !== 'none')
    replies.push(...repliesOf(await answer(call, work, codes, reading, incoming.text)))
  if (replies.length === 0) return { reply: line(call.app.voice.t.help.plain) }
  return {
    reply: replies.length === 1 ? replies[0] : together(replies),
    assignments: await ownAssignments(work, call.actor, codes),
  }
}

/** Whoever names another item below a card may mean that one. */
function namesAnother(codes: number[], { assignments }: DecisionCard): boolean {
  return codes.some((code) => !assignments.some(({ item }) => item.code === code))
}

/**
 * Leaders and leads talk about the items too: that is heard and not acted on. Only a result, which is the department's
 * to report, is refused; and whoever speaks to the bot gets a word.
 */
function heed(call: Call, { incoming, reading }: PlainWords): Result {
  const { intent } = reading
  if (intent.kind === 'feedback' && isFinal(intent.outcome)) throw new UserError((t) => t.errors.notAllowed)
  const addressed = incoming.mentionsBot || incoming.chat.kind === 'private'
  return addressed ? { reply: line(call.app.voice.t.help.hint) } : {}
}

/** Whose numbers were named, for an answer to the bot's answer to be understood. */
async function ownAssignments(work: Work, actor: Actor, codes: number[]): Promise<number[]> {
  const own = departmentsOf(actor, answering).map(({ id }) => id)
  const ids: number[] = []
  for (const code of codes) {
    const { id, department } = await assignmentFor(work.db, code, own)
    if (own.includes(department.id)) ids.push(id)
  }
  return ids
}

/** The words of `/feedback #12 …`, read like a reply to the item's message. @throws {UserError} */
export async function answerPlainWords(
  call: Call,
  work: Work,
  codes: number[],
  text: string,
): Promise<Result> {
  const choice = call.incoming.kind === 'text' ? call.incoming.choice : undefined
  const reading = readChosen(text, choice?.word, readingContext(call.app, call.now))
  const result = await answer(call, work, codes, reading, text)
  return { ...result, assignments: await ownAssignments(work, call.actor, codes) }
}

async function answer(
  call: Call,
  work: Work,
  codes: number[],
  reading: Reading,
  text: string,
): Promise<Result> {
  const { voice } = call.app
  const { t } = voice
  const { intent } = reading
  if (intent.kind === 'acknowledge') {
    const done = await acknowledge(work, call.actor, codes)
    return { reply: line(t.acknowledge.done(t.codes(done.map(({ item }) => item.code))), 'success') }
  }
  const [code, another] = codes
  if (code === undefined) return { reply: line(t.acknowledge.nothing, 'warning') }
  if (another !== undefined) return { reply: line(t.ask.whichOfThese(t.codes(codes)), 'warning') }
  switch (intent.kind) {
    case 'feedback': {
      if (intent.outcome === 'in_progress' && intent.promisedDate === null) {
        return { reply: line(t.ask.promise(code), 'warning') }
      }
      const { outcome, promisedDate, reason } = intent
      // Whoever writes no more than "resolved" has said all there is to say; the task force judges it.
      const measures = intent.measures === '' ? text.trim() : intent.measures
      const { replaced } = await submitFeedback(work, call.actor, {
        code,
        draft: { outcome, measures, reason, promisedDate, handler: null, mayPublish: null },
        mayReplace: true,
      })
      const fields: Field[] = [{ label: t.feedback.fields.measures, value: measures }]
      if (promisedDate)
        fields.push({ label: t.feedback.fields.promisedDate, value: voice.date(promisedDate) })
      if (reason) fields.push({ label: t.feedback.fields.reason, value: reason })
      return {
        reply: {
          title: t.feedback.understood(code, t.outcomes[outcome]),
          tone: 'success',
          blocks: [
            { kind: 'fields', fields },
            {
              kind: 'note',
              text: replaced ? `${t.feedback.replaced}${t.feedback.correct(code)}` : t.feedback.correct(code),
            },
          ],
        },
      }
    }
    case 'extension': {
      await askExtension(work, call.actor, { code, reason: intent.reason, until: intent.until })
      const fields: Field[] = [{ label: t.requests.reason, value: intent.reason }]
      if (intent.until) {
        fields.push({ label: t.requests.extension.until, value: voice.date(intent.until) })
      }
      return {
        reply: {
          title: t.requests.extension.asked(code),
          tone: 'success',
          blocks: [
            { kind: 'fields', fields },
            { kind: 'note', text: t.requests.extension.correct(code) },
          ],
        },
      }
    }
    case 'return': {
      const { reason, suggested } = intent
      const returned = await returnAssignment(work, call.actor, { code, reason, suggested })
      return { reply: returnedReply(returned, voice) }
    }
    case 'unclear':
      return { reply: line(question(code, intent, call), 'warning') }
    case 'none':
      return { reply: line(t.ask.outcome(code), 'warning') }
  }
}

/** The items that are meant; several where the words leave it open. Else the question which, for whoever may see them. */
async function meant(work: Work, call: Call, words: PlainWords): Promise<number[] | Result> {
  const { reading, target, codes } = words
  // Whoever quotes several has not said of which.
  if (codes.length > 1 && reading.items.length === 0) {
    const { t } = call.app.voice
    return { reply: line(t.ask.whichOfThese(t.codes(codes)), 'warning') }
  }
  if (codes.length > 0) return codes
  const assignments = target?.assignments ?? (await openOf(work, call))
  const [only, another] = assignments
  if (!only) return []
  if (!another) return [only.item.code]
  const acknowledges = reading.intent.kind === 'acknowledge'
  // 收到 under a list is said of all that it lists; under nothing at all it is not certain what it is said of.
  if (acknowledges && target) {
    const waiting = assignments.filter(({ status }) => status === 'sent')
    return (waiting.length > 0 ? waiting : assignments).map(({ item }) => item.code)
  }
  const open = assignments.filter(({ status }) => status === 'sent' || status === 'working')
  const [single, more] = open
  if (single && !more) return [single.item.code]
  return {
    reply: line(call.app.voice.t.ask.which(open.map(({ item }) => item)), 'warning'),
    about: [...new Set(open.map(({ department }) => department.id))],
  }
}

/** In a department's group only what is that department's. */
async function openOf(work: Work, call: Call): Promise<Assignment[]> {
  const own = departmentsOf(call.actor, answering)
  const here = await departmentHere(call)
  const open: Assignment[] = []
  for (const { id } of here && own.some((department) => department.id === here.id) ? [here] : own) {
    open.push(...(await findAssignments(work.db, { department: id, statuses: ['sent', 'working'] })))
  }
  return open
}

async function keepEvidence(
  call: Call,
  work: Work,
  incoming: IncomingText,
  codes: number[],
): Promise<Message> {
  const { t } = call.app.voice
  const [code, another] = codes
  if (code === undefined) return line(t.acknowledge.nothing, 'warning')
  if (another !== undefined) return line(t.ask.evidence, 'warning')
  const own = departmentsOf(call.actor, answering).map(({ id }) => id)
  const assignment = await assignmentFor(work.db, code, own)
  const count = await addEvidence(work, call.actor, assignment, incoming.platform, incoming.attachments)
  return line(t.evidence.kept(code, count), 'success')
}

function question(code: number, { why, guess }: Unclear, { app }: Call): string {
  const { t } = app.voice
  switch (why) {
    case 'question':
      return t.ask.question(code)
    case 'negated':
      return t.ask.negated(code)
    case 'no-reason':
      return t.ask.reason(code, guess ? calledWhat(guess, t) : '')
    case 'past-date':
    case 'no-such-date':
      return t.ask.promise(code)
    case 'too-long':
      return t.ask.tooLong(code)
    default:
      return t.ask.outcome(code)
  }
}

/** What somebody wants, as the cards call it. */
function calledWhat(guess: NonNullable<Unclear['guess']>, t: Wording): string {
  switch (guess.kind) {
    case 'feedback':
      return t.outcomes[guess.outcome]
    case 'return':
      return t.requests.returned.button
    case 'extension':
      return t.requests.extension.button
    default:
      return ''
  }
}

function readingContext(app: App, now: number) {
  return { today: localDate(now, app.voice.timezone), office: app.office() }
}

function repliesOf({ reply }: Result): Message[] {
  return reply ? [reply] : []
}

function together([first, ...rest]: Message[]): Message {
  if (!first) throw new Error('there is nothing to say')
  return {
    ...first,
    blocks: [
      ...first.blocks,
      ...rest.flatMap(({ title, blocks }) => [{ kind: 'text' as const, text: title }, ...blocks]),
    ],
  }
}
