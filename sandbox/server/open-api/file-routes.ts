import { mediaTypeOfImage, mediaTypeOfName, storeFile } from '../files.ts'
import type { Platform } from '../platform.ts'
import { known } from '../state/world.ts'
import { refusal } from './errors.ts'
import { messageById } from './input.ts'
import { readMultipart } from './multipart.ts'
import { type ApiCall, bytes, type Route } from './route.ts'

const mebibyte = 1024 * 1024
export const fileLimit = 30 * mebibyte
export const imageLimit = 10 * mebibyte
const fileTypes = new Set(['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'])
const imageTypes = new Set(['message', 'avatar'])

export const fileRoutes: Route[] = [
  { method: 'POST', path: '/open-apis/im/v1/files', bodyLimit: 40 * mebibyte, handle: createFile },
  { method: 'POST', path: '/open-apis/im/v1/images', bodyLimit: 40 * mebibyte, handle: createImage },
  { method: 'GET', path: '/open-apis/im/v1/messages/:message_id/resources/:file_key', handle: download },
]

function createFile(call: ApiCall, platform: Platform): unknown {
  const { text, data } = upload(call, 'file')
  if (!fileTypes.has(text.file_type ?? '')) throw refusal('fileParams', 'invalid file_type')
  const file_name = text.file_name
  if (!file_name) throw refusal('fileParams', 'file_name is empty')
  if (data.length > fileLimit) throw refusal('fileTooBig')
  const media_type = mediaTypeOfName(file_name)
  const file = storeFile(platform, { type: 'file', file_name, media_type, app_id: call.app.app_id }, data)
  return { file_key: file.key }
}

function createImage(call: ApiCall, platform: Platform): unknown {
  const { text, data } = upload(call, 'image')
  if (!imageTypes.has(text.image_type ?? '')) throw refusal('fileParams', 'invalid image_type')
  if (data.length > imageLimit) throw refusal('fileTooBig')
  const media_type = mediaTypeOfImage(data)
  if (!media_type) throw refusal('imageUnreadable')
  const file = storeFile(
    platform,
    { type: 'image', file_name: '', media_type, app_id: call.app.app_id },
    data,
  )
  return { image_key: file.key }
}

function upload(
  { body, contentType }: ApiCall,
  field: string,
): { text: Record<string, string>; data: Buffer } {
  if (!Buffer.isBuffer(body)) throw refusal('fileParams', 'the body is not multipart/form-data')
  let parts: ReturnType<typeof readMultipart>
  try {
    parts = readMultipart(contentType, body)
  } catch (error) {
    throw refusal('fileParams', (error as Error).message)
  }
  const data = parts.find(({ name }) => name === field)?.data
  if (!data) throw refusal('fileParams', `${field} is missing`)
  if (data.length === 0) throw refusal('fileEmpty')
  const others = parts.filter(({ name }) => name !== field)
  return { text: Object.fromEntries(others.map((part) => [part.name, part.data.toString('utf8')])), data }
}

/** The bytes of a file or image that stands in the message. */
function download({ app, params, query }: ApiCall, platform: Platform): unknown {
  if (query.type !== 'file' && query.type !== 'image') throw refusal('fileParams', 'invalid type')
  const message = messageById(platform, params.message_id)
  if (!known(platform.world.chats, message.chat_id).bots.includes(app.app_id)) throw refusal('appNotInChat')
  const key = params.file_key ?? ''
  const file = platform.world.files.get(key)
  if (!file || file.type !== query.type || !message.content.includes(JSON.stringify(key))) {
    throw refusal('fileNotInMessage')
  }
  return bytes(platform.blobs.get(key), {
    'content-type': file.media_type,
    ...(file.file_name && {
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.file_name)}`,
    }),
  })
}
