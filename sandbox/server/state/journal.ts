import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Journal<Entry> {
  append(entry: Entry): void
  close(): void
}

/** Keeps nothing. */
export const noJournal: Journal<unknown> = { append: () => undefined, close: () => undefined }

/**
 * Opens the journal, one JSON entry a line, and hands every entry to `replay`. A last line torn by a kill is cut off:
 * what it said never happened. Each append is with the operating system before the caller goes on.
 * @throws when a line before the last is no entry: the file is not ours or is damaged.
 */
export function openJournal<Entry>(file: string, replay: (entry: Entry) => void): Journal<Entry> {
  mkdirSync(dirname(file), { recursive: true })
  const fd = openSync(file, 'a+')
  try {
    ftruncateSync(fd, replayLines(file, replay))
  } catch (error) {
    closeSync(fd)
    throw error
  }
  return {
    append: (entry) => {
      writeSync(fd, `${JSON.stringify(entry)}\n`)
    },
    close: () => closeSync(fd),
  }
}

/** Returns the length in bytes of the whole lines. */
function replayLines<Entry>(file: string, replay: (entry: Entry) => void): number {
  const bytes = readFileSync(file)
  const whole = bytes.lastIndexOf('\n') + 1
  const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1)
  for (const [index, line] of lines.entries()) {
    try {
      replay(JSON.parse(line) as Entry)
    } catch (cause) {
      throw new Error(`${file}, line ${index + 1}: no entry of a sandbox journal`, { cause })
    }
  }
  return whole
}
