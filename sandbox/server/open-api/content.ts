import { validateCard } from '../card/validate.ts'
import { isObject, type JsonObject, objectsWithin, offeredValues, tooDeep } from '../card/walk.ts'
import { type App, botByOpenId, nameOf, type Platform } from '../platform.ts'
import type { Mention, MessageType } from '../state/world.ts'
import { refusal } from './errors.ts'

/** What a bot wants to say, checked. */
export interface Content {
  msg_type: MessageType
  content: string
  mentions: Mention[]
  offered: string[]
}

const textLimit = 150 * 1024
const cardLimit = 30 * 1024
const types = ['text', 'post', 'image', 'file', 'interactive'] as const satisfies MessageType[]
const postTags = new Set(['text', 'a', 'at', 'img', 'media', 'emotion', 'hr', 'code_block', 'md'])

/** @throws {ApiError} */
export function checkContent(platform: Platform, app: App, msgType: unknown, content: unknown): Content {
  const type = types.find((known) => known === msgType)
  if (!type) throw refusal('params', `invalid msg_type: ${JSON.stringify(msgType)}`)
  if (typeof content !== 'string') throw refusal('params', 'content is not a string')
  const size = Buffer.byteLength(content)
  if (size > (type === 'text' ? textLimit : cardLimit)) throw refusal('tooLong', `${size} bytes`)
  const parsed = parse(content)
  switch (type) {
    case 'text':
      return textContent(platform, parsed)
    case 'post':
      return postContent(platform, app, parsed)
    case 'image':
      return fileContent(platform, app, 'image', parsed.image_key)
    case 'file':
      return fileContent(platform, app, 'file', parsed.file_key)
    case 'interactive':
      return cardContent(platform, parsed)
  }
}

/** @throws {ApiError} 230099 with the platform's inner code in the text. */
export function cardContent(platform: Platform, card: unknown): Content {
  const [fault] = validateCard(card, {
    imageExists: (key) => platform.world.files.get(key)?.type === 'image',
    personExists: (id) => platform.world.people.has(id) || botByOpenId(platform, id) !== undefined,
  })
  if (fault) {
    const { code, path, message, detail } = fault
    throw refusal(
      'cardInvalid',
      `ErrCode: ${code}; ErrPath: ${path}; ErrMsg: ${message}; ErrorValue: ${detail}; `,
    )
  }
  const content = JSON.stringify(card)
  const size = Buffer.byteLength(content)
  if (size > cardLimit) throw refusal('tooLong', `${size} bytes`)
  return { msg_type: 'interactive', content, mentions: [], offered: offeredValues(card) }
}

function parse(content: string): JsonObject {
  let parsed: unknown
  try {
    parsed = JSON.parse(content)
  } catch {
    throw refusal('params', 'content is not a string in json format')
  }
  if (!isObject(parsed) || tooDeep(parsed)) throw refusal('params', 'content is not a json object')
  return parsed
}

function textContent(platform: Platform, { text }: JsonObject): Content {
  if (typeof text !== 'string' || text === '') throw refusal('params', 'text content is empty')
  const { text: kept, mentions } = keyed(platform, text)
  return { msg_type: 'text', content: JSON.stringify({ text: kept }), mentions, offered: [] }
}

/** `<at user_id="ou_…">name</at>` becomes `@_user_1`, as every reader of the message will get it. */
function keyed(platform: Platform, text: string): { text: string; mentions: Mention[] } {
  const mentions: Mention[] = []
  const kept = text.replaceAll(/<at user_id="([^"]+)">[^<]*<\/at>/g, (tag, openId: string) => {
    if (openId === 'all') {
      mentions.push({ key: '@_all', open_id: 'all', name: '所有人' })
      return '@_all'
    }
    if (!platform.world.people.has(openId)) return tag
    const key = `@_user_${mentions.length + 1}`
    mentions.push({ key, open_id: openId, name: nameOf(platform, openId) })
    return key
  })
  return { text: kept, mentions }
}

function postContent(platform: Platform, app: App, post: JsonObject): Content {
  const mentions: Mention[] = []
  const languages = Object.values(post)
  if (languages.length === 0) throw refusal('params', 'post content is empty')
  for (const language of languages) {
    const lines = isObject(language) ? language.content : undefined
    if (!Array.isArray(lines) || !lines.every(Array.isArray)) throw refusal('params', 'invalid post content')
    for (const part of objectsWithin(lines)) {
      if (typeof part.tag !== 'string' || !postTags.has(part.tag)) {
        throw refusal('params', `invalid post tag: ${JSON.stringify(part.tag)}`)
      }
      if (part.tag === 'img') usableFile(platform, app, 'image', part.image_key)
      if (part.tag === 'at' && typeof part.user_id === 'string') {
        const open_id = part.user_id
        mentions.push({ key: `@_user_${mentions.length + 1}`, open_id, name: nameOf(platform, open_id) })
      }
    }
  }
  return { msg_type: 'post', content: JSON.stringify(post), mentions, offered: [] }
}

function fileContent(platform: Platform, app: App, type: 'image' | 'file', key: unknown): Content {
  const file = usableFile(platform, app, type, key)
  const content =
    type === 'image' ? { image_key: file.key } : { file_key: file.key, file_name: file.file_name }
  return { msg_type: type, content: JSON.stringify(content), mentions: [], offered: [] }
}

function usableFile(platform: Platform, app: App, type: 'image' | 'file', key: unknown) {
  const file = typeof key === 'string' ? platform.world.files.get(key) : undefined
  if (!file || file.type !== type) throw refusal('params', `invalid ${type}_key`)
  if (file.app_id !== app.app_id) throw refusal('notResourceOwner')
  return file
}
