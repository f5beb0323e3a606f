import { setTimeout as pause } from 'node:timers/promises'
import { mean } from './quantile.ts'

export interface MemorySamples {
  /** A line for each sample. */
  chart: string[]
  /** How many times what it was in the second quarter of the time the memory is in the last. */
  growth: number
}

const bytesPerMb = 1024 * 1024
const barLength = 40

/** How much memory a bot takes, as its own metrics say, from now until it is stopped. */
export function watchMemory(url: string, everyMs: number): { stop(): Promise<MemorySamples> } {
  const ending = new AbortController()
  const samples: { at: number; mb: number }[] = []
  const started = performance.now()
  const watching = (async () => {
    while (!ending.signal.aborted) {
      const at = performance.now() - started
      samples.push({ at, mb: await residentMb(url) })
      await pause(started + samples.length * everyMs - performance.now(), undefined, ending).catch(() => {})
    }
  })()
  // Heard of where it is waited for.
  watching.catch(() => {})
  return {
    async stop() {
      ending.abort()
      await watching
      return { chart: chartOf(samples), growth: growthOf(samples.map(({ mb }) => mb)) }
    },
  }
}

async function residentMb(url: string): Promise<number> {
  const text = await (await fetch(new URL('metrics', url))).text()
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1]) / bytesPerMb
}

/** The beginning, when all is loaded for the first time, does not count. */
function growthOf(samples: number[]): number {
  const quarter = Math.ceil(samples.length / 4)
  return mean(samples.slice(-quarter)) / mean(samples.slice(quarter, 2 * quarter))
}

function chartOf(samples: { at: number; mb: number }[]): string[] {
  const most = Math.max(...samples.map(({ mb }) => mb))
  return samples.map(({ at, mb }) => {
    const bar = '█'.repeat(Math.round((mb / most) * barLength))
    return `${(at / 1000).toFixed(0).padStart(5)} s ${mb.toFixed(0).padStart(5)} MB ${bar}`
  })
}
