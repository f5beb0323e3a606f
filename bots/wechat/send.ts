import { FileBox } from 'file-box'
import type { Logger } from 'pino'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import type { Chart } from '../../src/messages/message.ts'
import type { Locale } from '../../src/messages/voice.ts'
import { Busy, type Messenger, type Post, Refused } from '../../src/ports.ts'
import { wechatAbilities } from './abilities.ts'
import { type Address, parseAddress } from './address.ts'
import type { Connection, Online } from './connection.ts'
import { isBeforeSending, isGatewayLoss, refusalOf } from './gateway-error.ts'
import type { Pace } from './pace.ts'
import { chartLines } from './picture/lines.ts'
import { chartPicture } from './picture.ts'
import { renderPages } from './text.ts'
import { Cut, within } from './within.ts'

export interface SendTiming {
  /** A message of which nothing is heard for so long may have arrived or not. */
  sendMs: number
  /** One question about a group or a person. */
  lookUpMs: number
}

export const defaultSendTiming: SendTiming = { sendMs: 20_000, lookUpMs: 10_000 }

export interface MessengerDeps {
  connection: Pick<Connection, 'online' | 'noteFailure'>
  pace: Pace
  locale: Locale
  log: Logger
  download: Messenger['download']
  /** The address of who wrote that message, as far as it is remembered. */
  whoSaid(messageId: string): string | undefined
  timing?: Partial<SendTiming>
}

type File = Parameters<PuppetInterface['messageSendFile']>[1]

/** One message of a post, ready to be sent. */
type Part = { text: string; mentions?: string[] } | { file: File; inWords?: string }

const awayMs = 30_000
/** Whoever has said too much is silent for so long: what goes on is blocked for days. */
const silentMs = 10 * 60_000
const nameMs = 1_000

