import { describe, expect, test } from 'vitest'
import { makeXlsx, makeZip, textRow, workbookFiles } from './make-xlsx.ts'
import { faultOf, readContent } from './temp-file.ts'

/** One cell under a header, and what is read from it. */
async function readCell(cell: string, parts: Parameters<typeof makeXlsx>[0] | object = {}) {
  const rows = `${textRow(1, 'a', 'b')}<row r="2">${cell}<c r="B2"><v>1</v></c></row>`
  const table = await readContent('.xlsx', makeXlsx({ ...parts, rows }))
  return table.rows[0]?.flaws?.[0] ?? table.rows[0]?.cells.a
}

describe('text', () => {
  test.each([
    ['inline', '<c r="A2" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c>', '甲'],
    [
      'inline runs',
      '<c r="A2" t="inlineStr"><is><r><t>甲</t></r><r><rPr><b/></rPr><t>乙</t></r></is></c>',
      '甲乙',
    ],
    ['shared', '<c r="A2" t="s"><v>0</v></c>', '共享'],
    ['shared runs without the phonetic guide', '<c r="A2" t="s"><v>1</v></c>', '富文本'],
    ['shared without a value', '<c r="A2" t="s"/>', ''],
    ['a formula that gives text', '<c r="A2" t="str"><f>A1&amp;"x"</f><v>ax</v></c>', 'ax'],
    ['a formula that gives nothing', '<c r="A2" t="str"><f>""</f><v></v></c>', ''],
    [
      'entities',
      '<c r="A2" t="inlineStr"><is><t>&lt;&#20013;&#x56FD;&gt;&amp;amp;</t></is></c>',
      '<中国>&amp;',
    ],
    ['a rare character as an entity', '<c r="A2" t="inlineStr"><is><t>&#x20BB7;</t></is></c>', '𠮷'],
    ['CDATA', '<c r="A2" t="inlineStr"><is><t><![CDATA[a<b>&amp;]]></t></is></c>', 'a<b>&amp;'],
    [
      'comments and instructions',
      '<!-- <c> --><?x <c> ?><c r="A2" t="inlineStr"><is><t>甲</t></is></c>',
      '甲',
    ],
    ['escaped characters', '<c r="A2" t="s"><v>2</v></c>', 'a\nb_x000A_'],
    [
      'single quotes and a > in an attribute',
      "<c x='a>b' r='A2'\n t='inlineStr' ><is><t>甲</t></is></c >",
      '甲',
    ],
    ['what looks like an attribute within one', `<c x=" r='Z9' t='b'" r="A2" t="str"><v>甲</v></c>`, '甲'],
    ['true', '<c r="A2" t="b"><v>1</v></c>', 'TRUE'],
    ['nothing', '<c r="A2" s="0"/>', ''],
  ])('%s', async (_, cell, text) => {
    const strings =
      '<si><t>共享</t></si><si><r><t>富</t></r><r><t>文本</t></r><rPh sb="0" eb="1"><t>fu</t></rPh></si>' +
      '<si><t>a_x000A_b_x005F_x000A_</t></si>'
    expect(await readCell(cell, { strings })).toBe(text)
  })
})

describe('numbers', () => {
  test.each([
    ['13800138000', '13800138000'],
    ['1.3800138E10', '13800138000'],
    ['1.3800138000000001E10', '13800138000'],
    ['0.30000000000000004', '0.3'],
    ['-12.5', '-12.5'],
    ['1E-7', '0.0000001'],
    ['0', '0'],
    // Written in full by something other than Excel.
    ['310101199001011234', '310101199001011234'],
  ])('%s', async (raw, text) => {
    expect(await readCell(`<c r="A2"><v>${raw}</v></c>`)).toBe(text)
  })

  test.each(['3.1010119900101101E+17', '310101199001011000'])('%s has lost digits', async (raw) => {
    expect(await readCell(`<c r="A2"><v>${raw}</v></c>`)).toEqual({
      header: 'a',
      code: 'cell-digits-lost',
      text: '310101199001011000',
    })
  })

  test('zeros in front that the format shows', async () => {
    const parts = { numFmts: '<numFmt numFmtId="170" formatCode="00000"/>', cellXfs: '<xf numFmtId="170"/>' }
    expect(await readCell('<c r="A2" s="1"><v>42</v></c>', parts)).toBe('00042')
  })
})

