import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Sheet } from './sheet.ts'
import type { ToThread } from './sheet-thread.ts'
import type { TableColumn } from './table-to-write.ts'

/** More than the largest sheet takes; where it does not do, the thread ends and not the whole process. */
const mostMegabytes = 2_048

/** Made in a thread of its own, so that this one goes on answering. */
export function sheetApart(columns: readonly TableColumn[]): Sheet {
  const thread = new Worker(new URL('./sheet-thread.ts', import.meta.url), {
    workerData: { columns },
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  const failed = once(thread, 'error').then(([error]) => {
    throw error
  })
  // Heard of where it is waited for, whenever that is.
  failed.catch(() => {})
  const say = (words: ToThread) => thread.postMessage(words)
  return {
    add: (rows) => say({ rows }),
    async finish() {
      const made = once(thread, 'message')
      say('finish')
      const [bytes] = await Promise.race([made, failed])
      return Buffer.from((bytes as Uint8Array).buffer)
    },
    async drop() {
      await thread.terminate()
    },
  }
}
