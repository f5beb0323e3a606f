import type { SendRequest } from '../api.ts'
import { announceMessage } from './events/events.ts'
import { mediaTypeOfImage, mediaTypeOfName, storeFile } from './files.ts'
import { type Below, post } from './messages.ts'
import type { Content } from './open-api/content.ts'
import { fileLimit, imageLimit } from './open-api/file-routes.ts'
import { nameOf, type Platform } from './platform.ts'
import { existing, SandboxRefusal } from './refused.ts'
import type { Chat, Mention, StoredMessage } from './state/world.ts'

/** A person writes into a chat; the bots that may hear it do. @throws {SandboxRefusal} */
export function sendAsPerson(platform: Platform, chatId: string, request: SendRequest): StoredMessage {
  const chat = existing(platform.world.chats, chatId, 'chat')
  if (chat.dissolved) throw new SandboxRefusal('the chat has been dissolved')
  if (!chat.members.includes(request.sender)) throw new SandboxRefusal(`${request.sender} is not in the chat`)
  const below = belowOf(platform, chat, request)
  const content = contentOf(platform, chat, request)
  const message = post(platform, chat, content, { sender: request.sender, ...(below && { below }) })
  announceMessage(platform, message)
  return message
}

function belowOf(platform: Platform, chat: Chat, { reply_to, in_thread }: SendRequest): Below | undefined {
  if (reply_to === undefined) return undefined
  const parent = existing(platform.world.messages, reply_to, 'message')
  if (parent.chat_id !== chat.chat_id) throw new SandboxRefusal(`${reply_to} is in another chat`)
  if (parent.recalled) throw new SandboxRefusal(`${reply_to} was recalled`)
  if (in_thread && chat.platform) throw new SandboxRefusal('WeChat has no threads')
  return { parent, inThread: in_thread ?? false }
}

function contentOf(platform: Platform, chat: Chat, request: SendRequest): Content {
  if ((request.text === undefined) === (request.file === undefined)) {
    throw new SandboxRefusal('a message is either text or a file')
  }
  if (request.file) return fileContent(platform, request.file)
  return textContent(platform, chat, request.text ?? '', request.mentions ?? [])
}

function textContent(platform: Platform, chat: Chat, text: string, ids: string[]): Content {
  if (text.trim() === '') throw new SandboxRefusal('the text is empty')
  if (Buffer.byteLength(text) > 150 * 1024) throw new SandboxRefusal('the text is longer than 150 KB')
  const mentions: Mention[] = []
  let kept = text
  for (const open_id of new Set(ids)) {
    const isBot = [...platform.apps.values()].some(
      (app) => app.bot.open_id === open_id && chat.bots.includes(app.app_id),
    )
    if (!isBot && !chat.members.includes(open_id)) throw new SandboxRefusal(`${open_id} is not in the chat`)
    const name = nameOf(platform, open_id)
    const key = `@_user_${mentions.length + 1}`
    if (!kept.includes(`@${name}`)) throw new SandboxRefusal(`the text does not contain @${name}`)
    kept = kept.replaceAll(`@${name}`, key)
    mentions.push({ key, open_id, name })
  }
  return { msg_type: 'text', content: JSON.stringify({ text: kept }), mentions, offered: [] }
}

function fileContent(platform: Platform, file: NonNullable<SendRequest['file']>): Content {
  const data = Buffer.from(file.base64, 'base64')
  if (data.length === 0) throw new SandboxRefusal('the file is empty')
  if (data.length > (file.type === 'image' ? imageLimit : fileLimit))
    throw new SandboxRefusal('the file is too big')
  const media_type = file.type === 'image' ? mediaTypeOfImage(data) : mediaTypeOfName(file.name)
  if (!media_type) throw new SandboxRefusal('the file is no image that the platform can read')
  const { key, file_name } = storeFile(platform, { type: file.type, file_name: file.name, media_type }, data)
  const content = file.type === 'image' ? { image_key: key } : { file_key: key, file_name }
  return { msg_type: file.type, content: JSON.stringify(content), mentions: [], offered: [] }
}

/** The person has seen everything that the chat holds now. @throws {SandboxRefusal} */
export function markRead(platform: Platform, chatId: string, person: string): void {
  const chat = existing(platform.world.chats, chatId, 'chat')
  if (!chat.members.includes(person)) throw new SandboxRefusal(`${person} is not in the chat`)
  const count = chat.messages.length
  if (chat.seen.get(person) !== count) platform.commit({ op: 'seen', chat_id: chatId, person, count })
}
