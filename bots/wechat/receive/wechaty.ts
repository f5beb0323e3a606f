/** What is needed of wechaty's objects, as small as it is, so that reading them needs no wechaty. */
export interface Person {
  readonly id: string
  name(): string
  type(): number
}

export interface Room {
  readonly id: string
  topic(): Promise<string>
  memberAll(): Promise<Person[]>
  /** What the person is called in this room. */
  alias(person: Person): Promise<string | undefined>
}

export interface StoredFile {
  readonly name: string
  readonly mediaType: string
  toStream(): Promise<AsyncIterable<Buffer>>
}

export interface WithFile {
  readonly id: string
  toFileBox(): Promise<StoredFile>
}

export interface WechatMessage extends WithFile {
  type(): number
  text(): string
  self(): boolean
  date(): Date
  /** @throws {Error} where the puppet does not say. */
  talker(): Person
  room(): Room | undefined
  /** By the puppet's ids where it has them. */
  mentionList(): Promise<Person[]>
  readonly payload?: { readonly filename?: string; readonly mentionIdList?: readonly string[] }
}

/** wechaty's own numbers; a test holds them to it. */
export const messageTypes = {
  Unknown: 0,
  Attachment: 1,
  Audio: 2,
  Image: 6,
  Text: 7,
  Recalled: 13,
  Video: 15,
} as const

export const contactTypes = { Official: 2 } as const

/** As whom the bot is logged in. */
export interface Login {
  puppet: string
  account: string
  name: string
}
