import { newestEvent } from '../../db/acts.ts'
import { findAssignments } from '../../db/assignments.ts'
import { type News, newsSince } from '../../db/audit.ts'
import { messagesAbout, triageCardsOn } from '../../db/deliveries.ts'
import { type Chat, chatsOf, taskForces } from '../../db/departments.ts'
import { returnedOf } from '../../db/returns.ts'
import type { Assignment, Outcome } from '../../domain/assignment.ts'
import type { EventName } from '../../domain/event.ts'
import { line, type Message } from '../../messages/message.ts'
import type { Voice } from '../../messages/voice.ts'
import type { Platform } from '../../ports.ts'
import type { Work } from '../work.ts'
import { changesMessages } from './courier.ts'
import { post } from './outbox.ts'

/** What an act has done to some items, or to somebody's shares of them. */
interface Done {
  what: EventName
  by: string
  /** Each item once; more than one only where all of them go into one sentence. */
  codes: number[]
  /** The department whose share it is. */
  department: string
  detail: Record<string, unknown>
}

type Say = (done: Done, voice: Voice) => string

const first = ({ codes }: Done) => codes[0] ?? 0
const share = (done: Done, { t }: Voice) => t.elsewhere.of(first(done), done.department)

/** What a department's colleagues must know so that nothing is done twice. What is decided is told to all of them anyway. */
const forDepartment: Partial<Record<EventName, Say>> = {
  acknowledged: ({ by, codes }, { t }) => t.elsewhere.acknowledged(by, t.codes(codes)),
  feedback: (done, { t }) =>
    t.elsewhere.feedback(done.by, first(done), t.outcomes[done.detail.outcome as Outcome]),
  returned: (done, { t }) => t.elsewhere.returned(done.by, first(done)),
  'extension-asked': (done, { t }) => t.elsewhere.extensionAsked(done.by, first(done)),
  'suspension-asked': (done, { t }) => t.elsewhere.suspensionAsked(done.by, first(done)),
  withdrawn: ({ codes }, { t }) => t.elsewhere.withdrawn(t.codes(codes)),
}

/** The same of the leads. */
const forTaskForce: Partial<Record<EventName, Say>> = {
  accepted: (done, voice) => voice.t.elsewhere.accepted(done.by, share(done, voice)),
  redo: (done, voice) => voice.t.elsewhere.redo(done.by, share(done, voice)),
  extended: (done, voice) => voice.t.elsewhere.extended(done.by, share(done, voice)),
  'extension-refused': (done, voice) => voice.t.elsewhere.extensionRefused(done.by, share(done, voice)),
  suspended: (done, voice) => voice.t.elsewhere.suspended(done.by, share(done, voice)),
  'suspension-refused': (done, voice) => voice.t.elsewhere.suspensionRefused(done.by, share(done, voice)),
  resumed: (done, voice) => voice.t.elsewhere.resumed(done.by, share(done, voice)),
  'called-back': (done, { t }) =>
    t.elsewhere.calledBack(done.by, first(done), done.detail.satisfied === true),
  published: (done, { t }) => t.elsewhere.published(done.by, first(done)),
  closed: ({ by, codes }, { t }) => t.elsewhere.closed(by, t.codes(codes)),
  reopened: (done, { t }) => t.elsewhere.reopened(done.by, first(done)),
}

/** What became of items that were to be judged there: only the groups in which their cards are would judge them again. */
const forJudges: Partial<Record<EventName, Say>> = {
  dispatched: ({ by, codes, department }, { t }) => t.elsewhere.dispatched(by, t.codes(codes), department),
  merged: ({ by, codes, detail }, { t }) => t.elsewhere.merged(by, t.codes(codes), Number(detail.into)),
  declined: (done, { t }) => t.elsewhere.declined(done.by, first(done)),
}

/** Several items go into one sentence. */
const together: readonly EventName[] = ['acknowledged', 'withdrawn', 'closed', 'dispatched', 'merged']

/**
 * Runs what somebody does, and tells of it where people would see it on a card if cards could change there: in the other
 * groups of those whom it concerns. Where it was said the answer is enough.
 */
export async function tellingElsewhere<T>(work: Work, run: () => Promise<T>): Promise<T> {
  const all = [...work.app.messengers.values()]
  if (all.every(({ platform }) => changesMessages(work.app, platform))) return run()
  const last = await newestEvent(work.db)
  const result = await run()
  const news = await newsSince(work.db, last)
  // An undo tells of itself.
  if (news.length > 0 && !news.some(({ what }) => what === 'undone')) await tell(work, news)
  return result
}

/** The same words to each of a department's groups in which no card can change, but for the one where it was said. */
export async function postElsewhere(
  work: Work,
  department: number,
  message: (platform: Platform) => Message,
  assignments: Assignment[],
): Promise<void> {
  for (const chat of await groupsElsewhere(work, department))
    await say(work, department, chat, message(chat.platform), assignments)
}