describe('dates', () => {
  test.each([
    ['14', '', '46082', '2026-03-01'],
    ['22', '', '46082.4375', '2026-03-01T10:30:00'],
    // Half a millisecond off, as binary fractions are.
    ['22', '', '46082.437499994', '2026-03-01T10:30:00'],
    ['22', '', '46082.999999999', '2026-03-02'],
    ['31', '', '46082', '2026-03-01'],
    ['57', '', '46082', '2026-03-01'],
    ['176', 'yyyy"年"m"月"d"日";@', '46082', '2026-03-01'],
    [
      '176',
      '[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\\ h:mm',
      '46082.5',
      '2026-03-01T12:00:00',
    ],
    ['176', '[DBNum1][$-804]m"月"d"日"', '46082', '2026-03-01'],
    ['20', '', '0.4375', '10:30:00'],
    // None of these is a date.
    ['176', '[h]:mm', '46082', '46082'],
    ['176', '0.00"days"', '46082', '46082'],
    ['176', 'General', '46082', '46082'],
    ['176', '#,##0_);[Red]\\(#,##0\\)', '46082', '46082'],
    ['176', '0\\d', '46082', '46082'],
    ['14', '', '-5', '-5'],
    ['14', '', '99999999', '99999999'],
  ])('format %s %s of %s', async (id, code, raw, text) => {
    const formatCode = code.replaceAll('"', '&quot;')
    const numFmts = code && `<numFmt numFmtId="${id}" formatCode="${formatCode}"/>`
    expect(
      await readCell(`<c r="A2" s="1"><v>${raw}</v></c>`, { numFmts, cellXfs: `<xf numFmtId="${id}"/>` }),
    ).toBe(text)
  })

  test('counted from 1904', async () => {
    const parts = { workbookPr: '<workbookPr date1904="1"/>', cellXfs: '<xf numFmtId="14"/>' }
    expect(await readCell('<c r="A2" s="1"><v>44620</v></c>', parts)).toBe('2026-03-01')
  })

  test('as ISO text', async () => {
    expect(await readCell('<c r="A2" t="d"><v>2026-03-01T10:30:00.000Z</v></c>')).toBe('2026-03-01T10:30:00')
    expect(await readCell('<c r="A2" t="d"><v>2026-03-01T00:00:00</v></c>')).toBe('2026-03-01')
  })
})

describe('flaws', () => {
  test.each([
    ['an error', '<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', '#DIV/0!'],
    ['a formula never calculated', '<c r="A2"><f>B2+1</f></c>', '=B2+1'],
    ['the same as openpyxl writes it', '<c r="A2"><f>B2+1</f><v></v></c>', '=B2+1'],
    ['no number', '<c r="A2"><v>12x</v></c>', '12x'],
  ])('%s', async (_, cell, text) => {
    expect(await readCell(cell)).toEqual({ header: 'a', code: 'cell-error', text })
  })
})

describe('the sheet', () => {
  test('lines are its row numbers; gaps, blank rows and cells without an address count', async () => {
    const rows =
      textRow(2, 'a', 'b', 'c') +
      '<row><c t="inlineStr"><is><t>甲</t></is></c><c r="C3"><v>3</v></c></row>' +
      '<row r="5"><c r="A5" t="inlineStr"><is><t> </t></is></c></row>' +
      '<row r="900000"><c r="B900000"><v>9</v></c></row>'
    const table = await readContent('.xlsx', makeXlsx({ rows }))
    expect(table).toEqual({
      headers: ['a', 'b', 'c'],
      rows: [
        { line: 3, cells: { a: '甲', b: '', c: '3' } },
        { line: 900_000, cells: { a: '', b: '9', c: '' } },
      ],
    })
  })

  test('a banner above the header is passed over, notes beside the table do not matter', async () => {
    const rows = `${textRow(1, '2026年任务清单')}${textRow(2, 'a', 'b')}${textRow(3, '1', '2', '备注')}`
    expect((await readContent('.xlsx', makeXlsx({ rows }))).rows).toEqual([
      { line: 3, cells: { a: '1', b: '2' } },
    ])
  })

  test('a cell merged down counts for every row, one merged across does not', async () => {
    const rows =
      textRow(1, 'a', 'b') +
      '<row r="2"><c r="A2" t="inlineStr"><is><t>农委</t></is></c><c r="B2"><v>1</v></c></row>' +
      '<row r="3"><c r="A3"/><c r="B3"><v>2</v></c></row><row r="4"><c r="B4"><v>3</v></c></row>' +
      '<row r="5"><c r="A5"><v>5</v></c></row>'
    const afterRows =
      '<mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="A5:B5"/><mergeCell ref="C1:C9"/></mergeCells>'
    const table = await readContent('.xlsx', makeXlsx({ rows, afterRows }))
    expect(table.rows.map((row) => [row.cells.a, row.cells.b])).toEqual([
      ['农委', '1'],
      ['农委', '2'],
      ['农委', '3'],
      ['5', ''],
    ])
  })

  test('with prefixed names, as some writers have them', async () => {
    const sheet = `<x:worksheet xmlns:x="…"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>a</x:v></x:c><x:c r="B1" t="str"><x:v>b</x:v></x:c></x:row><x:row r="2"><x:c r="B2"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`
    const files = { ...workbookFiles({ rows: '' }), 'xl/worksheets/sheet1.xml': sheet }
    expect((await readContent('.xlsx', makeZip(files))).rows).toEqual([{ line: 2, cells: { a: '', b: '2' } }])
  })
})

