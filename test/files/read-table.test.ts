import { mkdir, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { FileFault } from '../../src/files/file-fault.ts'
import { readTable } from '../../src/files/read-table.ts'
import { readContent, tempFile } from './temp-file.ts'

async function faultAt(path: string) {
  const fault = await readTable(path).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(FileFault)
  const { code, params, message } = fault as FileFault
  return { code, params, message }
}

test('the same rows, whatever the format', async () => {
  const csv = await readContent('.CSV', 'source,title\nhotline,标题')
  const json = await readContent('.Json', '[{"source": "hotline", "title": "标题"}]')
  expect(csv.rows.map((row) => row.cells)).toEqual(json.rows.map((row) => row.cells))
})

test('a file that is not there: its name is told, not its folder', async () => {
  expect(await faultAt('/nowhere/private/items.csv')).toEqual({
    code: 'file-missing',
    params: { name: 'items.csv' },
    message: 'no such file: items.csv',
  })
})

test('a folder', async () => {
  const path = join(dirname(await tempFile('.csv', 'a')), 'folder.csv')
  await mkdir(path)
  expect(await faultAt(path)).toMatchObject({
    code: 'file-unreadable',
    params: { name: 'folder.csv', reason: 'EISDIR' },
  })
})

test.each(['items', 'items.txt', 'items.et', '.csv'])('%s is no kind that is read', async (name) => {
  expect(await faultAt(join('/nowhere', name))).toMatchObject({ code: 'file-type', params: { name } })
})

test('over 50 MB it is not even opened', async () => {
  const path = await tempFile('.csv', 'a,b\n')
  await truncate(path, 50 * 1024 * 1024 + 1)
  expect(await faultAt(path)).toMatchObject({ code: 'file-too-big', params: { maxMb: 50 } })
})
