import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout } from 'node:timers'
import type { DownloadedFile, IncomingAttachment } from '../../src/ports.ts'
import { Refused } from '../../src/ports.ts'
import { ApiError } from './api-error.ts'
import type { FeishuApi } from './client.ts'

/** What Feishu lets people send: files of 30 MB. */
export const maxDownloadBytes = 30 * 1024 * 1024
const downloadTimeoutMs = 60_000

/** @throws {Refused} `content-too-long` for more than 30 MB. */
export async function download(api: FeishuApi, attachment: IncomingAttachment): Promise<DownloadedFile> {
  const { messageId, key, type } = attachment
  const resource = await api.call('message.resource', undefined, (client) =>
    client.im.v1.messageResource.get({ path: { message_id: messageId, file_key: key }, params: { type } }),
  )
  const headers = resource.headers as Record<string, unknown>
  const data = await collect(resource.getReadableStream(), Number(headers['content-length'] ?? 0))
  const mediaType = mediaTypeOf(headers['content-type'])
  return { fileName: fileNameOf(attachment, headers['content-disposition'], mediaType), mediaType, data }
}

async function collect(stream: Readable, announced: number): Promise<Buffer> {
  const timer = setTimeout(
    () => stream.destroy(new ApiError('the download took too long')),
    downloadTimeoutMs,
  )
  const chunks: Buffer[] = []
  let length = 0
  try {
    if (announced > maxDownloadBytes) throw tooLarge()
    for await (const chunk of stream) {
      length += chunk.length
      if (length > maxDownloadBytes) throw tooLarge()
      chunks.push(chunk)
    }
  } catch (error) {
    stream.destroy()
    if (error instanceof Refused || error instanceof ApiError) throw error
    throw new ApiError('the download broke off')
  } finally {
    clearTimeout(timer)
  }
  if (announced > 0 && length !== announced) throw new ApiError('the download broke off')
  return Buffer.concat(chunks)
}

function tooLarge(): Refused {
  return new Refused('content-too-long', `the file is larger than ${maxDownloadBytes} bytes`)
}

function mediaTypeOf(header: unknown): string {
  const [type] = String(header ?? '').split(';')
  return type?.trim().toLowerCase() || 'application/octet-stream'
}

/** Feishu gives an image no name. */
const imageExtensions: Record<string, string> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
}

/** As the sender named it, else as Feishu does, else its key; never a path. */
function fileNameOf({ fileName, key }: IncomingAttachment, disposition: unknown, mediaType: string): string {
  const unnamed = `${key}${imageExtensions[mediaType] ?? ''}`
  const named = fileName || fromDisposition(String(disposition ?? '')) || unnamed
  return basename(named.replaceAll('\\', '/')) || unnamed
}

function fromDisposition(header: string): string | undefined {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1]
  const quoted = /filename="?([^";]+)"?/i.exec(header)?.[1]
  try {
    return decodeURIComponent(extended ?? quoted ?? '') || undefined
  } catch {
    return quoted
  }
}
