import type { SandboxMessage } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import { renderCard } from '../../src/services/delivery/cards.ts'
import type { Work } from '../../src/services/work.ts'
import type { Figures } from '../scenario.ts'
import type { Board } from './board.ts'
import type { Case } from './cases.ts'
import type { City } from './city.ts'
import { damageTo } from './damage.ts'
import { until } from './until.ts'

export type Findings = Pick<Figures, 'lost' | 'doubled'>

/** Waits until nothing is on its way any more. @returns a line for each thing that stays behind */
export async function settled({ app, sandbox }: City, ms: number): Promise<string[]> {
  const openDeliveries = () =>
    app.db.read
      .selectFrom('deliveries')
      .select(['id', 'kind', 'op', 'status', 'attempts', 'error'])
      .where('status', 'in', ['pending', 'sending'])
  const isOver = async () => (await openDeliveries().limit(1).execute()).length === 0
  try {
    await until(async () => sandbox.pendingEvents() === 0 && (await isOver()), 'the end', ms)
    return []
  } catch {
    const events = sandbox.pendingEvents()
    return [
      ...(events > 0 ? [`${events} events were not answered`] : []),
      ...(await openDeliveries().execute()).map((delivery) => `not sent: ${JSON.stringify(delivery)}`),
    ]
  }
}

/** Compares what people did and were told with the database, and the database with what stands in the groups. */
export async function verify(city: City, board: Board, cases: Case[]): Promise<Findings> {
  const parts = [
    await casesInDatabase(city, cases),
    await messagesInGroups(city),
    answersInGroups(board, cases),
    await statesOfCards(city),
    await impossibleStates(city),
    { lost: await damageTo(city.app), doubled: [] },
  ]
  return {
    lost: parts.flatMap(({ lost }) => lost),
    doubled: parts.flatMap(({ doubled }) => doubled),
  }
}

/** Everything that was taken is there, and nothing of it twice. */
async function casesInDatabase({ app }: City, cases: Case[]): Promise<Findings> {
  const findings: Findings = { lost: [], doubled: [] }
  const { read } = app.db
  const assignments = Map.groupBy(
    await read.selectFrom('assignments').selectAll().execute(),
    ({ item_code }) => item_code,
  )
  const events = Map.groupBy(
    await read.selectFrom('events').select(['item_code', 'what']).execute(),
    ({ item_code }) => item_code,
  )
  const feedback = await read.selectFrom('feedback').select(['assignment_id', 'measures']).execute()
  const feedbackOf = Map.groupBy(feedback, ({ assignment_id }) => assignment_id)

  for (const one of cases) {
    const { code } = one
    const own = assignments.get(code) ?? []
    const [assignment] = own
    if (!assignment) {
      findings.lost.push(`the dispatch of #${code}`)
      continue
    }
    if (own.length > 1) findings.doubled.push(`#${code} was dispatched ${own.length} times`)
    const expected = statusOf(one)
    if (assignment.status !== expected) {
      findings.lost.push(`#${code} is ${assignment.status} and should be ${expected}`)
    }
    const count = (what: string) => (events.get(code) ?? []).filter((event) => event.what === what).length
    for (const act of ['acknowledged', 'accepted'] as const) {
      const taken = one.clicks.some((click) => click.act === act && click.told === 'taken')
      if (taken && count(act) === 0) findings.lost.push(`${act} of #${code}, which somebody was told`)
    }
    for (const what of ['dispatched', 'acknowledged', 'accepted']) {
      if (count(what) > 1) findings.doubled.push(`#${code} was ${what} ${count(what)} times`)
    }
    for (const { words, told } of one.feedback) {
      const rows = (feedbackOf.get(assignment.id) ?? []).filter(({ measures }) => measures.includes(words))
      if (rows.length > 1) findings.doubled.push(`a feedback on #${code} is there ${rows.length} times`)
      if (told === 'taken' && rows.length === 0) findings.lost.push(`a feedback on #${code} that was taken`)
      if (told === 'refused' && rows.length > 0)
        findings.doubled.push(`a feedback on #${code} that was refused`)
    }
    const rows = feedbackOf.get(assignment.id)?.length ?? 0
    if (count('feedback') !== rows) {
      findings.lost.push(`#${code} has ${rows} feedbacks and ${count('feedback')} records of them`)
    }
  }
  return findings
}

export function statusOf({ until, outcome }: Case): string {
  return until === 'accepted' && outcome === 'in_progress' ? 'working' : until
}

