import { crc32, deflateRawSync } from 'node:zlib'

/** What a test may bend in a zip archive that is otherwise in order. */
export interface ZipTricks {
  /** Sizes and offsets in the zip64 extra field, as Java's streaming writers do even for small files. */
  zip64?: boolean
  encrypted?: boolean
  /** The unpacked size that the directory claims, for every entry. */
  claimedSize?: number
  stored?: boolean
  breakChecksum?: boolean
  comment?: string
  /** How many files more there are in the very bytes of the last. */
  copies?: number
}

export function makeZip(files: Record<string, string | Buffer>, tricks: ZipTricks = {}): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content)
    const packed = tricks.stored ? data : deflateRawSync(data)
    const path = Buffer.from(name)
    const common = Buffer.alloc(12)
    common.writeUInt16LE(tricks.encrypted ? 1 : 0, 0)
    common.writeUInt16LE(tricks.stored ? 0 : 8, 2)
    common.writeUInt32LE((crc32(data) ^ (tricks.breakChecksum ? 1 : 0)) >>> 0, 8)
    const size = tricks.claimedSize ?? data.length
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    common.copy(local, 6)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size, 22)
    local.writeUInt16LE(path.length, 26)
    locals.push(local, path, packed)
    const extra = tricks.zip64 ? zip64Extra([size, packed.length, offset]) : Buffer.alloc(0)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    common.copy(entry, 8)
    entry.writeUInt32LE(tricks.zip64 ? 0xffffffff : packed.length, 20)
    entry.writeUInt32LE(tricks.zip64 ? 0xffffffff : size, 24)
    entry.writeUInt16LE(path.length, 28)
    entry.writeUInt16LE(extra.length, 30)
    entry.writeUInt32LE(tricks.zip64 ? 0xffffffff : offset, 42)
    directory.push(entry, path, extra)
    const isLast = locals.length === 3 * Object.keys(files).length
    for (let copy = 0; isLast && copy < (tricks.copies ?? 0); copy += 1)
      directory.push(entry, Buffer.from(String(copy).padStart(path.length)), extra)
    offset += local.length + path.length + packed.length
  }
  const entries = Buffer.concat(directory)
  const count = Object.keys(files).length + (tricks.copies ?? 0)
  return Buffer.concat([...locals, entries, ...endOf(count, entries.length, offset, tricks)])
}

function zip64Extra(values: number[]): Buffer {
  // Another field first: readers must step over it.
  const extra = Buffer.alloc(8 + 4 + values.length * 8)
  extra.writeUInt16LE(0x5455, 0)
  extra.writeUInt16LE(4, 2)
  extra.writeUInt16LE(1, 8)
  extra.writeUInt16LE(values.length * 8, 10)
  for (const [index, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 12 + index * 8)
  return extra
}

function endOf(count: number, size: number, start: number, tricks: ZipTricks): Buffer[] {
  const comment = Buffer.from(tricks.comment ?? '')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(tricks.zip64 ? 0xffff : count, 10)
  end.writeUInt32LE(tricks.zip64 ? 0xffffffff : size, 12)
  end.writeUInt32LE(tricks.zip64 ? 0xffffffff : start, 16)
  end.writeUInt16LE(comment.length, 20)
  if (!tricks.zip64) return [end, comment]
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeBigUInt64LE(BigInt(count), 32)
  end64.writeBigUInt64LE(BigInt(size), 40)
  end64.writeBigUInt64LE(BigInt(start), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(start + size), 8)
  return [end64, locator, end, comment]
}

export interface WorkbookParts {
  /** Inside `<sheetData>`. */
  rows: string
  afterRows?: string
  strings?: string
  numFmts?: string
  cellXfs?: string
  workbookPr?: string
}

const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** The parts of a workbook with a hidden sheet before the one that counts. */
export function workbookFiles(parts: WorkbookParts): Record<string, string> {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  return {
    '_rels/.rels': `${head}<Relationships><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${spreadsheet}" xmlns:r="${relationships}">${parts.workbookPr ?? ''}<sheets><sheet name="码表" sheetId="1" state="hidden" r:id="rId9"/><sheet name="事项" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships><Relationship Id="rId9" Type="${relationships}/worksheet" Target="worksheets/hidden.xml"/><Relationship Id="rId2" Type="${relationships}/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="rId3" Type="${relationships}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `${head}<sst xmlns="${spreadsheet}">${parts.strings ?? ''}</sst>`,
    'xl/styles.xml': `${head}<styleSheet xmlns="${spreadsheet}"><numFmts>${parts.numFmts ?? ''}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${parts.cellXfs ?? ''}</cellXfs></styleSheet>`,
    'xl/worksheets/hidden.xml': `${head}<worksheet xmlns="${spreadsheet}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`,
    'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${spreadsheet}"><sheetData>${parts.rows}</sheetData>${parts.afterRows ?? ''}</worksheet>`,
  }
}

export function makeXlsx(parts: WorkbookParts, tricks: ZipTricks = {}): Buffer {
  return makeZip(workbookFiles(parts), tricks)
}

/** Cells of text from column A on, as a writer without a string table puts them. */
export function textRow(line: number, ...texts: string[]): string {
  const cells = texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`)
  return `<row r="${line}">${cells.join('')}</row>`
}
