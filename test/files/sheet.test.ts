import { expect, test } from 'vitest'
import { type Sheet, sheetHere } from '../../src/files/sheet.ts'
import { sheetApart } from '../../src/files/sheet-apart.ts'
import { readContent } from './temp-file.ts'

const columns = [
  { key: 'code', label: '编号' },
  { key: 'title', label: '标题' },
]

test('a sheet made apart is the one that is made here, whatever pieces its rows come in', async () => {
  const rows = Array.from({ length: 1_234 }, (_, index) => ({ code: `#${index}`, title: `第${index}件` }))
  const read = async (sheet: Sheet, size: number) => {
    for (let from = 0; from < rows.length; from += size) sheet.add(rows.slice(from, from + size))
    const bytes = await sheet.finish()
    await sheet.drop()
    const table = await readContent('.xlsx', bytes)
    return { headers: table.headers, rows: table.rows.map(({ cells }) => cells) }
  }
  const apart = await read(sheetApart(columns), 100)
  expect(apart.rows).toHaveLength(rows.length)
  expect(apart.rows.at(-1)).toEqual({ 编号: '#1233', 标题: '第1233件' })
  expect(apart).toEqual(await read(sheetHere(columns), rows.length))
})

test('while a sheet is made apart, this thread goes on', async () => {
  const sheet = sheetApart(columns)
  sheet.add(Array.from({ length: 5_000 }, (_, index) => ({ code: `#${index}`, title: '长'.repeat(200) })))
  const made = sheet.finish().then(() => 'made')
  const next = () => new Promise<string>((resolve) => setImmediate(() => resolve('next')))
  for (let turns = 0; turns < 100; turns += 1) expect(await Promise.race([made, next()])).toBe('next')
  expect(await made).toBe('made')
  await sheet.drop()
})

test('what can’t be written fails, and one that is given up ends', async () => {
  const broken = sheetApart(columns)
  broken.add([{ code: Symbol.iterator.description ?? '', title: { not: 'a value' } as never }])
  await expect(broken.finish()).rejects.toThrow()
  await broken.drop()
  const unfinished = sheetApart(columns)
  unfinished.add([{ code: '#1', title: '甲' }])
  await unfinished.drop()
  await unfinished.drop()
})
