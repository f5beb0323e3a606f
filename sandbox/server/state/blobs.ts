import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The bytes behind file and image keys. */
export interface Blobs {
  put(key: string, data: Buffer): void
  get(key: string): Buffer
}

export function memoryBlobs(): Blobs {
  const blobs = new Map<string, Buffer>()
  return {
    put: (key, data) => {
      blobs.set(key, data)
    },
    get: (key) => blobs.get(key) ?? Buffer.alloc(0),
  }
}

/** One file a key; a key is ours (letters, digits and `_`), never a name from outside. */
export function folderBlobs(folder: string): Blobs {
  mkdirSync(folder, { recursive: true })
  return {
    put: (key, data) => writeFileSync(join(folder, key), data),
    get: (key) => readFileSync(join(folder, key)),
  }
}
