import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Chart } from '../../src/messages/message.ts'
import type { Locale } from '../../src/messages/voice.ts'
import { canBeDrawn } from './picture/figures.ts'

/** A picture takes well under a second; a machine that needs this long gets its figures in words. */
const longestDrawing = 30_000

/**
 * A chart as a PNG for a phone, drawn in a thread of its own: the font and the drawing take some memory, which goes
 * with the thread, and time, in which this one goes on answering.
 * @returns null where there is nothing to draw, or it could not be drawn: then the figures are to be told in words.
 */
export async function chartPicture(chart: Chart, locale: Locale): Promise<Buffer | null> {
  if (!canBeDrawn(chart)) return null
  const thread = new Worker(new URL('./picture/thread.ts', import.meta.url), {
    workerData: { chart, locale },
  })
  try {
    const [png] = await once(thread, 'message', { signal: AbortSignal.timeout(longestDrawing) })
    return Buffer.from(png as Uint8Array)
  } catch (error) {
    // Of the fault alone: no words of the chart ever come into it, since they are drawn as outlines.
    process.emitWarning(`a chart could not be drawn: ${error instanceof Error ? error.message : 'unknown'}`)
    return null
  } finally {
    await thread.terminate()
  }
}
