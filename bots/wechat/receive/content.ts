import type { IncomingAttachment } from '../../../src/ports.ts'
import { Dropped } from './dropped.ts'
import { asTyped } from './normalise.ts'
import { splitQuote } from './quote.ts'
import { messageTypes, type WechatMessage } from './wechaty.ts'

/** What a message says and brings, mentions still as they were typed. */
export interface Content {
  text: string
  quoted?: string
  attachments: IncomingAttachment[]
}

const attachmentTypes = new Map<number, IncomingAttachment['type']>([
  [messageTypes.Image, 'image'],
  [messageTypes.Attachment, 'file'],
  [messageTypes.Video, 'file'],
])

/** Links, business cards, stickers and WeChat's own notes are nothing that is answered; somebody's voice is talk. */
export function readContent(message: WechatMessage): Content | Dropped {
  const type = message.type()
  const attachment = attachmentTypes.get(type)
  if (attachment) return fileOf(message, attachment)
  // xp knows no type for an answer with a quote.
  if (type !== messageTypes.Text && type !== messageTypes.Unknown)
    return new Dropped(`message of type ${type}`)
  const { quoted, answer } = splitQuote(message.text())
  if (type === messageTypes.Unknown && quoted === undefined) {
    // Some puppets know no type for a file either, but its name.
    return message.payload?.filename ? fileOf(message, 'file') : new Dropped('message of unknown type')
  }
  return {
    text: asTyped(answer).trim(),
    ...(quoted !== undefined && { quoted: asTyped(quoted).trim() }),
    attachments: [],
  }
}

function fileOf({ id, payload }: WechatMessage, type: IncomingAttachment['type']): Content {
  const fileName = payload?.filename
  return { text: '', attachments: [{ messageId: id, key: id, type, ...(fileName && { fileName }) }] }
}
