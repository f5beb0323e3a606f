import { basename } from 'node:path'
import { type DownloadedFile, type IncomingAttachment, Refused } from '../../src/ports.ts'
import { Recent } from './receive/recent.ts'
import type { StoredFile, WithFile } from './receive/wechaty.ts'
import { within } from './within.ts'

/** What is kept of one file of evidence, as on every platform. */
export const maxDownloadBytes = 30 * 1024 * 1024
const downloadTimeoutMs = 60_000
const remembered = 200

export interface Downloads {
  /** The message may be asked for its file later. */
  keep(message: WithFile): void
  /** @throws {Refused} `file-gone`, or `content-too-long` for more than 30 MB. */
  download(attachment: IncomingAttachment): Promise<DownloadedFile>
}

export interface DownloadsDeps {
  /** In the puppet's own memory; nothing where it is forgotten. @throws {Error} where nobody can say now. */
  find(messageId: string): Promise<WithFile | undefined>
}

export function createDownloads({ find }: DownloadsDeps): Downloads {
  const recent = new Recent<WithFile>(remembered)

  async function fileOf(messageId: string): Promise<StoredFile> {
    const message = recent.get(messageId) ?? (await find(messageId))
    if (!message) throw new Refused('file-gone', 'the message with the file is forgotten')
    return message.toFileBox()
  }

  async function fetchFile(attachment: IncomingAttachment): Promise<DownloadedFile> {
    const file = await fileOf(attachment.messageId)
    const data = await collected(await file.toStream())
    return {
      fileName: fileNameOf(attachment, file.name),
      mediaType: file.mediaType.split(';', 1)[0]?.trim() || 'application/octet-stream',
      data,
    }
  }

  return {
    keep: (message) => recent.add(message.id, message),
    download: (attachment) => within(downloadTimeoutMs, fetchFile(attachment)),
  }
}

/** Broken off where it gets too large, whatever anybody says of its size. */
async function collected(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    if (length > maxDownloadBytes)
      throw new Refused('content-too-long', `the file is larger than ${maxDownloadBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** As the sender named it, else as the puppet does; never a path. */
function fileNameOf({ fileName, key }: IncomingAttachment, puppetsName: string): string {
  return basename((fileName || puppetsName).replaceAll('\\', '/')) || key
}
