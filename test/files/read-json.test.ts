import { describe, expect, test } from 'vitest'
import { faultOf, readContent } from './temp-file.ts'

describe('shapes', () => {
  const rows = [{ line: 1, cells: { source: 'hotline', title: '标题' } }]
  test.each([
    ['an array', [{ source: 'hotline', title: '标题' }]],
    ['items', { total: 1, items: [{ source: 'hotline', title: '标题' }] }],
    ['days', { days: [{ source: 'hotline', title: '标题' }] }],
  ])('%s', async (_, value) => {
    expect(await readContent('.json', JSON.stringify(value))).toEqual({ headers: ['source', 'title'], rows })
  })
})

test('the line is the number of the object; headers are all keys', async () => {
  const table = await readContent('.json', '[{"a": 1}, {}, {"b": true, "a": null}, {"c": ["甲", "乙"]}]')
  expect(table.headers).toEqual(['a', 'b', 'c'])
  expect(table.rows).toEqual([
    { line: 1, cells: { a: '1', b: '', c: '' } },
    { line: 2, cells: { a: '', b: '', c: '' } },
    { line: 3, cells: { a: '', b: 'true', c: '' } },
    { line: 4, cells: { a: '', b: '', c: '甲;乙' } },
  ])
})

test('what is nested is a flaw of the cell', async () => {
  const { rows } = await readContent('.json', '[{"a": {"x": 1}, "b": [1, 2]}]')
  expect(rows[0]?.flaws).toEqual([
    { header: 'a', code: 'cell-nested', text: '{"x":1}' },
    { header: 'b', code: 'cell-nested', text: '[1,2]' },
  ])
})

test('nested without end it is one all the same', async () => {
  const { rows } = await readContent('.json', `[{"a": ${'['.repeat(200_000)}${']'.repeat(200_000)}}]`)
  expect(rows[0]?.flaws).toEqual([{ header: 'a', code: 'cell-nested', text: '…' }])
})

test('an empty list is an empty table', async () => {
  expect(await readContent('.json', '[]')).toEqual({ headers: [], rows: [] })
})

describe('refused', () => {
  test.each([
    ['nothing', ' \n', { code: 'file-empty', params: {} }],
    ['a syntax fault', '[\n{"a": 1},\n{"a" 2}]', { code: 'json-syntax', params: { line: 3 } }],
    ['a cut file', '[\n{"a": 1},\n{"a":', { code: 'json-syntax', params: { line: 3 } }],
    ['a fault that Node gives no place for', '[\n x]', { code: 'json-syntax', params: { line: null } }],
    ['a list of texts', '["a"]', { code: 'json-shape', params: {} }],
    ['a list with a hole', '[{"a": 1}, null]', { code: 'json-shape', params: {} }],
    ['an object without items', '{"rows": []}', { code: 'json-shape', params: {} }],
    ['a number', '5', { code: 'json-shape', params: {} }],
    [
      'a long text',
      JSON.stringify([{ a: 'x'.repeat(20_001) }]),
      { code: 'cell-too-long', params: { line: 1, header: 'a', max: 20_000 } },
    ],
    ['too many objects', `[${'{},'.repeat(100_000)}{}]`, { code: 'too-many-rows', params: { max: 100_000 } }],
  ])('%s', async (_, content, fault) => {
    expect(await faultOf('.json', content)).toEqual(fault)
  })
})
