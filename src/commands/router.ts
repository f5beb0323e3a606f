import { recordIncoming, takeTurn } from '../db/incoming.ts'
import { leadNames, personByAccount } from '../db/people.ts'
import type { Db } from '../db/schema.ts'
import { IllegalMove } from '../domain/lifecycle.ts'
import { localDate } from '../domain/time.ts'
import { UserError } from '../errors.ts'
import { cardWords } from '../messages/limits.ts'
import { masked } from '../messages/masked.ts'
import { line } from '../messages/message.ts'
import {
  type Answer,
  type Incoming,
  type IncomingAction,
  type IncomingHandler,
  type IncomingText,
  NotYet,
  type Platform,
  Unwritable,
} from '../ports.ts'
import { type Actor, hasRole, hereFirst } from '../services/actor.ts'
import type { App } from '../services/app.ts'
import { type Apology, createApology } from '../services/delivery/apology.ts'
import { tellingElsewhere } from '../services/delivery/elsewhere.ts'
import { noteMembership } from '../services/directory/groups.ts'
import { recordingAct } from '../services/undo/acts.ts'
import { type Work, work } from '../services/work.ts'
import { argumentFault } from './argument-fault.ts'
import { postAnswer } from './audience.ts'
import type { Call, Command, Result } from './command.ts'
import { departmentHere } from './here.ts'
import { named, nearestName } from './names.ts'
import { act, plainWordsOf } from './plain-words.ts'
import { calledCommand } from './words.ts'

const answersToStrangers = 3
/** More than any command takes. */
const longestCommand = 4_000

/**
 * Everything that comes in takes this one way: who is it, what is meant, may they, do it, answer. `known`: what must be
 * known of its platform before.
 */
export function createRouter(
  app: App,
  commands: readonly Command[],
  known: (platform: Platform) => Promise<void> = async () => {},
): IncomingHandler {
  const apologise = createApology(app)
  return joining(async (incoming) => {
    try {
      await known(incoming.platform)
      switch (incoming.kind) {
        case 'membership':
          await changed(app, incoming, (current) => noteMembership(current, incoming))
          return {}
        case 'action':
          return await handleAction(app, commands, incoming)
        case 'text':
          await handleText(app, commands, incoming)
          return {}
      }
    } catch (error) {
      return await fail(app, incoming, error).catch((failure: unknown) =>
        failUnsaved(app, incoming, apologise, failure),
      )
    }
  })
}

/** What takes long is brought again meanwhile, and would take longer still: whoever brings it again waits for the first. */
function joining(handle: IncomingHandler): IncomingHandler {
  const underWay = new Map<string, Promise<Answer>>()
  return (incoming) => {
    const key = JSON.stringify([incoming.platform, incoming.ids])
    const known = underWay.get(key)
    if (known) return known
    const answer = handle(incoming).finally(() => underWay.delete(key))
    underWay.set(key, answer)
    return answer
  }
}

async function handleAction(
  app: App,
  commands: readonly Command[],
  incoming: IncomingAction,
): Promise<Answer> {
  const command = commands.find(({ name }) => name === incoming.command)
  if (!command) return { toast: { tone: 'danger', text: cardWords[app.voice.locale].staleButton } }
  const result = await run(app, commands, incoming, command, () => incoming.args)
  return {
    ...(result?.toast ? { toast: { tone: result.tone ?? 'success', text: result.toast } } : {}),
    ...(await replacing(app, incoming, result?.replace)),
  }
}

/** What the click did stands, even where the card can't show it now. */
async function replacing(
  app: App,
  { ids }: IncomingAction,
  replace: Result['replace'],
): Promise<Pick<Answer, 'replace'>> {
  if (typeof replace !== 'function') return replace ? { replace: masked(replace) } : {}
  try {
    return { replace: masked(await replace()) }
  } catch (error) {
    app.log.error({ err: error, ids }, 'a clicked card could not be renewed')
    return {}
  }
}

async function handleText(app: App, commands: readonly Command[], incoming: IncomingText): Promise<void> {
  const called = calledCommand(incoming.text)
  if (!called) return handlePlainWords(app, commands, incoming)
  const command = named(commands, called.name)
  if (command) {
    await run(app, commands, incoming, command, (call) => {
      if (called.words.length > longestCommand) throw new UserError((t) => t.errors.tooMuch(longestCommand))
      return command.parse(called.words, call)
    })
    return
  }
  // A slash in a group may be another bot's; strangers are answered only where they spoke to this one.
  const mayBeAnothers = incoming.chat.kind === 'group' && !incoming.mentionsBot
  if (
    mayBeAnothers &&
    !looksLikeCommand(commands, called.name, app) &&
    !(await isRegistered(app.db.read, incoming, app.clock.now()))
  )
    return
  throw new UserError((t) =>
    t.errors.unknownCommand(`/${called.name}`, nearestName(commands, called.name, t)),
  )
}

async function handlePlainWords(
  app: App,
  commands: readonly Command[],
  incoming: IncomingText,
): Promise<void> {
  const now = app.clock.now()
  const words = await plainWordsOf(app, incoming, now)
  if (!words) return
  const actor = await identify(app, incoming)
  const call: Call = { app, incoming, actor, now, commands }
  await changed(app, incoming, async (current) => {
    const result = await acting(current, actor, () => act(call, current, words))
    await answer(current, incoming, result)
  })
}

