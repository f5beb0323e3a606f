import fc from 'fast-check'
import iconv from 'iconv-lite'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import { guardFormula, unguardFormula } from '../../src/files/formula-guard.ts'
import { tableFormats, writeTable } from '../../src/files/write-table.ts'
import { openZip } from '../../src/files/xlsx/zip.ts'
import { readContent } from './temp-file.ts'

const columns = [
  { key: 'code', label: '编号' },
  { key: 'title', label: '标题', width: 40 },
]

describe('csv', () => {
  test('UTF-8 with BOM, CRLF, quotes where they are needed', async () => {
    const bytes = await writeTable('csv', columns, [
      { code: 12, title: '他说"好",\n走了' },
      { code: null, title: '=1+1' },
    ])
    expect(bytes.toString()).toBe('\ufeff编号,标题\r\n12,"他说""好"",\n走了"\r\n,\'=1+1\r\n')
  })
})

test('json has the keys and the values as they are', async () => {
  const bytes = await writeTable('json', columns, [{ code: 12, title: '=1+1', other: 'x' }, { title: null }])
  expect(JSON.parse(bytes.toString())).toEqual([
    { code: 12, title: '=1+1' },
    { code: null, title: null },
  ])
})

describe('xlsx', () => {
  test('another reader reads the same, numbers as numbers', async () => {
    const bytes = await writeTable('xlsx', columns, [
      { code: 12, title: '一\n二 & <三>' },
      { code: null, title: '-5' },
      { code: 3, title: '@SUM(A1)' },
    ])
    expect(await readSheet(bytes)).toEqual([
      ['编号', '标题'],
      [12, '一\n二 & <三>'],
      [null, '-5'],
      [3, "'@SUM(A1)"],
    ])
  })

  test('the header is bold and stays, text wraps, columns are wide enough', async () => {
    const bytes = await writeTable('xlsx', columns, [{ code: 1, title: '标题' }])
    const sheet = openZip(bytes).read('xl/worksheets/sheet1.xml')?.toString() ?? ''
    expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/)
    expect(sheet).toMatch(/<col min="1" max="1" width="8"/)
    expect(sheet).toMatch(/<col min="2" max="2" width="40"/)
    const styles = openZip(bytes).read('xl/styles.xml')?.toString() ?? ''
    expect(styles).toContain('<b/>')
    expect(styles).toMatch(/wrapText="(1|true)"/)
  })

  test('rows are as high as their longest cell needs', async () => {
    const titles = ['一行', '长'.repeat(50), '一\n二\n三', '长'.repeat(5000)]
    const bytes = await writeTable(
      'xlsx',
      columns,
      titles.map((title) => ({ code: 1, title })),
    )
    const sheet = openZip(bytes).read('xl/worksheets/sheet1.xml')?.toString() ?? ''
    const heights = [...sheet.matchAll(/<row r="(\d)"(?: ht="(\d+)")?/g)].map(([, row, height]) => [
      row,
      height,
    ])
    expect(heights).toEqual([
      ['1', undefined],
      ['2', undefined],
      ['3', '45'],
      ['4', '45'],
      ['5', '300'],
    ])
  })

  test('a text that Excel could not hold is cut', async () => {
    const bytes = await writeTable('xlsx', columns, [{ title: '长'.repeat(40_000) }])
    expect(String((await readSheet(bytes))[1]?.[1]).length).toBe(32_767)
  })
})

describe('formulas', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'],
    ['+1+1', "'+1+1"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['＝1+1', "'＝1+1"],
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['  =1+1', "'  =1+1"],
    ['\u3000＝1+1', "'\u3000＝1+1"],
    ['\u200b=1+1', "'\u200b=1+1"],
    ['\ufeff\u0000@SUM(A1)', "'\ufeff\u0000@SUM(A1)"],
    ['\u202e-2+3', "'\u202e-2+3"],
    ['- 建议一', "'- 建议一"],
    ['+86-21-12345678', "'+86-21-12345678"],
    // Plain numbers compute nothing.
    ['-12.5', '-12.5'],
    ['+8613800138000', '+8613800138000'],
    ['12345', '12345'],
    ['1=1', '1=1'],
    ["'=1", "'=1"],
    ['', ''],
  ])('%j becomes %j', (text, guarded) => {
    expect(guardFormula(text)).toBe(guarded)
  })

  test('nothing guarded begins like a formula, and the guard comes off', () => {
    const text = fc.string({ unit: fc.constantFrom(..."=+-@\t\r\n＝'1a. \u200b\u0000") })
    fc.assert(
      fc.property(text, (raw) => {
        const guarded = guardFormula(raw)
        expect(guarded).toMatch(
          /^(?:$|[\s\p{Cc}\p{Cf}]*(?:$|[^\s\p{Cc}\p{Cf}=+\-@＝＋－＠])|[+-]\d+(\.\d+)?$)/u,
        )
        expect(guarded).not.toMatch(/^[\t\r\n]/)
        if (!raw.startsWith("'")) expect(unguardFormula(guarded)).toBe(raw)
      }),
    )
  })
})

describe('what is written is read again', () => {
  // A reader trims cells and passes over blank rows; line ends become \n.
  const value = fc
    .string({ unit: fc.constantFrom(...'=-+@ab1.0,;"|\n\t甲乙𠮷<&>（'), maxLength: 12 })
    .map((text) => text.trim())
  const rows = fc.array(
    fc.record({ code: value, title: value }).filter((row) => row.code !== '' || row.title !== ''),
    { maxLength: 8 },
  )

  test.each(tableFormats)('%s', async (format) => {
    await fc.assert(
      fc.asyncProperty(rows, async (written) => {
        const bytes = await writeTable(format, columns, written)
        const { rows: read } = await readContent(`.${format}`, bytes)
        const [code, title] = format === 'json' ? ['code', 'title'] : ['编号', '标题']
        const plain = read.map(({ cells }) => ({ code: cells[code], title: cells[title] }))
        const kept = (text: string) => (format === 'xlsx' ? guardFormula(text) : text)
        expect(plain).toEqual(written.map((row) => ({ code: kept(row.code), title: kept(row.title) })))
      }),
      { numRuns: 60 },
    )
  })

  test('also saved again as GB18030 by Excel', async () => {
    const bytes = await writeTable('csv', columns, [{ code: 1, title: '-甲,乙' }])
    const saved = iconv.encode(iconv.decode(bytes, 'utf-8'), 'gb18030')
    expect((await readContent('.csv', saved)).rows[0]?.cells).toEqual({ 编号: '1', 标题: '-甲,乙' })
  })
})
