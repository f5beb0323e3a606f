import { setTimeout as sleep } from 'node:timers/promises'
import { FileBox, type FileBoxInterface } from 'file-box'
import { Puppet, types } from 'wechaty-puppet'
import type { Contact, Message, Room, RoomMember } from 'wechaty-puppet/payloads'
import type { Sandbox } from '../server/index.ts'
import type { Chat, StoredMessage } from '../server/state/world.ts'
import type { WechatEvent, WechatSide } from '../server/wechat.ts'
import { noWechatFaults, type SendOutcome, type WechatFaults } from './faults.ts'
import { copyId, isRecallId, recallId, type Spelling, spelling } from './ids.ts'
import { nameOfFile, saidIn } from './said.ts'
import { createSendLog, type SendLog } from './send-log.ts'
import { arriving, type QuoteFormat, recallNotice } from './text.ts'

export interface SandboxPuppetOptions {
  /** How quoted replies arrive. */
  quoteFormat?: QuoteFormat
  /** Whether a send tells the id of what was sent: some puppets do not. */
  tellsSentIds?: boolean
  /** Whether a message says whom it mentions, or leaves that to be read from its text. */
  tellsMentions?: boolean
  /** The login that is kept from an earlier run; `null` where there is none, so that the code must be scanned. */
  session?: string | null
}

/** WeChat takes long texts, but not endless ones. */
const textLimit = 16 * 1024

/**
 * A mock puppet, on the sandbox's chats of platform `wechat`: its contacts are the people there and its rooms the
 * groups. It is as strict, as forgetful and as unreliable as the real ones are known to be.
 */
export function createSandboxPuppet(
  sandbox: Pick<Sandbox, 'wechat'>,
  options: SandboxPuppetOptions = {},
): SandboxPuppet {
  return new SandboxPuppet(sandbox.wechat, options)
}

/** Not on wechaty's own mock, which brings a thousand modules of made-up names with it. */
export class SandboxPuppet extends Puppet {
  readonly faults: WechatFaults = noWechatFaults()
  /** Every send that was asked for, for a test of the pace. */
  readonly sendLog: SendLog = createSendLog()
  readonly #wechat: WechatSide
  readonly #traits: Required<Omit<SandboxPuppetOptions, 'session'>>
  #session: string | null
  #ids: Spelling
  #held: string[] = []
  #stopListening = () => {}

  constructor(wechat: WechatSide, options: SandboxPuppetOptions) {
    super()
    const { quoteFormat = 'wechat4u', tellsSentIds = true, tellsMentions = true, session = '' } = options
    this.#wechat = wechat
    this.#traits = { quoteFormat, tellsSentIds, tellsMentions }
    this.#session = session
    this.#ids = spelling(session ?? '')
  }

  // The account

  override async onStart(): Promise<void> {
    this.#stopListening = this.#wechat.listen((event) => this.#hear(event))
    // As the real ones do: first the start is done, then the login.
    setImmediate(() => {
      if (!this.state.active()) return
      if (this.#session === null) this.askToScan()
      else this.#login(this.#session)
    })
  }

  override async onStop(): Promise<void> {
    this.#stopListening()
  }

  override ding(data = ''): void {
    setImmediate(() => this.emit('dong', { data }))
  }

  /** Somebody scans the code; under another session it is another account, to which everybody is a stranger. */
  scanned(session = ''): void {
    if (this.isLoggedIn) throw new Error('the account is logged in already')
    this.emit('scan', { qrcode: '', status: types.ScanStatus.Confirmed })
    this.#login(session)
  }

  askToScan(qrcode = 'https://login.weixin.example/l/sandbox=='): void {
    this.emit('scan', { qrcode, status: types.ScanStatus.Waiting })
  }

  /** The platform throws the account out, and a new code is shown. */
  async thrownOut(reason = 'the account was logged in elsewhere'): Promise<void> {
    this.#session = null
    await this.logout(reason)
    this.askToScan()
  }

  #login(session: string): void {
    this.#session = session
    this.#ids = spelling(session)
    this.login(this.#self)
    this.emit('ready', { data: 'sandbox' })
  }

  get #self(): string {
    return this.#ids.contact(this.#wechat.bot.open_id)
  }

  /** How this login spells the sandbox's ids. */
  get ids(): Spelling {
    return this.#ids
  }

  // What comes in

