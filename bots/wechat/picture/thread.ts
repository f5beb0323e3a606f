import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import type { Chart } from '../../../src/messages/message.ts'
import type { Locale } from '../../../src/messages/voice.ts'
import { chartSvg } from './svg.ts'

const { chart, locale } = workerData as { chart: Chart; locale: Locale }

await initWasm(await readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')))
const png = new Resvg(await chartSvg(chart, locale)).render().asPng()
parentPort?.postMessage(png)
