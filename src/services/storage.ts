import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from 'pino'
import { whyUnwritable } from '../db/database.ts'
import { Unwritable } from '../ports.ts'

/** Whether what is written is kept, as far as anybody knows. */
export interface Storage {
  /** What `error` says of it, for whoever wanted something kept: Unwritable where nothing can be, else the error. */
  explained(error: unknown): unknown
  /** Tries, where nobody has for a while; soon again where it failed. */
  health(): Promise<{ ok: boolean; detail?: string }>
}

/** Why a file can't be written, whichever it is. */
const fileFaults = [
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EFBIG',
  'EIO',
  'EACCES',
  'EPERM',
  'ENOTDIR',
  'EMFILE',
  'ENFILE',
]

/** Each try waits for the disk, so they are few. */
const trustedMs = 10_000
const doubtedMs = 1_000
/** Who asks does not wait long: others may be writing. */
const patienceMs = 1_000
/** A cause that comes and goes is not told each time. */
const toldAgainAfterMs = 60_000

/** A file that means nothing, where evidence and exports are kept. */
export async function probeFolder(dataDir: string): Promise<void> {
  const file = path.join(dataDir, `probe-${process.pid}`)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(file, 'x', { mode: 0o600 })
  await rm(file)
}

function causeOf(error: unknown): string | null {
  const { code, message } = error as NodeJS.ErrnoException
  return fileFaults.includes(code ?? '') ? message : whyUnwritable(error)
}

export interface Watched {
  /** Writes where all that is to be kept goes. */
  probe(): Promise<void>
  log: Logger
  /** For what waits for it. */
  recovered(): void
}

export function watchStorage({ probe, log, recovered }: Watched): Storage {
  let fault: string | null = null
  let triedAt = Number.NEGATIVE_INFINITY
  let trying: Promise<void> | undefined
  let told: { fault: string; at: number } | undefined

  function failed(why: string): void {
    triedAt = performance.now()
    const isNews = fault === null
    fault = why
    if (!isNews || (told?.fault === why && performance.now() - told.at < toldAgainAfterMs)) return
    told = { fault: why, at: performance.now() }
    log.error(
      { reason: why },
      'nothing can be saved: make room, or make the disk writable; it goes on by itself',
    )
  }

  async function tryIt(): Promise<void> {
    try {
      await probe()
      triedAt = performance.now()
      if (fault === null) return
      fault = null
      log.warn('what is written is saved again')
      recovered()
    } catch (error) {
      const why = causeOf(error)
      if (why === null) throw error
      failed(why)
    } finally {
      trying = undefined
    }
  }

  return {
    explained(error) {
      const why = causeOf(error)
      if (why === null) return error
      failed(why)
      return new Unwritable(why, { cause: error })
    },
    async health() {
      if (performance.now() - triedAt >= (fault === null ? trustedMs : doubtedMs)) {
        trying ??= tryIt()
        await Promise.race([trying, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())])
      }
      return fault === null ? { ok: true } : { ok: false, detail: `nothing can be saved: ${fault}` }
    },
  }
}
