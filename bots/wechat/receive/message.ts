import type { Locale } from '../../../src/messages/voice.ts'
import type { IncomingText } from '../../../src/ports.ts'
import { composeAddress } from '../address.ts'
import { readAnswer } from './answer.ts'
import { readContent } from './content.ts'
import { contentKey } from './content-key.ts'
import { Dropped } from './dropped.ts'
import { findMentions } from './mentioned.ts'
import { mayMention } from './mentions.ts'
import { contactTypes, type Login, type Person, type WechatMessage } from './wechaty.ts'

/** Some puppets bring what was said before the bot was started; the core forgets what it has seen in days, not hours. */
const oldestMs = 24 * 60 * 60 * 1000
/** WeChat's own voices. */
const system = new Set(['weixin', 'fmessage', 'newsapp', 'notifymessage', 'filehelper', 'sys'])

export interface ReadingContext {
  login: Login
  locale: Locale
  now: number
}

export async function readMessage(
  message: WechatMessage,
  { login, locale, now }: ReadingContext,
): Promise<IncomingText | Dropped> {
  const talker = talkerOf(message)
  if (!talker) return new Dropped('nobody said it')
  if (talker.id === login.account || message.self()) return new Dropped('sent by the bot')
  const room = message.room()
  if (system.has(talker.id) || talker.id === room?.id || talker.type() === contactTypes.Official)
    return new Dropped('sent by no person')
  const at = timeOf(message, now)
  if (now - at > oldestMs) return new Dropped('older than a day', 'info')
  const content = readContent(message)
  if (content instanceof Dropped) return content

  const account = addressOf(login, 'contact', talker.id)
  const chat = room ? addressOf(login, 'room', room.id) : account
  const { text, mentioned } = room
    ? await findMentions(message, content, room, login)
    : { text: content.text, mentioned: [] }
  const isBot = ({ id }: { id: string }) => id === login.account
  const mentionsBot = mentioned.some(isBot)
  const { quoted } = content
  const { isNumbered, ...answer } = readAnswer(text, { quoted, locale, toBot: !room || mentionsBot })
  const isToSomebody = mayMention(text) || (message.payload?.mentionIdList?.length ?? 0) > 0
  return {
    kind: 'text',
    platform: 'wechat',
    ids: idsOf(message, { chat, sender: account, at }),
    at,
    chat: { id: chat, kind: room ? 'group' : 'private' },
    sender: { account, ...(talker.name() && { name: talker.name() }) },
    messageId: message.id,
    ...answer,
    mentionsBot,
    mentions: mentioned
      .filter((person) => !isBot(person))
      .map(({ id, name }) => ({ account: addressOf(login, 'contact', id), name })),
    replyTo: [],
    ...(quoted !== undefined && { quoted }),
    // A number alone may be anything that people count, or vote for.
    ...(room && !isNumbered && !isToSomebody && { mayBeBare: true }),
    attachments: content.attachments,
  }
}

function talkerOf(message: WechatMessage): Person | null {
  try {
    return message.talker()
  } catch {
    return null
  }
}

/** Where the puppet does not know it, it was now. */
function timeOf(message: WechatMessage, now: number): number {
  const at = message.date().getTime()
  return at > 0 ? at : now
}

/** Several photos of one second have no words to tell them apart: only their own ids do. */
function idsOf(message: WechatMessage, sent: { chat: string; sender: string; at: number }): string[] {
  const text = message.text()
  return text === '' ? [message.id] : [message.id, contentKey({ ...sent, type: message.type(), text })]
}

function addressOf({ puppet, account }: Login, kind: 'room' | 'contact', id: string): string {
  return composeAddress({ puppet, account, kind, id })
}
