import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileFault } from '../../src/files/file-fault.ts'
import { parseItemRows } from '../../src/files/item-rows.ts'
import { sourceNames } from '../../src/files/names.ts'
import { readTable } from '../../src/files/read-table.ts'
import type { Table } from '../../src/files/table.ts'
import { makeXlsx, makeZip, textRow, workbookFiles } from './make-xlsx.ts'
import { tempFile } from './temp-file.ts'

/** A table that keeps its promises, or a FileFault: nothing else may come of any content. */
async function holds(extension: string, content: Uint8Array): Promise<void> {
  const path = await tempFile(extension, content)
  const result = await readTable(path).catch((error: unknown) => error)
  if (result instanceof FileFault) {
    expect(result.message).not.toBe('')
    return
  }
  const table = result as Table
  expect(new Set(table.headers).size).toBe(table.headers.length)
  for (const row of table.rows) {
    expect(row.line).toBeGreaterThan(0)
    expect(Object.keys(row.cells).sort()).toEqual([...table.headers].sort())
  }
  const headers = ['source', 'title', ...table.headers.slice(2)]
  const rows = table.rows.map((row) => ({ ...row, cells: { ...row.cells, source: 'other', title: 't' } }))
  const context = { timezone: 'Asia/Shanghai', sources: sourceNames }
  try {
    const parsed = parseItemRows({ headers, rows }, context)
    expect(parsed.rows.length + new Set(parsed.faults.map((f) => f.line)).size).toBe(rows.length)
  } catch (error) {
    expect(error).toBeInstanceOf(FileFault)
  }
}

test.each(['.csv', '.json', '.xlsx', '.xls'])('random bytes called %s', async (extension) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) => holds(extension, bytes)),
    { numRuns: 300 },
  )
})

test('random text that looks like CSV', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab,;\t"\r\n\'= 甲\ufeff'), maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(text, (content) => holds('.csv', Buffer.from(content))),
    { numRuns: 1000 },
  )
})

test('random JSON', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(fc.string(), fc.jsonValue()))),
      (value) => holds('.json', Buffer.from(JSON.stringify(value))),
    ),
    { numRuns: 500 },
  )
})

const good = makeXlsx({
  rows: `${textRow(1, 'source', 'title')}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>46082.5</v></c></row>`,
  strings: '<si><t>12345</t></si>',
  cellXfs: '<xf numFmtId="22"/>',
  afterRows: '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
})

test('a workbook with some bytes changed, or cut short', async () => {
  const changes = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(changes, fc.nat(good.length), fc.boolean(), async (bytes, length, cut) => {
      const copy = Buffer.from(good)
      for (const [at, byte] of bytes) copy[at] = byte
      await holds('.xlsx', cut ? copy.subarray(0, length) : copy)
    }),
    { numRuns: 1000 },
  )
})

test('a workbook whose sheet is made of random pieces of XML', async () => {
  const piece = fc.constantFrom(
    ...[
      '<row>',
      '<row r="2">',
      '<row r="-1">',
      '<row r="x">',
      '</row>',
      '<c>',
      '<c r="B2">',
      '<c r="A1" t="s">',
    ],
    ...[
      '<c t="e">',
      '<c t="str">',
      '<c t="inlineStr">',
      '</c>',
      '<v>',
      '</v>',
      '<is>',
      '</is>',
      '<t>',
      '</t>',
    ],
    ...[
      '<f>',
      '</f>',
      '<v/>',
      '<c s="99">',
      '0',
      '1e999',
      'x',
      '&#x110000;',
      '&lt;',
      '<!--',
      '-->',
      '<![CDATA[',
    ],
    ...[']]>', '<mergeCell ref="A1:A9"/>', '<mergeCell ref="9:"/>', '<mergeCell/>', '<', '>', '/>', '"'],
  )
  const whole = fc.constantFrom(
    textRow(1, 'source', 'title'),
    '<row><c><v>1</v></c><c t="d"><v>x</v></c></row>',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(piece, whole), { maxLength: 20 }), async (pieces) => {
      await holds('.xlsx', makeZip(workbookFiles({ rows: pieces.join('') })))
    }),
    { numRuns: 1000 },
  )
})