/** Runs a command for whoever called it. @returns undefined for what was acted on before */
async function run(
  app: App,
  commands: readonly Command[],
  incoming: Incoming,
  command: Command,
  given: (call: Call) => unknown,
): Promise<Result | undefined> {
  const actor = command.roles === 'anyone' ? await newcomer(app, incoming) : await identify(app, incoming)
  if (command.roles !== 'anyone' && !hasRole(actor, command.roles))
    throw new UserError((t) => t.errors.notAllowed)
  const call: Call = { app, incoming, actor, now: app.clock.now(), commands }
  const args = parsed(command, call, given)
  if (command.changes) {
    const seen = await command.look?.(call, args)
    return changed(app, incoming, async (current) => {
      const result = await acting(current, actor, () =>
        command.run({ ...call, now: current.now }, args, current, seen),
      )
      await answer(current, incoming, result)
      return result
    })
  }
  const result = await command.run(call, args)
  return changed(app, incoming, async (current) => {
    await answer(current, incoming, result)
    return result
  })
}

/** Someone whom the directory need not know. */
async function newcomer(app: App, { platform, sender }: Incoming): Promise<Actor> {
  const name = sender.name ?? (await app.messengers.get(platform)?.nameOf(sender.account))
  return { id: 0, name: name ?? sender.account, memberships: [] }
}

/** The one transaction in which an incoming thing is recorded and acts. @returns undefined where it has acted before */
function changed<T>(
  app: App,
  incoming: Incoming,
  change: (work: Work) => Promise<T>,
): Promise<T | undefined> {
  return work(app, async (current) => {
    const { chat, ids, platform } = incoming
    const messageId = incoming.kind === 'membership' ? undefined : incoming.messageId
    const isNew = await recordIncoming(current.db, platform, ids, current.now)
    return isNew ? change({ ...current, here: { platform, chatId: chat.id, messageId } }) : undefined
  })
}

/** What somebody does can be undone, and is told where it can't be seen. */
function acting<T>(current: Work, { id }: Actor, run: () => Promise<T>): Promise<T> {
  return recordingAct(current, id, () => tellingElsewhere(current, run))
}

/** Words are answered by words; a button has its toast, and its card. */
async function answer(current: Work, incoming: Incoming, result: Result): Promise<void> {
  if (incoming.kind !== 'text' || !result.reply) return
  const { db, now } = current
  if ((await isRegistered(db, incoming, now)) || (await mayAnswerStrangers(current, incoming)))
    await postAnswer(current, incoming, result)
}

/** Whom nobody knows has a few answers a day in each chat, or anybody could have the bot say all that it may in a day. */
async function mayAnswerStrangers({ app, db, now }: Work, { platform, chat }: Incoming): Promise<boolean> {
  const today = localDate(now, app.voice.timezone)
  return takeTurn(db, platform, { of: `stranger-${chat.id}-${today}`, turns: answersToStrangers }, now)
}

async function isRegistered(db: Db, { platform, sender }: Incoming, now: number): Promise<boolean> {
  const person = await personByAccount(db, platform, sender.account, now)
  return person !== null && person.memberships.length > 0
}

async function identify(app: App, incoming: Incoming): Promise<Actor> {
  const { platform, sender } = incoming
  const person = await personByAccount(app.db.read, platform, sender.account, app.clock.now())
  if (person && person.memberships.length > 0)
    return hereFirst(person, await departmentHere({ app, incoming }))
  const leads = await leadNames(app.db.read)
  throw new UserError((t) =>
    leads.length > 0 ? t.errors.unknownPerson(t.list(leads.slice(0, 3))) : t.errors.unknownPersonNoLead,
  )
}

/** @throws {UserError} with what is wrong and how the command is used */
function parsed(command: Command, call: Call, given: (call: Call) => unknown): unknown {
  const { incoming } = call
  try {
    const result = command.args.safeParse(given(call), { reportInput: true })
    if (result.success) return result.data
    throw argumentFault(result.error, command.name, call.app.voice.t)
  } catch (error) {
    if (!(error instanceof UserError) || incoming.kind !== 'text' || command.name === 'form') throw error
    const { name } = command
    throw new UserError((t) => t.errors.usage(error.say(t), t.commands[name].usage))
  }
}

function looksLikeCommand(commands: readonly Command[], name: string, app: App): boolean {
  return nearestName(commands, name, app.voice.t) !== null
}

/**
 * What the person can mend is said to them; anything else is a bug: logged with its context, and apologised for.
 * @throws where not even that can be recorded: the platform then brings the event again
 */
async function fail(app: App, incoming: Incoming, error: unknown): Promise<Answer> {
  if (error instanceof NotYet || error instanceof Unwritable) throw error
  const text = userText(error, app)
  if (text === null)
    app.log.error({ err: error, kind: incoming.kind, ids: incoming.ids }, 'an incoming event failed')
  const shown = text ?? app.voice.t.errors.apology
  switch (incoming.kind) {
    case 'action':
      // What was refused stays so: whoever posts it again later, when it would be let through, has pressed nothing.
      if (text !== null) await changed(app, incoming, async () => {})
      return { toast: { tone: 'danger', text: shown } }
    case 'text':
      await changed(app, incoming, (current) => answer(current, incoming, { reply: line(shown, 'warning') }))
      return {}
    case 'membership':
      throw error
  }
}

/**
 * Nothing can be kept, an answer no more than what it would answer.
 * @throws {Unwritable} for what the platform brings again
 */
function failUnsaved(app: App, incoming: Incoming, apologise: Apology, error: unknown): Answer {
  if (!(error instanceof Unwritable)) throw error
  const { unsaved, unsavedWords } = app.voice.t.errors
  if (incoming.kind === 'action') return { toast: { tone: 'danger', text: unsaved } }
  if (incoming.kind === 'text') apologise(incoming, line(unsavedWords, 'warning'))
  throw error
}

function userText(error: unknown, app: App): string | null {
  if (error instanceof UserError) return error.say(app.voice.t)
  // Two acted at once, and the table let only one of them.
  if (error instanceof IllegalMove) return app.voice.t.errors.changedMeanwhile
  return null
}
