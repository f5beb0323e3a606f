import type { Writable } from 'node:stream'

/** Where a command's words go. */
export interface Terminal {
  /** What was asked for, a line or several. */
  say(text: string): void
  /** What went wrong. */
  complain(text: string): void
  /** What is under way, in one line that the next one replaces; only for a person who watches. */
  progress(text: string): void
  /** A piece of a file, as it is. Rejects with EPIPE where nobody reads any more. */
  pour(piece: string | Buffer): Promise<void>
}

type Stream = Writable & { isTTY?: boolean }

export function createTerminal(stdout: Stream, stderr: Stream): Terminal {
  let underWay = false

  function clear(): void {
    if (underWay) stderr.write('\r\x1b[K')
    underWay = false
  }

  function lines(to: Stream, text: string): void {
    clear()
    to.write(`${harmless(text)}\n`)
  }

  return {
    say: (text) => lines(stdout, text),
    complain: (text) => lines(stderr, text),
    progress(text) {
      if (!stderr.isTTY) return
      stderr.write(`\r\x1b[K${harmless(text)}`)
      underWay = true
    },
    pour(piece) {
      return new Promise((resolve, reject) => {
        stdout.write(piece, (error) => (error ? reject(error) : resolve()))
      })
    },
  }
}

/** What came from a file must not steer the terminal. */
function harmless(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '')
}
