import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Refused } from '../../ports.ts'
import type { App } from '../app.ts'

/** A file of ours that a message carries. */
export interface StoredFile {
  /** What the reader sees. */
  name: string
  /** Below DATA_DIR. */
  path: string
}

const folder = 'exports'
const keptMs = 24 * 60 * 60 * 1000

/** A place for a new file; its name begins with the time at which it was made, by which it is removed. */
export function newExportPath(at: number, unique: string): string {
  return path.join(folder, `${at}-${unique}.xlsx`)
}

/** There only once it is whole, and readable to its owner only. @returns its size */
export async function storeFile(
  { dataDir }: App,
  relative: string,
  fill: (write: (piece: string | Buffer) => Promise<void>) => Promise<void>,
): Promise<number> {
  const target = path.join(dataDir, relative)
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
  const unfinished = `${target}.part`
  await fill((piece) => writeFile(unfinished, piece, { mode: 0o600, flag: 'a' }))
  await rename(unfinished, target)
  return (await stat(target)).size
}

/** @throws {Refused} where it is not there any more */
export async function readStored(
  { dataDir }: App,
  file: StoredFile,
): Promise<{ name: string; data: Buffer }> {
  try {
    return { name: file.name, data: await readFile(path.join(dataDir, file.path)) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Refused('file-gone', 'the file is not there any more')
    }
    throw error
  }
}

/** What was made over a day ago has been sent, or never will be; what was not finished goes the same way. */
export async function removeOldFiles({ dataDir, clock }: App): Promise<void> {
  const names = await readdir(path.join(dataDir, folder)).catch(() => [])
  for (const name of names) {
    const made = Number(/^(\d+)-/.exec(name)?.[1] ?? Number.NaN)
    if (clock.now() - made > keptMs) await rm(path.join(dataDir, folder, name), { force: true })
  }
}
