import { describe, expect, test } from 'vitest'
import {
  type Columns,
  calendarColumns,
  directoryColumns,
  findColumns,
  itemColumns,
} from '../../src/files/headers.ts'

describe('every header means one field', () => {
  test.each([
    ['items', itemColumns],
    ['directory', directoryColumns],
    ['calendar', calendarColumns],
  ] as [string, Columns<string>][])('%s', (_, columns) => {
    for (const [field, names] of Object.entries(columns)) {
      for (const header of [field, field.toUpperCase(), field.replaceAll('_', ' '), ...names]) {
        expect(findColumns({ headers: [header], rows: [] }, columns, []).headers).toEqual({ [field]: header })
      }
    }
  })
})

test.each(['标题', '*标题', '标题（必填）', ' 标 题：', '标题*', '事项标题', 'Title', 'ＴＩＴＬＥ'])(
  '%s is the title',
  (header) => {
    expect(findColumns({ headers: [header], rows: [] }, itemColumns, ['title']).headers.title).toBe(header)
  },
)

test('what means nothing is told, not refused', () => {
  const table = { headers: ['标题', '备注', '序号'], rows: [] }
  expect(findColumns(table, itemColumns, []).ignored).toEqual(['备注', '序号'])
})

test('a field that is needed and missing, a field with two columns', () => {
  expect(() => findColumns({ headers: ['内容'], rows: [] }, itemColumns, ['source', 'title'])).toThrow(
    expect.objectContaining({ code: 'columns-missing', params: { fields: ['source', 'title'] } }),
  )
  expect(() => findColumns({ headers: ['标题', 'title'], rows: [] }, itemColumns, ['title'])).toThrow(
    expect.objectContaining({ code: 'column-twice', params: { field: 'title', headers: ['标题', 'title'] } }),
  )
})
