import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { openZip } from '../../src/files/xlsx/zip.ts'

const parts = [
  '_rels/.rels',
  'xl/workbook.xml',
  'xl/_rels/workbook.xml.rels',
  'xl/styles.xml',
  'xl/sharedStrings.xml',
  'xl/worksheets/sheet1.xml',
]
/** What XML and a sheet are made of. */
const pieces = fc.oneof(
  fc.constantFrom(
    ...'<row> </row> <c> </c> <c/> <v> </v> <f> </f> <is> <t> </t> </is> <si> </si> </sst> <!-- --> <![CDATA[ ]]> <?x ?> < > / " \' = &'.split(
      ' ',
    ),
    ...'&#0; &#x110000; &x; <!DOCTYPE&#32;x> r="A1" r="XFD1048576" r="-1" t="s" t="inlineStr" t="d" s="99" s="-1" 0 -1 1e999 46082.5 A1 #REF!'.split(
      ' ',
    ),
    '<mergeCell ref="A1:A1048576"/>',
    '<dimension ref="A1:XFD1048576"/>',
    '<c t="s"><v>9</v></c>',
    '<c><f>SUM(A1)</f></c>',
  ),
  fc.string({ maxLength: 8 }),
)

/** A workbook whose archive is in order, and whose XML is not: a few stretches of it replaced by others. */
export function workbooks(good: Buffer): fc.Arbitrary<Buffer> {
  const archive = openZip(good)
  const texts = parts.flatMap((path) => {
    const content = archive.read(path)
    return content ? [{ path, text: content.toString() }] : []
  })
  const change = fc.tuple(fc.nat(texts.length - 1), fc.nat(100_000), fc.nat(12), pieces)
  return fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) => {
    const bent = texts.map(({ text }) => text)
    for (const [which, where, length, piece] of changes) {
      const text = bent[which] ?? ''
      const at = where % (text.length + 1)
      bent[which] = text.slice(0, at) + piece + text.slice(at + length)
    }
    return zipOf(texts.map(({ path }, at) => ({ path, content: Buffer.from(bent[at] ?? '') })))
  })
}

/** Stored, not packed. Offsets as in PKWARE's APPNOTE. */
function zipOf(files: { path: string; content: Buffer }[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, content } of files) {
    const name = Buffer.from(path)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt32LE(crc32(content), 16)
    entry.writeUInt32LE(content.length, 20)
    entry.writeUInt32LE(content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, name, content)
    directory.push(entry, name)
    offset += local.length + name.length + content.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}
