import { FileFault } from './file-fault.ts'

/**
 * UTF-8 with or without BOM, UTF-16 with one (Excel's "Unicode text"), else GB18030, as Excel in China writes it.
 * @throws {FileFault} where the bytes are none of them
 */
export function decodeText(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return must(decode(bytes, 'utf-8'))
  if (startsWith(bytes, [0xff, 0xfe])) return must(decode(bytes, 'utf-16le'))
  if (startsWith(bytes, [0xfe, 0xff])) return must(decode(bytes, 'utf-16be'))
  return must(decode(bytes, 'utf-8') ?? (isDamagedUtf8(bytes) ? null : decode(bytes, 'gb18030')))
}

function must(text: string | null): string {
  // A NUL is in no text that a person wrote, and in nearly every binary file.
  if (text === null || text.includes('\0')) throw new FileFault('encoding-unknown', {})
  return text
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * Whether most of it is good UTF-8 beyond ASCII and just a few bytes are not. Such bytes would often pass as GB18030,
 * as nonsense; real GB18030, on the other hand, is hardly ever good UTF-8 for three bytes on end.
 */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes)
  let good = 0
  let bad = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0xfffd) bad++
    else if (code >= 0x800) good++
  }
  return good > bad * 4
}

function startsWith(bytes: Uint8Array, prefix: number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte)
}
