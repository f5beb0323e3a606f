import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { faultOf, readContent } from './temp-file.ts'

const text = '编号,来源,标题\r\nH-1,12345热线,蔬菜滞销㑇𠮷\r\n'
const expected = {
  headers: ['编号', '来源', '标题'],
  rows: [{ line: 2, cells: { 编号: 'H-1', 来源: '12345热线', 标题: '蔬菜滞销㑇𠮷' } }],
}

describe('encodings', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${text}`)],
    ['GB18030, four-byte characters too', iconv.encode(text, 'gb18030')],
    ['UTF-16, as "Unicode text"', iconv.encode(text.replaceAll(',', '\t'), 'utf-16le', { addBOM: true })],
    ['UTF-16 big-endian', iconv.encode(text, 'utf-16be', { addBOM: true })],
  ])('%s', async (_, bytes) => {
    expect(await readContent('.csv', bytes)).toEqual(expected)
  })

  test('GB18030 of headers alone, of English with one Chinese word, of long text', async () => {
    for (const sample of ['来源,标题\n专家,联通', 'source,title\nother,联通故障', text.repeat(500)]) {
      const utf8 = await readContent('.csv', sample).catch((error) => error)
      const gb = await readContent('.csv', iconv.encode(sample, 'gb18030')).catch((error) => error)
      expect(gb).toEqual(utf8)
    }
  })

  test.each([
    [
      'UTF-8 with one broken byte',
      Buffer.concat([Buffer.from(text.repeat(5)), Buffer.from([0xe6, 0xa0, 0x2c])]),
    ],
    ['UTF-8 with BOM, then GB18030', Buffer.concat([Buffer.from('\ufeff'), iconv.encode(text, 'gb18030')])],
    ['binary', Buffer.from([0x80, 0x81, 0xff, 0xfe, 0x00])],
    ['text with NUL', Buffer.from('a,b\n1,\0')],
  ])('%s is refused', async (_, bytes) => {
    expect(await faultOf('.csv', bytes)).toEqual({ code: 'encoding-unknown', params: {} })
  })
})

describe('delimiters', () => {
  test.each([
    ['comma', 'a,b\n1,2', { a: '1', b: '2' }],
    ['semicolon', 'a;b\n1;2,5', { a: '1', b: '2,5' }],
    ['tab', 'a\tb\n1\t2;3', { a: '1', b: '2;3' }],
    ['inside quotes it does not count', '"a,,,x";b\n1;2', { 'a,,,x': '1', b: '2' }],
    ["Excel's hint", 'sep=;\na;b,c\n1;2', { a: '1', 'b,c': '2' }],
    ['a title above', '任务清单\n\na;b\n1;2', { a: '1', b: '2' }],
  ])('%s', async (_, content, cells) => {
    expect((await readContent('.csv', content)).rows.map((row) => row.cells)).toEqual([cells])
  })
})

describe('lines', () => {
  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('a row has the line on which it begins, %s', async (_, end) => {
    const content = ['"a","b"', '1,"two', 'lines, three', '"', '', ',', '3,4', '"5",""""', '6,7'].join(end)
    const { rows } = await readContent('.csv', content)
    expect(rows.map((row) => [row.line, row.cells.a])).toEqual([
      [2, '1'],
      [7, '3'],
      [8, '5'],
      [9, '6'],
    ])
    expect(rows[0]?.cells.b?.split(/\r\n|\r|\n/)).toEqual(['two', 'lines, three'])
    expect(rows[2]?.cells.b).toBe('"')
  })

  test('with a hint and a banner above', async () => {
    const { rows } = await readContent('.csv', 'sep=,\r\n2026年任务清单,,\r\n\r\na,b\r\n1,2\r\n')
    expect(rows).toEqual([{ line: 5, cells: { a: '1', b: '2' } }])
  })
})

test('cells are trimmed, missing ones are empty, empty ones at the end are nothing', async () => {
  const { headers, rows } = await readContent('.csv', 'a , b,,\n　1　\n2,3,,,,\n')
  expect(headers).toEqual(['a', 'b'])
  expect(rows).toEqual([
    { line: 2, cells: { a: '1', b: '' } },
    { line: 3, cells: { a: '2', b: '3' } },
  ])
})

test('more cells than headers are a flaw of the row', async () => {
  const { rows } = await readContent('.csv', 'a,b\n1,2,三,4\n5,6')
  expect(rows[0]?.flaws).toEqual([{ header: '', code: 'cells-extra', text: '三' }])
  expect(rows[1]?.flaws).toBeUndefined()
})

test('quotation marks inside an unquoted cell are text', async () => {
  const { rows } = await readContent('.csv', 'a,b\n5" 管,“好”的"确"\n"她说""好""",2')
  expect(rows.map((row) => row.cells)).toEqual([
    { a: '5" 管', b: '“好”的"确"' },
    { a: '她说"好"', b: '2' },
  ])
})

test('a header that objects know already is a header like any other', async () => {
  const { rows } = await readContent('.csv', '__proto__,constructor\n1,2')
  expect(Object.entries(rows[0]?.cells ?? {})).toEqual([
    ['__proto__', '1'],
    ['constructor', '2'],
  ])
})

test('a header row alone is a table without rows', async () => {
  expect(await readContent('.csv', 'a,b\n')).toEqual({ headers: ['a', 'b'], rows: [] })
})

describe('refused', () => {
  test.each([
    ['nothing', '', { code: 'file-empty', params: {} }],
    ['a hint alone', 'sep=;\r\n', { code: 'file-empty', params: {} }],
    ['blank lines', '\n , \n\n', { code: 'file-empty', params: {} }],
    ['a quotation mark left open', 'a,b\n1,2\n3,"4\n5,6\n', { code: 'quote-open', params: { line: 3 } }],
    ['two equal headers', 'a,b,a\n', { code: 'header-twice', params: { header: 'a' } }],
    [
      'a long cell',
      `a,b\n1,${'长'.repeat(20_001)}`,
      { code: 'cell-too-long', params: { line: 2, header: 'b', max: 20_000 } },
    ],
    [
      'a million rows',
      `a,b\n${'1,2\n'.repeat(1_000_000)}`,
      { code: 'too-many-rows', params: { max: 100_000 } },
    ],
    ['too many columns', `${'a,'.repeat(300)}b\n`, { code: 'too-many-columns', params: { max: 200 } }],
    [
      'a row of millions of cells',
      `a,b\n${','.repeat(5_000_000)}1`,
      { code: 'too-many-columns', params: { max: 200 } },
    ],
    ['one cell of 10 MB', `a,b\n1,${'x'.repeat(10_000_000)}`, { code: 'row-too-long', params: { line: 2 } }],
    [
      'a quotation mark left open above 10 MB',
      `a,b\n1,2\n3,"4\n${'5,6\n'.repeat(2_500_000)}`,
      { code: 'row-too-long', params: { line: 3 } },
    ],
  ])('%s', async (_, content, fault) => {
    expect(await faultOf('.csv', content)).toEqual(fault)
  })

  test('a million rows of nothing below are nothing, among the others they are too many', async () => {
    const blank = ',\r\n'.repeat(1_048_000)
    expect((await readContent('.csv', `a,b\r\n1,2\r\n${blank}`)).rows.length).toBe(1)
    expect((await faultOf('.csv', `a,b\r\n${blank}1,2`)).code).toBe('too-many-rows')
  })

  test('100,000 rows and cells of 20,000 characters are taken', async () => {
    const { rows } = await readContent('.csv', `a,b\n${'1,2\n'.repeat(99_999)}1,${'长'.repeat(20_000)}`)
    expect(rows.length).toBe(100_000)
    expect(rows.at(-1)?.line).toBe(100_001)
  })
})