  /** Brings the newest messages of all chats again, as after a new start. */
  replay(count: number): void {
    const all = this.#wechat.chats().flatMap((chat) => chat.messages)
    const newest = all
      .map((id) => this.#wechat.message(id))
      .sort((a, b) => a.at - b.at)
      .slice(-count)
    for (const { message_id } of newest) this.emit('message', { messageId: this.#ids.message(message_id) })
  }

  #hear(event: WechatEvent): void {
    if (!this.isLoggedIn) return
    switch (event.type) {
      case 'message':
        this.#bring(this.#ids.message(event.message))
        return
      case 'recalled':
        this.emit('message', { messageId: recallId(this.#ids.message(event.message)) })
        return
      case 'members':
        this.#forgetRoom(event.chat)
        this.#tellMembers(event)
        return
      case 'renamed': {
        this.#forgetRoom(event.chat)
        const { before: oldTopic, after: newTopic } = event
        this.emit('room-topic', {
          ...this.#change(event.chat),
          changerId: this.#ownerOf(event.chat),
          oldTopic,
          newTopic,
        })
        return
      }
    }
  }

  #bring(id: string): void {
    if (this.faults.reverseNext > 0) {
      this.#held.push(id)
      if (this.#held.length < this.faults.reverseNext) return
      this.faults.reverseNext = 0
      for (const held of this.#held.splice(0).reverse()) this.#bring(held)
      return
    }
    for (let copy = 0; copy < this.faults.copies; copy += 1) this.emit('message', { messageId: id })
    for (let copy = 0; copy < this.faults.copiesUnderNewIds; copy += 1) {
      this.emit('message', { messageId: copyId(id, copy + 1) })
    }
  }

  #tellMembers({ chat, joined, left }: WechatEvent & { type: 'members' }): void {
    const owner = this.#ownerOf(chat)
    const contacts = (ids: string[]) => ids.map((id) => this.#ids.contact(id))
    if (joined.length > 0) {
      this.emit('room-join', { ...this.#change(chat), inviterId: owner, inviteeIdList: contacts(joined) })
    }
    if (left.length > 0) {
      this.emit('room-leave', { ...this.#change(chat), removerId: owner, removeeIdList: contacts(left) })
    }
  }

  #change(chat: string): { roomId: string; timestamp: number } {
    return { roomId: this.#ids.room(chat), timestamp: seconds(this.#wechat.now()) }
  }

  #ownerOf(chat: string): string {
    const [owner = this.#wechat.bot.open_id] = this.#wechat.chat(chat).members
    return this.#ids.contact(owner)
  }

  #forgetRoom(chat: string): void {
    this.cache.room.delete(this.#ids.room(chat))
    this.dirtyPayload(types.Payload.Room, this.#ids.room(chat))
  }

  // Messages

  override async messageRawPayload(id: string): Promise<Message> {
    const { message, said } = this.#read(id)
    const isOwn = message.sender === this.#wechat.bot.open_id
    const chat = this.#wechat.chat(message.chat_id)
    const [person = ''] = chat.members
    const base = {
      id,
      talkerId: this.#ids.contact(message.sender),
      timestamp: seconds(message.at),
      ...this.#contentOf(id, said),
    }
    if (chat.kind === 'p2p') return { ...base, listenerId: isOwn ? this.#ids.contact(person) : this.#self }
    const mentionIdList = message.mentions.map(({ open_id }) => this.#ids.contact(open_id))
    return {
      ...base,
      roomId: this.#ids.room(chat.chat_id),
      ...(this.#traits.tellsMentions && { mentionIdList }),
    }
  }

  #read(id: string) {
    const messageId = this.#ids.messageOf(id) ?? ''
    return { message: this.#wechat.message(messageId), said: saidIn(this.#wechat, messageId) }
  }

  #contentOf(id: string, said: ReturnType<typeof saidIn>): Pick<Message, 'type' | 'text' | 'filename'> {
    const { quoteFormat } = this.#traits
    if (isRecallId(id)) {
      const recalled = this.#ids.message(said.id)
      const text = quoteFormat === 'wechat4u' ? recallNotice(recalled, said.name) : recalled
      return { type: types.Message.Recalled, text }
    }
    if (said.file) {
      const { isImage, name } = said.file
      return { type: isImage ? types.Message.Image : types.Message.Attachment, text: '', filename: name }
    }
    const { text, isText } = arriving(said, quoteFormat)
    return { type: isText ? types.Message.Text : types.Message.Unknown, text }
  }

  override async messageFile(id: string): Promise<FileBoxInterface> {
    const { file } = this.#read(id).said
    if (!file) throw new Error(`message ${id} holds no file`)
    return FileBox.fromBuffer(this.#wechat.file(file.key).data, file.name || nameOfFile(file))
  }

  override messageImage(id: string): Promise<FileBoxInterface> {
    return this.messageFile(id)
  }

  override async messageSendText(
    conversation: string,
    text: string,
    mentions: string[] = [],
  ): Promise<string | undefined> {
    return this.#send(conversation, (chat) => {
      if (text === '') throw new Error('the text is empty')
      if (Buffer.byteLength(text) > textLimit) throw new Error('the text is too long')
      const { members } = this.#wechat.chat(chat)
      const people = mentions.map((id) => this.#ids.personOf(id) ?? '')
      return this.#wechat.say(
        chat,
        text,
        people.filter((person) => members.includes(person)),
      )
    })
  }

  override async messageSendFile(conversation: string, file: FileBoxInterface): Promise<string | undefined> {
    const data = await file.toBuffer()
    return this.#send(conversation, (chat) => {
      if (data.length === 0) throw new Error('the file is empty')
      return this.#wechat.sendFile(chat, { name: file.name, data })
    })
  }

  override messageSendContact = unsupported
  override messageSendLocation = unsupported
  override messageSendMiniProgram = unsupported
  override messageSendUrl = unsupported
  override messageForward = unsupported

  async #send(conversation: string, deliver: (chat: string) => StoredMessage): Promise<string | undefined> {
    this.sendLog.note(conversation)
    const outcome = this.faults.sends.shift() ?? 'ok'
    if (this.faults.latencyMs > 0) await sleep(this.faults.latencyMs)
    const chat = this.#receiver(conversation)
    const sent = isDelivered(outcome) ? deliver(chat) : undefined
    if (outcome.startsWith('hangs')) await new Promise<never>(() => {})
    if (outcome.startsWith('logged-out')) await this.thrownOut()
    if (!sent || outcome !== 'ok') throw new Error('the connection was lost')
    return this.#traits.tellsSentIds ? this.#ids.message(sent.message_id) : undefined
  }

  #receiver(conversation: string): string {
    if (!this.isLoggedIn) throw new Error('not logged in')
    if (conversation.includes('@')) {
      const chat = this.#room(conversation)
      if (chat.dissolved || chat.bots.length === 0) throw new Error(`the account is not in ${conversation}`)
      return chat.chat_id
    }
    const person = this.#ids.personOf(conversation)
    const isTheirs = ({ kind, members }: Chat) => kind === 'p2p' && members[0] === person
    const own = this.#wechat.chats().find(isTheirs)
    if (!own) throw new Error(`${conversation} is no friend of the account's`)
    return own.chat_id
  }

  // Contacts and rooms

  override async contactList(): Promise<string[]> {
    const people = new Set(this.#wechat.chats().flatMap(({ members }) => members))
    return [this.#self, ...[...people].map((id) => this.#ids.contact(id))]
  }

  override async contactRawPayload(id: string): Promise<Contact> {
    const name = id === this.#self ? this.#wechat.bot.name : this.#person(id).name
    return {
      id,
      name,
      avatar: '',
      phone: [],
      gender: types.ContactGender.Unknown,
      type: types.Contact.Individual,
    }
  }

  #person(id: string): { name: string } {
    return this.#wechat.person(this.#ids.personOf(id) ?? '')
  }

  override async roomList(): Promise<string[]> {
    const isIn = ({ kind, dissolved, bots }: Chat) => kind === 'group' && !dissolved && bots.length > 0
    return this.#wechat
      .chats()
      .filter(isIn)
      .map((chat) => this.#ids.room(chat.chat_id))
  }

  override async roomRawPayload(id: string): Promise<Room> {
    const chat = this.#room(id)
    const members = chat.members.map((member) => this.#ids.contact(member))
    return {
      id,
      topic: chat.name,
      memberIdList: chat.bots.length > 0 ? [...members, this.#self] : members,
      ownerId: this.#ownerOf(chat.chat_id),
      adminIdList: [],
    }
  }

  #room(id: string): Chat {
    const chat = this.#wechat.chat(this.#ids.chatOf(id) ?? '')
    if (chat.kind !== 'group') throw new Error(`${id} is no room`)
    return chat
  }

  override async roomMemberList(id: string): Promise<string[]> {
    return (await this.roomRawPayload(id)).memberIdList
  }

  override async roomMemberRawPayload(_room: string, contact: string): Promise<RoomMember> {
    const { id, name, avatar } = await this.contactRawPayload(contact)
    return { id, name, avatar }
  }

  // What is read here is a payload already.
  override contactRawPayloadParser = asItIs<Contact>
  override messageRawPayloadParser = asItIs<Message>
  override roomRawPayloadParser = asItIs<Room>
  override roomMemberRawPayloadParser = asItIs<RoomMember>

  // The account owns no room: what an owner may do is refused to it.
  override roomAdd = notPermitted
  override roomDel = notPermitted
  override roomAnnounce = notPermitted
}

function isDelivered(outcome: SendOutcome): boolean {
  return outcome === 'ok' || outcome.endsWith('-delivered')
}

async function asItIs<Payload>(payload: Payload): Promise<Payload> {
  return payload
}

async function unsupported(): Promise<never> {
  throw new Error('this puppet cannot send that')
}

async function notPermitted(): Promise<never> {
  throw new Error('the account does not own the room')
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