export function createMessenger(deps: MessengerDeps): Messenger {
  const { connection, pace, locale, log } = deps
  const timing = { ...defaultSendTiming, ...deps.timing }

  function online(): Online {
    const present = connection.online()
    if (!present) throw new Busy(awayMs, 'the bot is not logged in to WeChat')
    return present
  }

  async function send(post: Post): Promise<{ messageId: string }> {
    const present = online()
    const to = addressOf(post, present)
    const parts = await partsOf(post, to, present)
    const { puppet, account } = present.login
    const speaker = { account: `${puppet}:${account}`, isReply: post.replyTo !== undefined }
    return pace.run(speaker, async (turn) => {
      let messageId: string | undefined
      for (const [index, part] of parts.entries()) {
        const isFirst = index === 0
        await turn()
        try {
          const id = await say(to.id, part, present)
          messageId ??= id
        } catch (error) {
          note(error, { part: index + 1, of: parts.length })
          if (isFirst) throw verdictOn(error)
          if (!('file' in part)) throw new Refused('outcome-unknown', 'nobody knows whether it arrived')
          // The words are out: what stands in the picture behind them is told in words too.
          const { inWords: text } = part
          if (text)
            await turn()
              .then(() => say(to.id, { text }, present))
              .catch(note)
        }
      }
      // Some puppets do not tell the id; then nobody can answer it but by its words.
      return { messageId: messageId ?? `sent:${post.key}` }
    })
  }

  function note(error: unknown, where: object = {}): void {
    connection.noteFailure(error)
    log.warn({ reason: kindOf(error), ...where }, 'a message was not sent')
  }

  /** What the failure of a post's first message means for the post. */
  function verdictOn(error: unknown): Refused | Busy {
    if (isBeforeSending(error)) return new Busy(awayMs, 'WeChat is away')
    const refusal = refusalOf(error)
    if (refusal === undefined) return new Refused('outcome-unknown', 'nobody knows whether it arrived')
    if (refusal !== 'too-much') return new Refused(refusal, 'WeChat refused it')
    pace.hold(silentMs)
    return new Busy(silentMs, 'WeChat finds that enough was said')
  }

  async function say(id: string, part: Part, present: Online): Promise<string | undefined> {
    const { bot, ended } = present
    // Nothing was begun yet: not a message whose end nobody knows.
    if (connection.online() !== present) throw new Error('not logged in any more')
    const { puppet } = bot
    const sending =
      'file' in part
        ? puppet.messageSendFile(id, part.file)
        : puppet.messageSendText(id, part.text, part.mentions)
    return (await within(timing.sendMs, sending, ended)) || undefined
  }

  async function partsOf(post: Post, to: Address, present: Online): Promise<Part[]> {
    const members = to.kind === 'room' ? await membersOf(to.id, present) : undefined
    if (!members) await findContact(to.id, present)
    if (post.file) return [{ file: fileBox(post.file.data, post.file.name) }]
    const { pages, charts } = renderPages(post.message, locale)
    const [first = '', ...others] = pages
    const opening = members
      ? await withMentions(first, post, { room: to.id, members, present })
      : { text: first }
    const pictures = await Promise.all(charts.map(chartPart))
    return [opening, ...others.map((text) => ({ text })), ...pictures.flat()]
  }

  /** Those who are in the group. @throws {Refused | Busy} */
  async function membersOf(room: string, { bot, login }: Online): Promise<string[]> {
    const members = await lookUp(bot.puppet.roomMemberList(room), async () => {
      const known = await within(timing.lookUpMs, bot.puppet.roomList())
      return known.includes(room)
    }).catch((error: unknown) => {
      throw error instanceof Unknown ? new Refused('bot-not-in-chat', 'the group is not known') : error
    })
    if (members.length > 0 && !members.includes(login.account)) {
      throw new Refused('bot-not-in-chat', 'the bot is not in the group')
    }
    return members
  }

  /** @throws {Refused | Busy} */
  async function findContact(id: string, { bot }: Online): Promise<void> {
    const { friend } = await lookUp(bot.puppet.contactPayload(id), async () => {
      const known = await within(timing.lookUpMs, bot.puppet.contactList())
      return known.includes(id)
    }).catch((error: unknown) => {
      throw error instanceof Unknown ? new Refused('person-out-of-scope', 'the person is not known') : error
    })
    if (friend === false) throw new Refused('person-out-of-scope', 'the person is no friend of the bot')
  }

  /** What a puppet says it does not have may only be away for now. @throws {Unknown | Busy} */
  async function lookUp<T>(asked: Promise<T>, isKnown: () => Promise<boolean>): Promise<T> {
    try {
      return await within(timing.lookUpMs, asked)
    } catch (error) {
      connection.noteFailure(error)
      const isAway = error instanceof Cut || isGatewayLoss(error) || isBeforeSending(error)
      if (isAway || (await isKnown().catch(() => true))) throw new Busy(awayMs, 'WeChat does not answer')
      throw new Unknown()
    }
  }

  /** Who is meant stands before the text, and is alerted where the platform knows the person in that group. */
  async function withMentions(
    text: string,
    post: Post,
    where: { room: string; members: string[]; present: Online },
  ): Promise<Part> {
    const ids: string[] = []
    const names: string[] = []
    for (const { account, name } of meantBy(post)) {
      const { login } = where.present
      const address = parseAddress(account)
      const isHere =
        address !== null && isOfLogin(address, where.present) && where.members.includes(address.id)
      if (address?.id === login.account) continue
      const known = isHere ? await nameIn(where.room, address.id, where.present) : undefined
      if (isHere && known !== undefined) ids.push(address.id)
      const shown = known ?? name
      if (shown) names.push(`@${shown}\u2005`)
    }
    return names.length > 0 ? { text: `${names.join('')}\n${text}`, mentions: ids } : { text }
  }

  /** Whoever wrote what is answered, then those whom the message mentions, each once. */
  function meantBy({ message, replyTo }: Post): { account: string; name: string }[] {
    const writer = replyTo === undefined ? undefined : deps.whoSaid(replyTo)
    const mentions = message.mentions ?? []
    const all = writer === undefined ? mentions : [{ account: writer, name: '' }, ...mentions]
    return all.filter(({ account }, index) => all.findIndex((other) => other.account === account) === index)
  }

  /** As the group calls the person: by that name the platform finds whom to alert. */
  async function nameIn(room: string, id: string, { bot: { puppet } }: Online): Promise<string | undefined> {
    try {
      const { roomAlias, name } = await within(timing.lookUpMs, puppet.roomMemberPayload(room, id))
      return roomAlias || name || undefined
    } catch {
      return undefined
    }
  }

  async function chartPart(chart: Chart): Promise<Part[]> {
    const text = chartLines(chart, locale).join('\n')
    const png = await chartPicture(chart, locale)
    if (!png) return text === '' ? [] : [{ text }]
    const name = `${chart.title.replaceAll(/[\\/:*?"<>|]/g, ' ')}.png`
    return [{ file: fileBox(png, name), inWords: text }]
  }

  return {
    platform: 'wechat',
    abilities: wechatAbilities(locale),
    send,
    async update() {},
    async urge() {},
    download: deps.download,
    async nameOf(account) {
      const present = connection.online()
      const address = parseAddress(account)
      if (!present || !address || !isOfLogin(address, present)) return null
      const asked = present.bot.puppet.contactPayload(address.id)
      return within(nameMs, asked).then(
        ({ name }) => name || null,
        () => null,
      )
    },
  }
}

/** The platform has no such group or person. */
class Unknown extends Error {}

/** @throws {Refused} where it belongs to another login, or to none. */
function addressOf({ to }: Post, present: Online): Address {
  const address = parseAddress('chat' in to ? to.chat : to.account)
  if (!address || !isOfLogin(address, present)) {
    throw new Refused('wrong-login', 'it was bound under another login')
  }
  return address
}

function isOfLogin({ puppet, account }: Address, { login }: Online): boolean {
  return puppet === login.puppet && account === login.account
}

function fileBox(data: Buffer, name: string): File {
  return FileBox.fromBuffer(data, name) as File
}

/** Without the words of the failure, which may repeat those of the message. */
function kindOf(error: unknown): string {
  if (error instanceof Cut) return error.message
  return isGatewayLoss(error) ? 'the gateway is away' : 'the puppet refused'
}
