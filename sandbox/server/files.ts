import { extname } from 'node:path'
import { newId } from './ids.ts'
import type { Platform } from './platform.ts'
import type { StoredFile } from './state/world.ts'

/** Keeps the bytes first, then the record of them. */
export function storeFile(
  platform: Platform,
  file: Omit<StoredFile, 'key' | 'size'>,
  data: Buffer,
): StoredFile {
  const stored = { ...file, key: newId(file.type), size: data.length }
  platform.blobs.put(stored.key, data)
  platform.commit({ op: 'file', file: stored })
  return stored
}

const signatures: [mediaType: string, at: number, bytes: string][] = [
  ['image/png', 0, '\x89PNG'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['image/bmp', 0, 'BM'],
  ['image/x-icon', 0, '\x00\x00\x01\x00'],
  ['image/tiff', 0, 'II*\x00'],
  ['image/tiff', 0, 'MM\x00*'],
  ['image/heic', 4, 'ftyphei'],
]

/** By the first bytes; `undefined` for what the platform would not take as an image. */
export function mediaTypeOfImage(data: Buffer): string | undefined {
  const head = data.subarray(0, 16).toString('latin1')
  return signatures.find(([, at, bytes]) => head.startsWith(bytes, at))?.[0]
}

const byExtension: Record<string, string> = {
  '.pdf': 'application/pdf',
  '.doc': 'application/msword',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xls': 'application/vnd.ms-excel',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.ppt': 'application/vnd.ms-powerpoint',
  '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.zip': 'application/zip',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.mp4': 'video/mp4',
}

export function mediaTypeOfName(name: string): string {
  return byExtension[extname(name).toLowerCase()] ?? 'application/octet-stream'
}
