import type { z } from 'zod'
import type { Role } from '../domain/person.ts'
import type { Message, Tone } from '../messages/message.ts'
import type { Wording } from '../messages/wording.ts'
import type { Incoming } from '../ports.ts'
import type { Actor } from '../services/actor.ts'
import type { App } from '../services/app.ts'
import type { Work } from '../services/work.ts'

/** What a command came with. */
export interface Call {
  app: App
  incoming: Incoming
  actor: Actor
  now: number
  /** Every command, for the help. */
  commands: readonly Command[]
}

export interface Result {
  /** What the reply is about: an answer to it is then understood. */
  assignments?: number[]
  /** The item that the reply shows, to be kept up to date. */
  item?: number
  /** The departments whose things the reply shows, each entitled to it; `all` where it shows everyone's. */
  about?: number[] | 'all'
  /** Said in the chat, as an answer to what was written. */
  reply?: Message
  /** Shown at once to the one who pressed the button. */
  toast?: string
  /** The toast's; by default that of a success. */
  tone?: Tone
  /** The new content of the card that was acted on; where that takes long to read, it is made after the commit. */
  replace?: Message | (() => Promise<Message>)
}

interface Shape<Args> {
  /** Its English name, and its key in the wording. */
  name: CommandName
  /** Who may use it; `anyone` is not even asked for a name in the directory. */
  roles: readonly Role[] | 'anyone'
  args: z.ZodType<Args>
  /** What the words after the command's name say, for `args` to check. @throws {UserError} */
  parse(words: string, call: Call): unknown
  /** Reached by buttons alone: not in the help, not by name. */
  hidden?: true
}

/** Only reads; whatever it takes long for holds up nobody. */
export interface Query<Args> extends Shape<Args> {
  changes: false
  run(call: Call, args: Args): Promise<Result>
}

/** Changes something, in the one transaction of `work`. */
export interface Change<Args, Seen = void> extends Shape<Args> {
  changes: true
  /** What takes long to read: before the transaction, so that it holds up nobody. `run` may find it changed. */
  look?(call: Call, args: Args): Promise<Seen>
  run(call: Call, args: Args, work: Work, seen: Seen): Promise<Result>
}

export type CommandName = keyof Wording['commands'] | 'form'

// biome-ignore lint/suspicious/noExplicitAny: a list holds commands of many argument types; `args` guards each call
export type Command = Query<any> | Change<any, any>

export function defineQuery<Args>(command: Omit<Query<Args>, 'changes'>): Query<Args> {
  return { ...command, changes: false }
}

export function defineChange<Args, Seen = void>(
  command: Omit<Change<Args, Seen>, 'changes'>,
): Change<Args, Seen> {
  return { ...command, changes: true }
}

/** The platform's id of the card that was clicked: the answer brings its new content. */
export function clickedCard({ incoming }: Call): string | undefined {
  return incoming.kind === 'action' ? incoming.messageId : undefined
}