describe('archives', () => {
  const rows = `${textRow(1, 'a', 'b')}${textRow(2, '1', '2')}`
  test.each([
    ['deflated', {}],
    ['stored', { stored: true }],
    ['with zip64 fields', { zip64: true }],
    ['with a comment that holds the end mark', { comment: 'PK\x05\x06'.padEnd(300) }],
  ])('%s', async (_, tricks) => {
    const table = await readContent('.xlsx', makeXlsx({ rows }, tricks))
    expect(table.rows).toEqual([{ line: 2, cells: { a: '1', b: '2' } }])
  })

  test('back slashes and other case in paths', async () => {
    const files = Object.entries(workbookFiles({ rows })).map(([path, xml]) => [
      path.replaceAll('/', '\\').toUpperCase(),
      xml,
    ])
    expect((await readContent('.xlsx', makeZip(Object.fromEntries(files)))).rows.length).toBe(1)
  })
})

/** Each ten of the one before: a billion in all. */
const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`)
const laughs = `<!DOCTYPE sst [<!ENTITY a0 "哈">${entities.join('')}]><sst><si><t>&a9;</t></si></sst>`
const elsewhere = '<!DOCTYPE workbook [<!ENTITY x SYSTEM "file:///etc/passwd">]><workbook>&x;</workbook>'

describe('refused', () => {
  const rows = `${textRow(1, 'a', 'b')}${textRow(2, '1', '2')}`
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
  test.each([
    ['nothing', '.xlsx', Buffer.alloc(0), { code: 'file-empty', params: {} }],
    ['an empty sheet', '.xlsx', makeXlsx({ rows: '' }), { code: 'file-empty', params: {} }],
    ['Excel 97', '.xls', ole, { code: 'file-old-excel', params: {} }],
    ['HTML called .xls', '.xls', Buffer.from('<table>'), { code: 'file-old-excel', params: {} }],
    ['Excel 97 called .xlsx', '.xlsx', ole, { code: 'file-old-excel', params: {} }],
    [
      'a password',
      '.xlsx',
      Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]),
      { code: 'file-encrypted', params: {} },
    ],
    [
      'a zip password',
      '.xlsx',
      makeXlsx({ rows }, { encrypted: true }),
      { code: 'file-encrypted', params: {} },
    ],
    [
      'text called .xlsx',
      '.xlsx',
      Buffer.from('a,b'),
      { code: 'file-not-as-named', params: { extension: '.xlsx' } },
    ],
    [
      'a workbook called .csv',
      '.csv',
      makeXlsx({ rows }),
      { code: 'file-not-as-named', params: { extension: '.csv' } },
    ],
    ['Excel 97 called .csv', '.csv', ole, { code: 'file-not-as-named', params: { extension: '.csv' } }],
    [
      'a zip bomb',
      '.xlsx',
      makeXlsx({ rows }, { claimedSize: 300 * 1024 * 1024 }),
      { code: 'unpacked-too-big', params: { maxMb: 256 } },
    ],
    [
      'columns without end',
      '.xlsx',
      makeXlsx({ rows: '<row r="1"><c r="XFD1"><v>1</v></c></row>' }),
      { code: 'too-many-columns', params: { max: 200 } },
    ],
    [
      'rows without end',
      '.xlsx',
      makeXlsx({ rows: `${textRow(1, 'a', 'b')}${'<row><c><v>1</v></c></row>'.repeat(1_000_000)}` }),
      { code: 'too-many-rows', params: { max: 100_000 } },
    ],
    [
      'a long cell',
      '.xlsx',
      makeXlsx({ rows: `${textRow(1, 'a', 'b')}${textRow(7, 'x'.repeat(20_001))}` }),
      { code: 'cell-too-long', params: { line: 7, header: 'a', max: 20_000 } },
    ],
  ])('%s', async (_, extension, bytes, fault) => {
    expect(await faultOf(extension, bytes)).toEqual(fault)
  })

  test.each([
    ['cut in half', makeXlsx({ rows }).subarray(0, 700)],
    [
      'a bomb that lies about its size',
      makeXlsx({ rows: textRow(1, ' '.repeat(1e6)) }, { claimedSize: 100 }),
    ],
    ['a wrong checksum', makeXlsx({ rows }, { breakChecksum: true })],
    ['a zip of something else', makeZip({ 'word/document.xml': '<w/>' })],
    ['a document type', makeXlsx({ rows: '<!DOCTYPE x [<!ENTITY a "aaa">]>' })],
    ['entities of entities', makeZip({ ...workbookFiles({ rows }), 'xl/sharedStrings.xml': laughs })],
    ['an entity from elsewhere', makeZip({ ...workbookFiles({ rows }), 'xl/workbook.xml': elsewhere })],
    ['elements that do not match', makeXlsx({ rows: '<row><c></row></c>' })],
    ['elements without end', makeXlsx({ rows: '<row>' })],
    ['elements too deep', makeXlsx({ rows: '<a>'.repeat(100_000) })],
    ['an address that is none', makeXlsx({ rows: '<row><c r="12"/></row>' })],
    ['a row number that is none', makeXlsx({ rows: '<row r="-1"><c><v>1</v></c></row>' })],
    ['rows out of order', makeXlsx({ rows: `${textRow(2, 'a', 'b')}${textRow(1, '1', '2')}` })],
    ['a string that is not there', makeXlsx({ rows: '<row><c t="s"><v>7</v></c></row>' })],
    ['a string before the first', makeXlsx({ rows: '<row><c t="s"><v>-1</v></c></row>' })],
    ['a string by no number', makeXlsx({ rows: '<row><c t="s"><v>length</v></c></row>' })],
    [
      'merged cells on top of each other',
      makeXlsx({
        rows: `${textRow(1, 'a', 'b')}${textRow(100_000, '1', '2')}`,
        afterRows: '<mergeCell ref="A1:A100000"/>'.repeat(1000),
      }),
    ],
  ])('damaged: %s', async (_, bytes) => {
    expect((await faultOf('.xlsx', bytes)).code).toBe('file-damaged')
  })

  test('many files in the same bytes are added up', async () => {
    const bytes = makeXlsx({ rows: `${textRow(1, 'a', 'b')}${' '.repeat(3_000_000)}` }, { copies: 90 })
    const fault = { code: 'unpacked-too-big', params: { maxMb: 256 } }
    expect(await faultOf('.xlsx', bytes)).toEqual(fault)
  })

  test('an entity that nobody declared is text, a sheet that says it is full is not, a workbook in a workbook stays one', async () => {
    const rows = `${textRow(1, 'a', 'b')}${textRow(2, '&xxe;', '1')}`
    const files = workbookFiles({ rows, afterRows: '<mergeCell ref="A1:XFD1048576"/>' })
    const path = 'xl/worksheets/sheet1.xml'
    const full = (files[path] ?? '').replace('<sheetData>', '<dimension ref="A1:XFD1048576"/><sheetData>')
    const bytes = makeZip({ ...files, [path]: full, 'xl/embeddings/book.xlsx': makeXlsx({ rows }) })
    expect((await readContent('.xlsx', bytes)).rows).toEqual([{ line: 2, cells: { a: '&xxe;', b: '1' } }])
  })

  test('a row number beyond every sheet costs nothing', async () => {
    const { rows: read } = await readContent(
      '.xlsx',
      makeXlsx({ rows: `${textRow(1, 'a', 'b')}${textRow(30_000_000, '1', '2')}` }),
    )
    expect(read).toEqual([{ line: 30_000_000, cells: { a: '1', b: '2' } }])
  })
})
