import { crc32, inflateRawSync } from 'node:zlib'
import { FileFault } from '../file-fault.ts'
import { bytesPerMb, maxUnpackedMb } from '../limits.ts'

/** The files in a zip archive. `read` unpacks one, null where there is none of that name. @throws {FileFault} */
export interface Archive {
  read(path: string): Buffer | null
}

interface Entry {
  method: number
  encrypted: boolean
  crc: number
  packed: number
  unpacked: number
  /** Of the local header. */
  offset: number
}

/**
 * Reads the directory of an archive and unpacks nothing yet. The sizes that the directory gives are added up first,
 * and no file may unpack to more than its own: that is what stops a zip bomb, honest or lying.
 * @throws {FileFault}
 */
export function openZip(bytes: Buffer): Archive {
  const entries = orDamaged(() => readDirectory(bytes))
  const total = [...entries.values()].reduce((sum, entry) => sum + entry.unpacked, 0)
  if (total > maxUnpackedMb * bytesPerMb) throw new FileFault('unpacked-too-big', { maxMb: maxUnpackedMb })
  return {
    read(path) {
      const entry = entries.get(path.toLowerCase())
      return entry ? unpack(bytes, entry) : null
    },
  }
}

const endSignature = 0x06054b50
const end64Signature = 0x06064b50
const locator64Signature = 0x07064b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50

/** By lower-case path with forward slashes. Offsets as in PKWARE's APPNOTE, 4.3.12 and 4.3.16. */
function readDirectory(bytes: Buffer): Map<string, Entry> {
  const { count, start } = findDirectory(bytes)
  const entries = new Map<string, Entry>()
  let at = start
  for (let i = 0; i < count; i++) {
    if (bytes.readUInt32LE(at) !== entrySignature) throw new RangeError('directory entry')
    const nameLength = bytes.readUInt16LE(at + 28)
    const extraLength = bytes.readUInt16LE(at + 30)
    const commentLength = bytes.readUInt16LE(at + 32)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    entries.set(name.replaceAll('\\', '/').toLowerCase(), {
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      ...wideFields(extra, {
        unpacked: bytes.readUInt32LE(at + 24),
        packed: bytes.readUInt32LE(at + 20),
        offset: bytes.readUInt32LE(at + 42),
      }),
    })
    at += 46 + nameLength + extraLength + commentLength
  }
  return entries
}

function findDirectory(bytes: Buffer): { count: number; start: number } {
  // 22 bytes and, after them, a comment of up to 65,535.
  const lowest = Math.max(0, bytes.length - 22 - 0xffff)
  let at = bytes.length - 22
  while (at >= lowest && !isEndAt(bytes, at)) at--
  if (at < lowest) throw new RangeError('no directory')
  const hasZip64 = at >= 20 && bytes.readUInt32LE(at - 20) === locator64Signature
  if (!hasZip64) return { count: bytes.readUInt16LE(at + 10), start: bytes.readUInt32LE(at + 16) }
  const end64 = Number(bytes.readBigUInt64LE(at - 12))
  if (bytes.readUInt32LE(end64) !== end64Signature) throw new RangeError('zip64 directory')
  return {
    count: Number(bytes.readBigUInt64LE(end64 + 32)),
    start: Number(bytes.readBigUInt64LE(end64 + 48)),
  }
}

/** A comment may hold the signature too, but hardly with a length that fits. */
function isEndAt(bytes: Buffer, at: number): boolean {
  return bytes.readUInt32LE(at) === endSignature && at + 22 + bytes.readUInt16LE(at + 20) <= bytes.length
}

const wide = 0xffffffff

/** Java's streaming writers put every size into the zip64 extra field (id 1), even small ones. */
function wideFields<T extends Record<'unpacked' | 'packed' | 'offset', number>>(extra: Buffer, fields: T): T {
  let at = 0
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2)
  at += 4
  const widened = { ...fields }
  for (const key of ['unpacked', 'packed', 'offset'] as const) {
    if (fields[key] !== wide) continue
    widened[key] = Number(extra.readBigUInt64LE(at))
    at += 8
  }
  return widened
}

function unpack(bytes: Buffer, entry: Entry): Buffer {
  if (entry.encrypted) throw new FileFault('file-encrypted', {})
  return orDamaged(() => {
    if (bytes.readUInt32LE(entry.offset) !== localSignature) throw new RangeError('local header')
    const start =
      entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28)
    const packed = bytes.subarray(start, start + entry.packed)
    const unpacked = inflate(packed, entry)
    if (unpacked.length !== entry.unpacked) throw new RangeError('size')
    if (crc32(unpacked) !== entry.crc) throw new RangeError('checksum')
    return unpacked
  })
}

function inflate(packed: Buffer, entry: Entry): Buffer {
  if (entry.method === 0) return packed
  if (entry.method !== 8) throw new RangeError(`compression method ${entry.method}`)
  if (entry.unpacked === 0) return Buffer.alloc(0)
  return inflateRawSync(packed, { maxOutputLength: entry.unpacked })
}

/** Reading beyond the bytes and inflating rubbish throw; either way the archive is damaged. */
function orDamaged<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw new FileFault('file-damaged', { detail: `zip: ${(error as Error).message}` }, { cause: error })
  }
}
