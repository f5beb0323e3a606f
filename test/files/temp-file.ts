import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { FileFault } from '../../src/files/file-fault.ts'
import { readTable } from '../../src/files/read-table.ts'
import type { Table } from '../../src/files/table.ts'
import { testFolder } from '../support/database.ts'

/** Writes the content into a folder of its own; gone when the test is done. */
export async function tempFile(extension: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(await testFolder(), `file${extension}`)
  await writeFile(file, content)
  return file
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