async function tell(work: Work, news: News[]): Promise<void> {
  const ids = [...new Set(news.flatMap(({ assignment }) => assignment ?? []))]
  const assignments = ids.length === 0 ? [] : await findAssignments(work.db, { ids })
  const shares = new Map(assignments.map((assignment) => [assignment.id, assignment]))
  const byDepartment = Map.groupBy(
    news.filter((one) => shares.has(one.assignment ?? 0) && !isReplaced(one, news, shares)),
    ({ assignment }) => shares.get(assignment ?? 0)?.department.id ?? 0,
  )
  for (const [department, own] of byDepartment) {
    const message = messageOf(work, own, shares, forDepartment)
    if (message) await postElsewhere(work, department, () => message, sharesIn(own, shares))
  }
  const decided = news.filter((one) => !isToldAnyway(one, news))
  for (const { id } of await taskForces(work.db)) {
    for (const chat of await groupsElsewhere(work, id)) {
      const here: News[] = []
      for (const one of decided) {
        if (forTaskForce[one.what] || (await isJudgedIn(work, chat, one))) here.push(one)
      }
      const message = messageOf(work, here, shares, { ...forTaskForce, ...forJudges })
      if (message) await say(work, id, chat, message, sharesIn(here, shares))
    }
  }
}

/** The department that has it as a co-department no more leads it now: its new card says so. */
function isReplaced(
  { what, item, assignment }: News,
  news: News[],
  shares: Map<number, Assignment>,
): boolean {
  if (what !== 'withdrawn') return false
  const own = shares.get(assignment ?? 0)?.department.id
  return news.some(
    (other) =>
      other.what === 'dispatched' &&
      other.item === item &&
      shares.get(other.assignment ?? 0)?.department.id === own,
  )
}

/** The card of what is done comes to everybody; what begins anew is said with why. */
function isToldAnyway({ what, item, detail }: News, news: News[]): boolean {
  const has = (other: EventName) => news.some((one) => one.what === other && one.item === item)
  if (what === 'accepted') return has('done')
  if (what === 'reopened') return has('called-back')
  if (what === 'dispatched') return has('reopened')
  // Told of the item that was merged, not once more of the one that it is now.
  return what === 'merged' && detail.into === undefined
}

async function isJudgedIn({ db }: Work, { platform, chatId }: Chat, { what, item }: News): Promise<boolean> {
  if (!forJudges[what]) return false
  const cards = await triageCardsOn(db, item)
  for (const id of await returnedOf(db, item)) cards.push(...(await messagesAbout(db, id, ['returned'])))
  return cards.some((card) => card.platform === platform && card.chat_id === chatId)
}

function messageOf(
  { app }: Work,
  news: News[],
  shares: Map<number, Assignment>,
  words: Partial<Record<EventName, Say>>,
): Message | null {
  const { voice } = app
  const told = gathered(news, shares, voice).flatMap((done) => words[done.what]?.(done, voice) ?? [])
  const [title, ...more] = [...new Set(told)]
  return title === undefined ? null : sentences(title, more)
}

/** Each on a line of its own. */
export function sentences(title: string, more: string[]): Message {
  return { ...line(title), blocks: more.map((text) => ({ kind: 'text', text })) }
}

function gathered(news: News[], shares: Map<number, Assignment>, { t }: Voice): Done[] {
  const done: Done[] = []
  for (const { what, item, assignment, by, detail } of news) {
    const one: Done = {
      what,
      by: by ?? t.unknownPerson,
      codes: [item],
      department: shares.get(assignment ?? 0)?.department.name ?? '',
      detail,
    }
    const known = together.includes(what) && done.find((other) => isOneSentence(other, one))
    if (known) known.codes = [...new Set([...known.codes, item])].sort((a, b) => a - b)
    else done.push(one)
  }
  return done
}

function isOneSentence(one: Done, other: Done): boolean {
  return (
    one.what === other.what &&
    one.by === other.by &&
    one.department === other.department &&
    one.detail.into === other.detail.into
  )
}

function sharesIn(news: News[], shares: Map<number, Assignment>): Assignment[] {
  return news.flatMap(({ assignment }) => shares.get(assignment ?? 0) ?? [])
}

async function groupsElsewhere({ app, db, here }: Work, department: number): Promise<Chat[]> {
  const chats = await chatsOf(db, department)
  return chats.filter(
    ({ platform, chatId }) =>
      !changesMessages(app, platform) && !(here?.platform === platform && here.chatId === chatId),
  )
}

async function say(
  work: Work,
  department: number,
  { platform, chatId }: Chat,
  message: Message,
  assignments: Assignment[],
): Promise<void> {
  await post(work, {
    kind: 'news',
    platform,
    to: { chat: chatId },
    department,
    message,
    assignments: assignments.map(({ id }) => id),
  })
}
