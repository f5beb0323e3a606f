import type { Platform } from './domain/platform.ts'
import type { Message, Tone } from './messages/message.ts'

export type { Platform }

/** What the core needs from outside; the only things that tests fake. Times are epoch milliseconds. */
export interface Clock {
  now(): number
}

/** Jobs by name; BullMQ carries them, SQLite holds the truth, so losing a job only delays it to the next sweep. */
export interface JobQueue {
  /** Have `name` run for `id` at `at`, or sooner if it already was to run sooner. Never throws. */
  schedule(name: JobName, id: string, at: number): Promise<void>
}

export type JobName =
  | 'deliver'
  | 'deliver-in-turn'
  | 'nudge'
  | 'fetch'
  | 'sweep'
  | 'digest'
  | 'announce'
  | 'export'

/** Limits shared by every worker process. */
export interface RateLimiter {
  /** Takes one permit of each limit, all or none. Returns 0 when taken, else the milliseconds to wait. */
  take(limits: RateLimit[]): Promise<number>
  /** Nothing may be taken of this key for so long: the platform said so. */
  block(key: string, ms: number): Promise<void>
}

export interface RateLimit {
  key: string
  permits: number
  perMs: number
}

/** What a platform can do, so that nobody need know which it is. */
export interface Abilities {
  /** A message that was sent can be changed. Where not, `update` does nothing, and news is told in a new message. */
  changesMessages: boolean
  /** A key is shown once, however often it is sent. Where not, what may have arrived is never sent again. */
  sendsOnce: boolean
  /** Sends one message after another, slowly: others must not wait behind it. */
  sendsInTurn: boolean
  /** Of how many entries a list surely is shown whole in one message, however long they are; longer ones go out in parts. */
  entriesInMessage: number
}

/** Sends to one platform. A call that returns means that the platform took it. */
export interface Messenger {
  readonly platform: Platform
  readonly abilities: Abilities
  /** @throws {Refused | Busy} anything else thrown leaves the outcome unknown. */
  send(post: Post): Promise<{ messageId: string }>
  /** Replaces the content of a message that the bot sent. @throws {Refused | Busy} */
  update(messageId: string, message: Message): Promise<void>
  /** The platform's in-app urgent mark (加急) on a message that the bot sent. @throws {Refused | Busy} */
  urge(messageId: string, accounts: string[]): Promise<void>
  download(attachment: IncomingAttachment): Promise<DownloadedFile>
  /** The person's name in the platform's own directory; null where it can't be had soon. Never throws. */
  nameOf(account: string): Promise<string | null>
}

export interface Post {
  /** Idempotency key, at most 50 characters: the same key is shown once where the platform can. */
  key: string
  to: { chat: string } | { account: string }
  message: Message
  /** The platform's id of the message that this one answers. */
  replyTo?: string
  /** Answer in the thread below `replyTo`. */
  inThread?: boolean
  /** What is sent in place of the message's words. */
  file?: FileToSend
}

export interface FileToSend {
  name: string
  data: Buffer
}

export interface DownloadedFile {
  fileName: string
  mediaType: string
  data: Buffer
}

/** The platform took it not, and never will: retrying is useless. */
export class Refused extends Error {
  readonly reason: RefusalReason
  constructor(reason: RefusalReason, message: string) {
    super(message)
    this.name = 'Refused'
    this.reason = reason
  }
}

export type RefusalReason =
  | 'bot-not-in-chat'
  | 'chat-dissolved'
  | 'person-out-of-scope'
  | 'message-recalled'
  | 'message-too-old'
  | 'content-too-long'
  | 'content-invalid'
  | 'not-permitted'
  | 'file-gone'
  /** The platform can't say whether it arrived, and would show it twice. */
  | 'outcome-unknown'
  /** The group or the person is known under another login of the bot: it must be bound anew. */
  | 'wrong-login'
  | 'other'

/** The platform asks to come again later. */
export class Busy extends Error {
  readonly retryAfterMs: number
  constructor(retryAfterMs: number, message: string) {
    super(message)
    this.name = 'Busy'
    this.retryAfterMs = retryAfterMs
  }
}

/** What a platform brings in, whichever it is. */
export type Incoming = IncomingText | IncomingAction | IncomingMembership

interface IncomingBase {
  platform: Platform
  /** Every id under which the platform may bring this same thing again. */
  ids: string[]
  /** When it happened, by the platform's clock. */
  at: number
  chat: { id: string; kind: 'group' | 'private' }
  sender: { account: string; name?: string }
}

export interface IncomingText extends IncomingBase {
  kind: 'text'
  messageId: string
  /** As written, mentions shown as `@name`, the mention of the bot taken out. */
  text: string
  mentionsBot: boolean
  /** Others who were mentioned, in the order of the text. */
  mentions: { account: string; name: string }[]
  /** The messages that this one answers, nearest first. */
  replyTo: string[]
  /** The words of the message that this one answers, where the platform does not tell which it is. */
  quoted?: string
  /** People there often answer without saying to what: such words count where only one thing can be meant. */
  mayBeBare?: boolean
  /** The text began with the number of a choice, whether it still does or not: that choice is meant, or it is unclear. */
  choice?: {
    /** Begins an answer that makes the choice. */
    word: string
    /** What is said where a lead writes it about feedback that waits for review. */
    decision?: string
  }
  attachments: IncomingAttachment[]
}

/** A button pressed or a form submitted on one of the bot's messages. */
export interface IncomingAction extends IncomingBase {
  kind: 'action'
  messageId: string
  command: string
  /** The action's arguments and, over them, the form's values. */
  args: Record<string, unknown>
}

/** The bot itself came into a group, or is no longer in it. */
export interface IncomingMembership extends IncomingBase {
  kind: 'membership'
  change: 'joined' | 'removed' | 'dissolved'
  chatName?: string
}

export interface IncomingAttachment {
  /** Enough for the platform to find the file again. */
  messageId: string
  key: string
  type: 'image' | 'file'
  fileName?: string
}

/** What the one who acted sees at once; anything more travels through the outbox. */
export interface Answer {
  toast?: { tone: Tone; text: string }
  /** The new content of the message that was acted on. */
  replace?: Message
}

/** Nothing can be kept now, whatever it is: the disk is full, or may not be written. What was tried has not happened. */
export class Unwritable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Unwritable'
  }
}

/** It can't be acted on yet, and must not be taken as done: the platform shall bring it again. */
export class NotYet extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NotYet'
  }
}

/** @throws {NotYet} */
export type IncomingHandler = (incoming: Incoming) => Promise<Answer>

/** What has become of a platform's connection, where people must do something about it or may stop to. */
export type ConnectionChange =
  /** Somebody must log the bot in again. */
  | 'logged-out'
  /** The service between the bot and the platform does not answer. */
  | 'gateway-lost'
  | 'back'
  /** Enough was answered there for a day: further answers wait, so that room is left for what the bot has to say by itself. */
  | 'replies-held'
  /** Enough was said there for a day: what the bot has to say by itself waits. */
  | 'pushes-held'