/** Each delivery is one message in its group, and each of the bot's messages one delivery. */
async function messagesInGroups({ app, sandbox, bot }: City): Promise<Findings> {
  const deliveries = await app.db.read
    .selectFrom('deliveries')
    .select(['id', 'kind', 'status', 'message_id', 'target_message_id', 'feedback_id'])
    .where('op', '=', 'send')
    .where('status', '!=', 'cancelled')
    .execute()
  const shown = sandbox.chats().flatMap(({ chat_id }) => sandbox.messages(chat_id).filter(isFrom(bot)))
  const known = Map.groupBy(deliveries, ({ message_id }) => message_id)
  const there = new Set(shown.map(({ message_id }) => message_id))

  const lost = deliveries
    .filter(({ message_id }) => message_id === null || !there.has(message_id))
    .map(({ id, kind, status }) => `delivery ${id} (${kind}) is ${status}, and no message stands for it`)
  const doubled = [
    ...shown
      .filter(({ message_id }) => !known.has(message_id))
      .map((message) => `a message that no delivery stands for: ${opening(message)}`),
    ...repeated(shown, ({ chat_id, parent_id, content }) =>
      JSON.stringify([chat_id, parent_id, content]),
    ).map((message) => `the same message twice: ${opening(message)}`),
    ...repeated(
      deliveries.filter(({ kind }) => kind === 'review'),
      ({ feedback_id }) => String(feedback_id),
    ).map(({ feedback_id }) => `two review cards for feedback ${feedback_id}`),
    ...repeated(
      deliveries.filter(({ kind, target_message_id }) => kind === 'reply' && target_message_id !== null),
      ({ target_message_id }) => String(target_message_id),
    ).map(({ target_message_id }) => `two answers to ${target_message_id}`),
  ]
  return { lost, doubled }
}

/** Whatever was said to the bot has its one answer. */
function answersInGroups(board: Board, cases: Case[]): Findings {
  const findings: Findings = { lost: [], doubled: [] }
  for (const { code, said } of cases) {
    for (const message of said) {
      const answers = board.answersTo(message).length
      if (answers === 0) findings.lost.push(`the answer to what was said about #${code}`)
      if (answers > 1) findings.doubled.push(`${answers} answers to what was said about #${code}`)
    }
  }
  return findings
}

/** Every message that shows a state shows the one that is. */
async function statesOfCards({ app, sandbox }: City): Promise<Findings> {
  // Only looked at: a transaction that could write would keep the bot waiting.
  const lost = await app.db.read.transaction().execute(async (db) => {
    const current: Work = { app, db, now: app.clock.now(), schedule: () => {} }
    const stale: string[] = []
    const sent = await current.db
      .selectFrom('deliveries')
      .selectAll()
      .where('op', '=', 'send')
      .where('status', '=', 'sent')
      .execute()
    for (const delivery of sent) {
      const message = await renderCard(current, delivery)
      if (!message || delivery.message_id === null) continue
      const text = textOf(sandbox.message(delivery.message_id))
      const buttons = message.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []))
      const wrong = [message.title, ...buttons.map(({ label }) => label)].find((word) => !text.includes(word))
      if (wrong !== undefined) stale.push(`a card (${delivery.kind}) does not show ${wrong}`)
    }
    return stale
  })
  return { lost, doubled: [] }
}

/** What no path through the transition table leads to. */
async function impossibleStates({ app }: City): Promise<Findings> {
  const { read } = app.db
  const assignments = await read.selectFrom('assignments').selectAll().execute()
  const pending = new Set(
    (await read.selectFrom('feedback').select('assignment_id').where('review', '=', 'pending').execute()).map(
      ({ assignment_id }) => assignment_id,
    ),
  )
  const items = new Map(
    (await read.selectFrom('items').select(['code', 'status']).execute()).map(({ code, status }) => [
      code,
      status,
    ]),
  )
  const lost = assignments
    .filter(
      ({ id, status, acknowledged_at, accepted_at, outcome, item_code }) =>
        (status === 'sent' && acknowledged_at !== null) ||
        (status === 'accepted' && (accepted_at === null || outcome === null)) ||
        (status === 'review') !== pending.has(id) ||
        items.get(item_code) !== (status === 'accepted' ? 'done' : 'open'),
    )
    .map(
      ({ id, status, item_code }) =>
        `assignment ${id} is ${status}, its item #${item_code} ${items.get(item_code)}: that can't be`,
    )
  return { lost, doubled: [] }
}

/** All but the first of those that have the same key. */
function repeated<T>(all: T[], keyOf: (one: T) => string): T[] {
  return [...Map.groupBy(all, keyOf).values()].flatMap((same) => same.slice(1))
}

function isFrom(bot: string) {
  return ({ sender }: SandboxMessage) => sender === bot
}

function opening(message: SandboxMessage): string {
  return textOf(message).slice(0, 120)
}
