import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { decodeText } from './decode-text.ts'
import { FileFault } from './file-fault.ts'
import { bytesPerMb, maxFileMb } from './limits.ts'
import { readCsv } from './read-csv.ts'
import { readJson } from './read-json.ts'
import type { Table } from './table.ts'
import { readXlsx } from './xlsx/read-xlsx.ts'

/**
 * Reads a .csv, .xlsx or .json file into one shape.
 * @throws {FileFault} naming what is wrong with the file; nothing else is thrown for any content
 */
export async function readTable(path: string): Promise<Table> {
  const name = basename(path)
  const extension = extname(name).toLowerCase()
  const read = readers[extension]
  if (!read && extension !== '.xls') throw new FileFault('file-type', { name })
  const bytes = await load(path, name)
  refuseOle(bytes, extension)
  if (!read) throw new FileFault('file-old-excel', {})
  return read(bytes)
}

const readers: Record<string, ((bytes: Buffer) => Table) | undefined> = {
  '.csv': (bytes) => readCsv(textOf(bytes, '.csv')),
  '.json': (bytes) => readJson(textOf(bytes, '.json')),
  '.xlsx': (bytes) => {
    if (!isZip(bytes)) throw new FileFault('file-not-as-named', { extension: '.xlsx' })
    return readXlsx(bytes)
  },
}

function textOf(bytes: Buffer, extension: string): string {
  if (isZip(bytes)) throw new FileFault('file-not-as-named', { extension })
  return decodeText(bytes)
}

async function load(path: string, name: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size > maxFileMb * bytesPerMb) throw new FileFault('file-too-big', { maxMb: maxFileMb })
    const bytes = await readFile(path)
    if (bytes.length === 0) throw new FileFault('file-empty', {})
    return bytes
  } catch (error) {
    if (error instanceof FileFault) throw error
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    if (reason === 'ENOENT') throw new FileFault('file-missing', { name }, { cause: error })
    throw new FileFault('file-unreadable', { name, reason }, { cause: error })
  }
}

function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04'
}

const oleSignature = Buffer.from('d0cf11e0a1b11ae1', 'hex')
/** The stream in which Office keeps a workbook that has a password. */
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le')

/** OLE is the container both of Excel 97 files and of encrypted newer ones. */
function refuseOle(bytes: Buffer, extension: string): void {
  if (!bytes.subarray(0, 8).equals(oleSignature)) return
  if (bytes.includes(encryptedStream)) throw new FileFault('file-encrypted', {})
  if (extension === '.xls' || extension === '.xlsx') throw new FileFault('file-old-excel', {})
  throw new FileFault('file-not-as-named', { extension })
}
