import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileFault } from '../../src/files/file-fault.ts'
import { parseItemRows } from '../../src/files/item-rows.ts'
import { sourceNames } from '../../src/files/names.ts'
import { readTable } from '../../src/files/read-table.ts'
import type { Table } from '../../src/files/table.ts'
import { makeXlsx, textRow } from './make-xlsx.ts'
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
    { numRuns: 500 },
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
    { numRuns: 500 },
  )
})

/** Well-formed XML of the words that a sheet has, in any order and depth. */
const attribute = fc.oneof(
  fc.tuple(fc.constant('r'), fc.constantFrom('1', '2', '-1', '9e9', 'x', '', 'A1', 'B2', 'ZZZ9', '9', 'A')),
  fc.tuple(fc.constant('t'), fc.constantFrom('s', 'str', 'inlineStr', 'b', 'e', 'd', 'n', '?')),
  fc.tuple(fc.constant('s'), fc.constantFrom('0', '1', '99', '-1', 'x')),
  fc.tuple(fc.constant('ref'), fc.constantFrom('A1:A9', 'A1:A99999999', 'B2:A1', '9:', ':', 'A', '')),
)
const text = fc.constantFrom(
  '0',
  '1',
  '46082.5',
  '1e999',
  '-1',
  'source',
  'title',
  '&#x110000;',
  '&#0;',
  ' ',
  '<![CDATA[<]]>',
)
const { node } = fc.letrec<{ node: string; children: string[]; element: string }>((tie) => ({
  node: fc.oneof({ maxDepth: 6 }, text, tie('element')),
  children: fc.array(tie('node'), { maxLength: 4 }),
  element: fc
    .tuple(
      fc.constantFrom('row', 'c', 'c', 'v', 'f', 'is', 't', 'r', 'rPh', 'mergeCell', 'sheetData'),
      fc.uniqueArray(attribute, { selector: ([name]) => name, maxLength: 3 }),
      tie('children'),
    )
    .map(([name, attributes, children]) => {
      const written = attributes.map(([key, value]) => ` ${key}="${value}"`).join('')
      return `<${name}${written}>${children.join('')}</${name}>`
    }),
}))

test('a workbook whose sheet is any XML', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(node, { maxLength: 6 }), (nodes) =>
      holds(
        '.xlsx',
        makeXlsx({ rows: `${textRow(1, 'source', 'title')}${nodes.join('')}` }, { stored: true }),
      ),
    ),
    { numRuns: 500 },
  )
})
