import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { FileFault } from '../../src/files/file-fault.ts'
import { readTable } from '../../src/files/read-table.ts'
import type { Table } from '../../src/files/table.ts'

const folder = await mkdtemp(join(tmpdir(), 'duban-files-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

let count = 0

/** Writes the content under a name of its own and the given extension; gone when the test file is done. */
export async function tempFile(extension: string, content: string | Uint8Array): Promise<string> {
  count += 1
  const path = join(folder, `${count}${extension}`)
  await writeFile(path, content)
  return path
}

export async function readContent(extension: string, content: string | Uint8Array): Promise<Table> {
  return await readTable(await tempFile(extension, content))
}

/** The code and parameters of the fault that the content must cause. */
export async function faultOf(extension: string, content: string | Uint8Array) {
  const result = await readContent(extension, content).catch((error: unknown) => error)
  if (!(result instanceof FileFault)) throw new Error(`no FileFault but ${JSON.stringify(result)}`)
  return { code: result.code, params: result.params }
}
